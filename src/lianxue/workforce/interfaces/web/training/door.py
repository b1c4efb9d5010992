"""The code at the door: shown on a screen or a poster, scanned or typed by whoever is there."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import add_refusal, page, request_key, scanned_code
from lianxue.kernel.rendering import qr_svg
from lianxue.orgs.public import ActingRequest
from lianxue.workforce.enums import AttendanceWay, SessionState
from lianxue.workforce.interfaces.web.access import ORGANISERS, SIGNED_IN
from lianxue.workforce.interfaces.web.training.forms import CodeForm
from lianxue.workforce.models import Attendance, TrainingSession
from lianxue.workforce.operations.training.attend import attend_session
from lianxue.workforce.operations.training.door import door_code, poster_token, session_behind
from lianxue.workforce.queries.training import session_run


@page(ORGANISERS)
def screen(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show the code of this moment on the trainer's screen; it renews itself."""
    row = _announced(request, pk)
    code = door_code(row, clock.now())
    context = {
        "session": row,
        "typed": f"{code.typed[:4]} {code.typed[4:]}",
        "until": code.until,
        "picture": _picture(request, code.token),
        "there": row.attendances.filter(state="attended").count(),
    }
    return render(request, "workforce/training/door.html", context)


@page(ORGANISERS)
def poster(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show the code for a poster at the door; it holds until the door closes."""
    row = _announced(request, pk)
    context = {"session": row, "picture": _picture(request, poster_token(row))}
    return render(request, "workforce/training/poster.html", context)


@page(SIGNED_IN)
def here(request: ActingRequest, token: str) -> HttpResponseBase:
    """Ask somebody who scanned the code whether they are there, and note it."""
    row = session_behind(token, clock.now())
    there = Attendance.objects.filter(
        session=row, person_id=request.actor.person_id or 0, state="attended"
    ).first()
    refused = None
    if request.method == "POST":
        try:
            there = attend_session(
                actor=request.actor,
                at=clock.now(),
                code=token,
                way=AttendanceWay.QR,
                request_key=request_key(request),
            )
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("Noted: you are here."))
            return redirect("workforce:mine")
    context = {"session": row, "there": there, "refused": refused, "request_key": request_key(request)}
    return render(request, "workforce/training/here.html", context, status=422 if refused else 200)


@page(SIGNED_IN)
def typed(request: ActingRequest) -> HttpResponseBase:
    """Take the code that somebody types instead of scanning it."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = attend_session(
                actor=request.actor,
                at=clock.now(),
                code=scanned_code(form.cleaned_data["code"]),
                way=AttendanceWay.CODE,
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Noted: you are at %(training)s.") % {"training": row.session.title})
            return redirect("workforce:mine")
    context = {"form": form, "request_key": request_key(request)}
    return render(request, "workforce/training/typed.html", context, status=422 if form.errors else 200)


def _announced(request: ActingRequest, pk: int) -> TrainingSession:
    row = session_run(request.actor, pk)
    if row.state != SessionState.PLANNED:
        raise NotFound
    return row


def _picture(request: ActingRequest, token: str) -> str:
    address = request.build_absolute_uri(reverse("workforce:door-here", args=[token]))
    return qr_svg(address)
