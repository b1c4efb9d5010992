"""The list of a training as a table, taken away and sent in again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.pages.listing import XLSX
from lianxue.kernel.tables import SheetRead, blank_sheet, mark_faults
from lianxue.orgs.public import ActingRequest
from lianxue.resources.public import keep_marked_sheet
from lianxue.workforce.enums import AttendanceWay
from lianxue.workforce.interfaces.web.access import ORGANISERS
from lianxue.workforce.interfaces.web.training.forms import SheetForm
from lianxue.workforce.models import TrainingSession
from lianxue.workforce.operations.training.attend import note_attendance
from lianxue.workforce.operations.training.sheets import ATTENDANCE_SHAPE, attendance_rows, read_attendance
from lianxue.workforce.queries.training import attendances_seen, session_run

FAULTS_SHOWN = 100


@page(ORGANISERS)
def take_away(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give the list as a table to be filled in."""
    row = session_run(request.actor, pk)
    content = blank_sheet(ATTENDANCE_SHAPE, attendance_rows(attendances_seen(request.actor, row)))
    response = HttpResponse(content, content_type=XLSX)
    name = _("Attendance of %(training)s") % {"training": row.title}
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or ""
    return response


@page(ORGANISERS)
def take_in(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Take the filled table in: all of it, or nothing with every fault named."""
    row = session_run(request.actor, pk)
    form = SheetForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["sheet"]
        content, name = upload.read(), upload.name or ""
        try:
            read, count = _take(request, row, content, name)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            if not read.faults:
                done = ngettext(
                    "%(count)d row has been taken in.", "%(count)d rows have been taken in.", count
                )
                messages.success(request, done % {"count": count})
                return redirect("workforce:session", row.pk)
            context = _faults(request, read, content, name)
    context |= {"session": row, "form": form, "request_key": request_key(request)}
    is_faulty = bool(form.errors) or "faults" in context
    return render(request, "workforce/training/import.html", context, status=422 if is_faulty else 200)


def _take(request: ActingRequest, row: TrainingSession, content: bytes, name: str) -> tuple[SheetRead, int]:
    marks, comers, read = read_attendance(content, name=name, session=row)
    if not read.faults:
        note_attendance(
            actor=request.actor,
            at=clock.now(),
            session=row,
            marks=marks,
            comers=comers,
            way=AttendanceWay.SHEET,
            request_key=request_key(request),
        )
    return read, len(marks) + len(comers)


def _faults(request: ActingRequest, read: SheetRead, content: bytes, name: str) -> dict[str, Any]:
    """Return the faults, and the person's own table with them marked."""
    read.faults.sort(key=lambda fault: (fault.row, len(fault.column), fault.column))
    kept = keep_marked_sheet(
        actor=request.actor,
        at=clock.now(),
        content=mark_faults(content, read.faults),
        name=_("%(name)s with faults marked.xlsx") % {"name": name.rpartition(".")[0] or name},
    )
    count = len(read.faults) + read.left_out
    return {
        "faults": read.faults[:FAULTS_SHOWN],
        "fault_count": count,
        "more": max(0, count - FAULTS_SHOWN),
        "marked_url": reverse("resources:marked-sheet", args=[kept.pk]),
    }
