"""Tables of contributions and of catalogue entries: the blank one, taking a filled-in one, giving a faulty one back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused, Text
from lianxue.kernel.files import file_response
from lianxue.kernel.models import StoredFile
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.pages.listing import XLSX
from lianxue.kernel.tables import SheetRead, SheetShape, blank_sheet, mark_faults
from lianxue.orgs.public import ActingRequest
from lianxue.resources.interfaces.web.access import READERS, REVIEWERS, WRITERS
from lianxue.resources.interfaces.web.forms import SheetForm, sent
from lianxue.resources.operations import import_contributions, import_entries, keep_marked_sheet
from lianxue.resources.operations.sheets import (
    ContributionDraft,
    EntryDraft,
    contribution_sheet,
    entry_sheet,
    read_contributions,
    read_entries,
)

FAULTS_SHOWN = 100


@dataclass(frozen=True)
class Import:
    """The words and addresses of one kind of import."""

    heading: Text
    lead: Text
    url_name: str
    blank_url_name: str
    back_url_name: str


CONTRIBUTIONS = Import(
    gettext_lazy("Contributions from a table"),
    gettext_lazy(
        "Each row becomes a draft of your organisation. You add covers and send them in afterwards."
    ),
    "resources:contribution-import",
    "resources:contribution-blank",
    "resources:contributions",
)
ENTRIES = Import(
    gettext_lazy("Catalogue entries from a table"),
    gettext_lazy("Each row stands in the catalogue at once."),
    "resources:entry-import",
    "resources:entry-blank",
    "resources:catalogue",
)


@page(WRITERS)
def contribution_import(request: ActingRequest) -> HttpResponseBase:
    """Take in a table of contributions."""
    return _take_in(request, CONTRIBUTIONS)


@page(REVIEWERS)
def entry_import(request: ActingRequest) -> HttpResponseBase:
    """Take in a table of catalogue entries."""
    return _take_in(request, ENTRIES)


@page(WRITERS)
def contribution_blank(_request: ActingRequest) -> HttpResponseBase:
    """Give the blank table of contributions."""
    return _blank(contribution_sheet())


@page(REVIEWERS)
def entry_blank(_request: ActingRequest) -> HttpResponseBase:
    """Give the blank table of catalogue entries."""
    return _blank(entry_sheet())


@page(READERS)
def marked(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give back a faulty table with its faults marked, to whoever sent it in."""
    stored = StoredFile.objects.filter(pk=pk, created_by_id=request.actor.person_id, media_type=XLSX).first()
    if stored is None:
        raise NotFound
    return file_response(stored, download=True)


def _blank(shape: SheetShape) -> HttpResponse:
    response = HttpResponse(blank_sheet(shape), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{shape.title}.xlsx") or ""
    return response


def _take_in(request: ActingRequest, kind: Import) -> HttpResponseBase:
    form, context = SheetForm(*sent(request)), {}
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["sheet"]
        try:
            content = upload.read()
            read, count = _import(request, kind, content, upload.name)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            if not read.faults:
                done = ngettext(
                    "%(count)d row has been taken in.", "%(count)d rows have been taken in.", count
                )
                messages.success(request, done % {"count": count})
                return redirect(kind.back_url_name)
            context = _faults(request, read, content, upload.name)
    context |= {
        "form": form,
        "kind": kind,
        "blank_url": reverse(kind.blank_url_name),
        "back_url": reverse(kind.back_url_name),
        "request_key": request_key(request),
    }
    is_faulty = bool(form.errors) or "faults" in context
    return render(request, "resources/import.html", context, status=422 if is_faulty else 200)


def _import(request: ActingRequest, kind: Import, content: bytes, name: str) -> tuple[SheetRead, int]:
    """Read the table and, when nothing is wrong with it, take it in; return what was read and how many rows."""
    actor, at, key = request.actor, clock.now(), request_key(request)
    drafts: Sequence[ContributionDraft] | Sequence[EntryDraft]
    if kind is CONTRIBUTIONS:
        drafts, read = read_contributions(content, name=name, actor=actor, at=at)
        if not read.faults:
            import_contributions(actor=actor, at=at, drafts=drafts, request_key=key)
    else:
        drafts, read = read_entries(content, name=name, at=at)
        if not read.faults:
            import_entries(actor=actor, at=at, drafts=drafts, request_key=key)
    return read, len(drafts)


def _faults(request: ActingRequest, read: SheetRead, content: bytes, name: str) -> dict[str, object]:
    stem = name.rpartition(".")[0] or name
    kept = keep_marked_sheet(
        actor=request.actor,
        at=clock.now(),
        content=mark_faults(content, read.faults),
        name=_("%(name)s with faults marked.xlsx") % {"name": stem},
    )
    count = len(read.faults) + read.left_out
    return {
        "faults": sorted(read.faults, key=lambda fault: (fault.row, len(fault.column), fault.column))[
            :FAULTS_SHOWN
        ],
        "fault_count": count,
        "more": max(0, count - FAULTS_SHOWN),
        "marked_url": reverse("resources:marked-sheet", args=[kept.pk]),
    }
