"""Taking in a table that a person filled in: every fault named, nothing half saved, the file given back marked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxue.distribution.interfaces.web.rounds.forms import SheetForm, sent
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused, Text
from lianxue.kernel.pages import add_refusal, request_key
from lianxue.kernel.pages.listing import XLSX
from lianxue.kernel.tables import SheetRead, mark_faults
from lianxue.orgs.public import ActingRequest
from lianxue.resources.public import keep_marked_sheet

FAULTS_SHOWN = 100

# Reads the bytes under their file name and, when nothing is wrong, takes them in; gives what was read and how many rows.
TakeIn = Callable[[bytes, str], tuple[SheetRead, int]]


@dataclass(frozen=True)
class ImportPage:
    """The words and addresses around one import; ``take_url`` gives the table to fill in."""

    heading: Text
    lead: Text
    take_label: Text
    take_hint: Text
    take_url: str
    back_url: str
    back_label: Text


def import_page(request: ActingRequest, words: ImportPage, take_in: TakeIn) -> HttpResponseBase:
    """Show the import page; take in what was sent, or show what is wrong with it."""
    form = SheetForm(*sent(request))
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        upload: UploadedFile[bytes] = form.cleaned_data["sheet"]
        content, name = upload.read(), upload.name or ""
        try:
            read, count = take_in(content, name)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            if not read.faults:
                done = ngettext(
                    "%(count)d row has been taken in.", "%(count)d rows have been taken in.", count
                )
                messages.success(request, done % {"count": count})
                return redirect(words.back_url)
            context = faults_context(request, read, content, name)
    context |= {"form": form, "words": words, "request_key": request_key(request)}
    is_faulty = bool(form.errors) or "faults" in context
    return render(request, "distribution/rounds/import.html", context, status=422 if is_faulty else 200)


def workbook(content: bytes, name: str) -> HttpResponse:
    """Return a workbook to keep under ``name`` (without ending)."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or ""
    return response


def faults_context(request: ActingRequest, read: SheetRead, content: bytes, name: str) -> dict[str, Any]:
    """Return what ``rounds/sheet_faults.html`` shows: the faults, and the person's own table with them marked."""
    read.faults.sort(key=lambda fault: (fault.row, len(fault.column), fault.column))
    stem = name.rpartition(".")[0] or name
    kept = keep_marked_sheet(
        actor=request.actor,
        at=clock.now(),
        content=mark_faults(content, read.faults),
        name=_("%(name)s with faults marked.xlsx") % {"name": stem},
    )
    count = len(read.faults) + read.left_out
    return {
        "faults": read.faults[:FAULTS_SHOWN],
        "fault_count": count,
        "more": max(0, count - FAULTS_SHOWN),
        "marked_url": reverse("resources:marked-sheet", args=[kept.pk]),
    }
