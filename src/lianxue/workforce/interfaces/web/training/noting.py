"""Noting who was there, adding who came of themselves, and apologies."""

from django.contrib import messages
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest
from lianxue.workforce.enums import AttendanceState, Part
from lianxue.workforce.interfaces.web.access import ORGANISERS, SIGNED_IN
from lianxue.workforce.interfaces.web.training.forms import ComerForm, ReasonForm
from lianxue.workforce.interfaces.web.training.session import session_page
from lianxue.workforce.operations.training.attend import Comer, Mark, excuse_from_session, note_attendance
from lianxue.workforce.queries.training import attendances_seen, session_run, session_seen
from lianxue.workforce.rules.training import EXCUSES

MOST_DIGITS = 18


@page(ORGANISERS)
@require_POST
def note(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Keep the states that were chosen on the page."""
    row = session_run(request.actor, pk)
    try:
        note_attendance(
            actor=request.actor,
            at=clock.now(),
            session=row,
            marks=_marks(request.POST),
            request_key=request_key(request),
        )
    except Refused as refusal:
        if not refusal.fields:
            messages.warning(request, str(refusal))
            return redirect("workforce:session", row.pk)
        return session_page(request, row, faults=refusal.fields)
    messages.success(request, _("Saved."))
    return redirect(f"{redirect('workforce:session', row.pk).url}{_asked(request)}")


def _asked(request: ActingRequest) -> str:
    return f"?{request.GET.urlencode()}" if request.GET else ""


def _marks(data: QueryDict) -> list[Mark]:
    """Return what was chosen in the boxes ``state_<row>`` with the words in ``reason_<row>``."""
    marks = []
    for name, value in data.items():
        head, _sign, tail = name.partition("_")
        if head != "state" or not tail.isdecimal() or len(tail) > MOST_DIGITS:
            continue
        if value in AttendanceState.values:
            marks.append(Mark(int(tail), AttendanceState(str(value)), str(data.get(f"reason_{tail}", ""))))
    return marks


@page(ORGANISERS)
@require_POST
def add(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Add somebody who came, or who spoke."""
    row = session_run(request.actor, pk)
    form = ComerForm(request.POST)
    if not form.is_valid():
        return session_page(request, row, comer_form=form)
    data = form.cleaned_data
    comer = Comer(name=data["name"], unit=data["unit"], account=data["account"], part=Part(data["part"]))
    try:
        note_attendance(
            actor=request.actor, at=clock.now(), session=row, comers=[comer], request_key=request_key(request)
        )
    except Refused as refusal:
        add_refusal(form, refusal)
        return session_page(request, row, comer_form=form)
    messages.success(request, _("Saved."))
    return redirect("workforce:session", row.pk)


@page(SIGNED_IN)
def excuse(request: ActingRequest, pk: int, row_id: int) -> HttpResponseBase:
    """Send apologies for oneself or one's own unit; the organiser may for anybody."""
    session = session_seen(request.actor, pk)
    row = (
        attendances_seen(request.actor, session)
        .select_related("session__organiser")
        .filter(pk=row_id)
        .first()
    )
    if row is None or not EXCUSES.holds(request.actor, row):
        raise NotFound
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"reason": row.reason})
    if request.method == "POST" and form.is_valid():
        try:
            excuse_from_session(
                actor=request.actor,
                at=clock.now(),
                attendance=row,
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Your apologies have been noted."))
            return redirect("workforce:session", session.pk)
    context = {"session": session, "row": row, "form": form, "request_key": request_key(request)}
    return render(request, "workforce/training/excuse.html", context, status=422 if form.errors else 200)
