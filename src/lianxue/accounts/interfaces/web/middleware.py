"""Whoever signs in with a first password chooses an own one before anything else."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from lianxue.accounts.models import Person

CHANGE_PASSWORD = "account_change_password"  # noqa: S105  # the name of a URL
OPEN_MEANWHILE = frozenset(
    {CHANGE_PASSWORD, "account_set_password", "account_logout", "set_language", "web:text-size"}
)


class FirstPasswordMiddleware:
    """Send people with a first password to the page where they change it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Let nothing else through while the password must be changed."""
        person = request.user
        if not (isinstance(person, Person) and person.must_change_password):
            return None
        match = request.resolver_match
        if match is not None and match.view_name in OPEN_MEANWHILE:
            return None
        target = reverse(CHANGE_PASSWORD)
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(headers={"HX-Redirect": target})
        return HttpResponseRedirect(target)
