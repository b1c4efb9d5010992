"""Preparing a call: which programme, which days, the office's own numbers; and the presses that move it on."""

from collections.abc import Callable

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.pages.pressing import acted
from lianxue.kernel.rules import get_visible
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.enums import CallState
from lianxue.programmes.flows.call import CALL_FLOW
from lianxue.programmes.interfaces.web.access import ADMINISTRATORS
from lianxue.programmes.interfaces.web.office.forms import BeginForm, CallForm
from lianxue.programmes.models import Call
from lianxue.programmes.operations.calls.moving import close_call, discard_call, open_call, reopen_call
from lianxue.programmes.operations.calls.prepare import create_call, may_call, save_call
from lianxue.programmes.queries.definitions import latest_definition, latest_definitions
from lianxue.programmes.rules.calls import RUNS_CALL


def own_call(request: ActingRequest, pk: int) -> Call:
    """Return a call of the actor's office, or raise ``NotFound``."""
    return get_visible(Call.objects.select_related("revision", "office"), RUNS_CALL, request.actor, pk=pk)


@page(ADMINISTRATORS)
def begin(request: ActingRequest) -> HttpResponseBase:
    """Choose what is called."""
    known = [one.definition for one in latest_definitions() if may_call(request.actor, one.definition)]
    form = BeginForm(
        request.POST if request.method == "POST" else None,
        definitions=known,
        initial={"year": clock.today().year, "code": known[0].code if len(known) == 1 else None},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        title = (
            given["title"].strip() or f"{given['year']}年{latest_definition(given['code']).definition.title}"
        )
        try:
            made = create_call(
                actor=request.actor,
                at=clock.now(),
                code=given["code"],
                title=title,
                year=given["year"],
                official_number=given["official_number"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("programmes:call-edit", made.pk)
    context = {"form": form, "known": known, "request_key": request_key(request)}
    return render(request, "programmes/office/begin.html", context, status=422 if form.errors else 200)


@page(ADMINISTRATORS)
def edit(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Set the days of a call and what the documents leave to the office."""
    row = own_call(request, pk)
    if row.state == CallState.CLOSED:
        return redirect("programmes:call", row.pk)
    form = CallForm(request.POST if request.method == "POST" else None, call=row)
    if request.method == "POST" and form.is_valid():
        try:
            save_call(
                actor=request.actor,
                at=clock.now(),
                call=row,
                version=form.cleaned_data["version"],
                title=form.cleaned_data["title"],
                year=form.cleaned_data["year"],
                official_number=form.cleaned_data["official_number"],
                days=form.days(),
                numbers=form.numbers(),
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("programmes:call", row.pk)
    context = {"form": form, "call": row, "request_key": request_key(request)}
    return render(request, "programmes/office/edit.html", context, status=422 if form.errors else 200)


def _press(
    request: ActingRequest, pk: int, act: Callable[..., object], *, done: str, to: str = ""
) -> HttpResponseBase:
    row = own_call(request, pk)
    key = request_key(request)
    return acted(
        request,
        lambda: act(actor=request.actor, at=clock.now(), call=row, request_key=key),
        done=done,
        back=reverse("programmes:call", args=[pk]),
        then=to,
    )


@page(ADMINISTRATORS)
@require_POST
def open_now(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Open a call."""
    return _press(request, pk, open_call, done=_("The call is open. All units have been told."))


@page(ADMINISTRATORS)
@require_POST
def close_now(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Close a call."""
    return _press(request, pk, close_call, done=_("The call is closed."))


@page(ADMINISTRATORS)
@require_POST
def reopen(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Open a closed call again."""
    return _press(request, pk, reopen_call, done=_("The call is open again."))


@page(ADMINISTRATORS)
@require_POST
def discard(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Throw a draft away."""
    return _press(request, pk, discard_call, done=_("The draft is gone."), to=reverse("programmes:calls"))


def offers_for(request: ActingRequest, row: Call) -> dict[str, object]:
    """Return the presses that the actor may be offered, by verb."""
    return {o.verb: o for o in CALL_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
