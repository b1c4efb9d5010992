"""Appointing somebody who has an account, and registering and appointing somebody new; ending a post."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lianxue.accounts.models import Person
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.rules import get_visible
from lianxue.orgs.enums import role_label
from lianxue.orgs.interfaces.web.access import ADMINISTRATORS
from lianxue.orgs.interfaces.web.first_password import first_password
from lianxue.orgs.interfaces.web.people import show_first_password
from lianxue.orgs.interfaces.web.people_forms import AccountForm, EndPostForm, NewPersonForm, PostForm
from lianxue.orgs.interfaces.web.sent import id_in, sent
from lianxue.orgs.models import ActingRequest, Post
from lianxue.orgs.operations import appoint as appoint_person
from lianxue.orgs.operations import appoint_new_person, end_post
from lianxue.orgs.queries import tier_of
from lianxue.orgs.rules import IN_CHARGE


@page(ADMINISTRATORS)
def appoint(request: ActingRequest) -> HttpResponseBase:
    """Find a person by the exact account name (``?account=``), then give them a post."""
    finder = AccountForm(request.GET if "account" in request.GET else None)
    person = _found(finder)
    form = PostForm(*sent(request), actor=request.actor, organisation=_asked_organisation(request))
    if request.method == "POST" and person is not None and form.is_valid():
        try:
            post = appoint_person(
                actor=request.actor,
                at=clock.now(),
                person=person,
                request_key=request_key(request),
                **form.chosen,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("%(person)s now holds this post.") % {"person": post.person})
            return redirect("orgs:organisation", pk=post.organisation_id)
    context = {"finder": finder, "person": person, "form": form, "tabs": _tabs(request, "orgs:appoint")}
    return _show(request, "orgs/appoint.html", form, context)


def _found(finder: AccountForm) -> Person | None:
    if not finder.is_bound or not finder.is_valid():
        return None
    person = Person.objects.filter(username=finder.cleaned_data["account"], is_active=True).first()
    if person is None:
        finder.add_error("account", _("There is no account with exactly this name."))
    return person


@page(ADMINISTRATORS)
def register_person(request: ActingRequest) -> HttpResponseBase:
    """Register somebody new with a post; the first password is shown once, on the page that follows."""
    form = NewPersonForm(*sent(request), actor=request.actor, organisation=_asked_organisation(request))
    if request.method == "POST" and form.is_valid():
        given, key = form.cleaned_data, request_key(request)
        password = first_password(key)
        try:
            post = appoint_new_person(
                actor=request.actor,
                at=clock.now(),
                username=given["username"],
                full_name=given["full_name"],
                phone=given["phone"],
                email=given["email"],
                first_password=password,
                request_key=key,
                **form.chosen,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return show_first_password(request, post.person, password)
    return _show(
        request,
        "orgs/register_person.html",
        form,
        {"form": form, "tabs": _tabs(request, "orgs:register-person")},
    )


@page(ADMINISTRATORS)
def end(request: ActingRequest, pk: int) -> HttpResponseBase:
    """End a post at once or at the end of a day, with a reason."""
    rows = Post.objects.select_related("person", "organisation")
    post = get_visible(rows, IN_CHARGE, request.actor, pk=pk)
    form = EndPostForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        ends_on: date | None = form.cleaned_data["ends_on"]
        try:
            ended = end_post(
                actor=request.actor,
                at=clock.now(),
                post=post,
                reason=form.cleaned_data["reason"],
                ends_on=ends_on,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            said = (
                _("The post has ended; its rights are gone at once.")
                if ends_on is None
                else _("The post ends after %(day)s.") % {"day": ended.ends_on}
            )
            messages.success(request, said)
            return redirect("orgs:people")
    role = role_label(post.role, tier_of(post.organisation_id))
    return _show(request, "orgs/end_post.html", form, {"post": post, "role": role, "form": form})


def _asked_organisation(request: ActingRequest) -> int | None:
    return id_in(request.GET.get("organisation", "")) or None


def _tabs(request: ActingRequest, current: str) -> list[dict[str, Any]]:
    asked = _asked_organisation(request)
    query = f"?organisation={asked}" if asked else ""
    pages = (("orgs:register-person", _("Somebody new")), ("orgs:appoint", _("Somebody with an account")))
    return [
        {"label": label, "url": reverse(name) + query, "current": name == current} for name, label in pages
    ]


def _show(request: ActingRequest, template: str, form: Any, context: dict[str, Any]) -> HttpResponseBase:
    context["request_key"] = request_key(request)
    return render(request, template, context, status=422 if form.errors else 200)
