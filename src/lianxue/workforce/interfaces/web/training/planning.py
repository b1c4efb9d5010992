"""Writing a training down, changing, announcing, closing and calling it off."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest, Chain, children_of
from lianxue.workforce.enums import Team
from lianxue.workforce.flows.training import TRAINING_FLOW
from lianxue.workforce.interfaces.web.access import ORGANISERS
from lianxue.workforce.interfaces.web.training.forms import ReasonForm, SessionForm, written
from lianxue.workforce.interfaces.web.training.session import session_page
from lianxue.workforce.models import TrainingSession
from lianxue.workforce.operations.training.plan import (
    announce_session,
    cancel_session,
    change_session,
    close_session,
    plan_session,
    remind_missing,
)
from lianxue.workforce.queries.training import level_of, place_of, session_run


def _form(request: ActingRequest, **initial: Any) -> SessionForm:
    node = place_of(request.actor.organisation_id or 0)
    below = children_of(request.actor.organisation_id or 0, Chain(node.chain) if node else Chain.DISTRIBUTION)
    return SessionForm(
        request.POST if request.method == "POST" else None, initial=initial or None, units=below, teams=Team
    )


@page(ORGANISERS)
def plan(request: ActingRequest) -> HttpResponseBase:
    """Write a new training down."""
    form = _form(request, way="offline")
    if request.method == "POST" and form.is_valid():
        try:
            row = plan_session(
                actor=request.actor,
                at=clock.now(),
                particulars=form.particulars(),
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Written down. Nobody has been told yet."))
            return redirect("workforce:session", row.pk)
    return _form_page(request, form, None)


@page(ORGANISERS)
def change(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Change a training."""
    row = session_run(request.actor, pk)
    offered = {
        offer.verb for offer in TRAINING_FLOW.offered(actor=request.actor, subject=row, at=clock.now())
    }
    if "change_session" not in offered:
        return redirect("workforce:session", row.pk)
    form = _form(request, **written(row))
    if request.method == "POST" and form.is_valid():
        try:
            change_session(
                actor=request.actor,
                at=clock.now(),
                session=row,
                particulars=form.particulars(),
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("workforce:session", row.pk)
    return _form_page(request, form, row)


def _form_page(request: ActingRequest, form: SessionForm, row: TrainingSession | None) -> HttpResponseBase:
    node = place_of(request.actor.organisation_id or 0)
    context = {
        "form": form,
        "session": row,
        "level": level_of(node).label if node else "",
        "request_key": request_key(request),
    }
    return render(request, "workforce/training/form.html", context, status=422 if form.errors else 200)


@page(ORGANISERS)
@require_POST
def announce(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Announce a training."""
    return _press(request, pk, announce_session, _("Announced. Everybody who must attend has been told."))


@page(ORGANISERS)
@require_POST
def close(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Close the list of a training."""
    return _press(request, pk, close_session, _("The list is closed; the training counts from now on."))


def _press(
    request: ActingRequest, pk: int, act: Callable[..., TrainingSession], done: str
) -> HttpResponseBase:
    row = session_run(request.actor, pk)
    try:
        act(actor=request.actor, at=clock.now(), session=row, request_key=request_key(request))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("workforce:session", row.pk)


@page(ORGANISERS)
@require_POST
def remind(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Remind all who have not attended."""
    row = session_run(request.actor, pk)
    try:
        count = remind_missing(actor=request.actor, at=clock.now(), session=row)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        done = ngettext("%(count)d person has been reminded.", "%(count)d people have been reminded.", count)
        messages.success(request, done % {"count": count})
    return redirect("workforce:session", row.pk)


@page(ORGANISERS)
@require_POST
def cancel(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Call a training off."""
    row = session_run(request.actor, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return session_page(request, row, cancel_form=form)
    try:
        cancel_session(
            actor=request.actor,
            at=clock.now(),
            session=row,
            reason=form.cleaned_data["reason"],
            request_key=request_key(request),
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Called off. Everybody who was asked has been told."))
    return redirect("workforce:session", row.pk)
