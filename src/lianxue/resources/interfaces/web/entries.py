"""What the office does with catalogue entries."""

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel import clock
from lianxue.kernel.errors import Refused, WrongState
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.rules import get_visible
from lianxue.orgs.public import ActingRequest
from lianxue.resources.interfaces.web.access import REVIEWERS
from lianxue.resources.interfaces.web.forms import DescriptionForm, NewEntryForm, ReasonForm, sent, values_of
from lianxue.resources.models import CatalogueEntry
from lianxue.resources.operations import add_entry, amend_entry, republish_entry, withdraw_entry
from lianxue.resources.queries.catalogue import visible_entries
from lianxue.resources.rules.entries import KEEPS_CATALOGUE


@page(REVIEWERS)
def add(request: ActingRequest) -> HttpResponseBase:
    """Put a title into the catalogue."""
    form = NewEntryForm(*sent(request))
    form.as_draft()
    form.fields["provider"].required = True
    if request.method == "POST" and form.is_valid():
        try:
            made = add_entry(
                actor=request.actor,
                at=clock.now(),
                description=form.to_description(),
                provider=form.cleaned_data["provider"],
                new_cover=form.cleaned_data["cover"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("“%(title)s” stands in the catalogue.") % {"title": made.title})
            return redirect("resources:entry", made.code)
    return _form_page(request, form, None)


@page(REVIEWERS)
def amend(request: ActingRequest, code: str) -> HttpResponseBase:
    """Mend what the catalogue says of a title."""
    entry = _entry(request, code)
    form = DescriptionForm(*sent(request), present=entry, initial=values_of(entry))
    form.as_draft()
    if request.method == "POST" and form.is_valid():
        try:
            amend_entry(
                actor=request.actor,
                at=clock.now(),
                entry=entry,
                description=form.to_description(),
                new_cover=form.cleaned_data["cover"],
                drop_cover=form.cleaned_data.get("drop_cover", False),
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("resources:entry", entry.code)
    return _form_page(request, form, entry)


def _form_page(
    request: ActingRequest, form: DescriptionForm, entry: CatalogueEntry | None
) -> HttpResponseBase:
    context = {"form": form, "entry": entry, "request_key": request_key(request)}
    return render(request, "resources/entry_form.html", context, status=422 if form.errors else 200)


QUESTIONS: dict[str, dict[str, Any]] = {
    "withdraw": {
        "act": withdraw_entry,
        "heading": gettext_lazy("Withdraw from the catalogue"),
        "lead": gettext_lazy(
            "Points can no longer choose it. What has been shared out already stays where it is."
        ),
        "button": gettext_lazy("Withdraw"),
        "tone": "danger",
        "done": gettext_lazy("Withdrawn from the catalogue."),
    },
    "republish": {
        "act": republish_entry,
        "heading": gettext_lazy("Publish again"),
        "lead": gettext_lazy("Every point can find and choose it again."),
        "button": gettext_lazy("Publish again"),
        "tone": "primary",
        "done": gettext_lazy("Published again."),
    },
}


@page(REVIEWERS)
def change_state(request: ActingRequest, code: str, verb: str) -> HttpResponseBase:
    """Withdraw an entry or publish it again, with a reason."""
    entry, question = _entry(request, code), QUESTIONS[verb]
    form = ReasonForm(*sent(request), hint=_("It stays on record and is shown on the page of the title."))
    if request.method == "POST" and form.is_valid():
        try:
            question["act"](
                actor=request.actor,
                at=clock.now(),
                entry=entry,
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except WrongState as moved_on:
            messages.warning(request, str(moved_on))
            return redirect("resources:entry", entry.code)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, str(question["done"]))
            return redirect("resources:entry", entry.code)
    context = {"form": form, "entry": entry, "question": question, "request_key": request_key(request)}
    return render(request, "resources/entry_state.html", context, status=422 if form.errors else 200)


def _entry(request: ActingRequest, code: str) -> CatalogueEntry:
    return get_visible(visible_entries(request.actor), KEEPS_CATALOGUE, request.actor, code=code)
