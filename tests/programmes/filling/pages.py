"""What tests of filling in share: the inputs of a page as a browser would send them."""

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, Route

from lianxue.programmes.models import Filing

_INPUT = re.compile(r"<input ([^>]*)>")
_AREA = re.compile(r'<textarea[^>]*? name="([^"]*)"[^>]*>(.*?)</textarea>', re.DOTALL)
_SELECT = re.compile(r'<select[^>]*? name="([^"]*)"[^>]*>(.*?)</select>', re.DOTALL)
_CHOSEN = re.compile(r'<option value="([^"]*)" selected')
_TEMPLATE = re.compile(r"<template>.*?</template>", re.DOTALL)


def form_of(response: HttpResponse) -> dict[str, list[str]]:
    """Return what the form on a page would send as it stands."""
    body = _TEMPLATE.sub("", response.content.decode())
    body = body[body.index("data-filling-form") :] if "data-filling-form" in body else body
    sent: dict[str, list[str]] = {}
    for attributes in _INPUT.findall(body):
        named = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
        if "name" not in named or named.get("type") == "file":
            continue
        if named.get("type") in ("checkbox", "radio") and " checked" not in attributes:
            continue
        sent.setdefault(unescape(named["name"]), []).append(unescape(named.get("value", "")))
    for name, text in _AREA.findall(body):
        sent[unescape(name)] = [unescape(text).removeprefix("\n")]
    for name, options in _SELECT.findall(body):
        sent[unescape(name)] = [unescape(one) for one in _CHOSEN.findall(options)] or [""]
    return sent


def fill_url(filing: Filing) -> str:
    """Return the address of the form."""
    return reverse("programmes:fill", args=[filing.pk])


def send(client: Client, filing: Filing, changes: dict[str, Any]) -> HttpResponse:
    """Open the form, change some inputs as a browser without scripts does, and send it."""
    sent = form_of(client.get(fill_url(filing)))
    return client.post(fill_url(filing), {**sent, **changes})  # type: ignore[return-value]  # the client's own kind


def save_one(client: Client, filing: Filing, key: str, sent: dict[str, Any]) -> HttpResponse:
    """Save one answer as the script does."""
    return client.post(reverse("programmes:answer", args=[filing.pk, key]), sent)  # type: ignore[return-value]  # narrower than the stubs tell


class Line:
    """The connection by which a page saves answers, cut until ``is_cut`` is set to False."""

    def __init__(self, page: Page) -> None:
        self.is_cut = True
        page.route("**/answers/**", self._pass)

    def _pass(self, route: Route) -> None:
        if self.is_cut:
            route.abort()
        else:
            route.continue_()
