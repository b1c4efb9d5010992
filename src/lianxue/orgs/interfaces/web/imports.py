"""Organisations from a table: the blank one, taking a filled-in one, giving a faulty one back with its faults marked."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.files import file_response
from lianxue.kernel.models import StoredFile
from lianxue.kernel.pages import add_refusal, page
from lianxue.kernel.pages.listing import XLSX
from lianxue.kernel.tables import (
    Column,
    SheetRead,
    SheetRow,
    SheetShape,
    blank_sheet,
    mark_faults,
    read_sheet,
)
from lianxue.orgs.enums import OrganisationKind
from lianxue.orgs.errors import ImportFaulty
from lianxue.orgs.interfaces.web.access import ADMINISTRATORS
from lianxue.orgs.interfaces.web.organisation_forms import TableForm
from lianxue.orgs.interfaces.web.sent import sent
from lianxue.orgs.models import ActingRequest
from lianxue.orgs.operations import OrganisationRow, import_organisations, keep_marked_table

FAULTS_SHOWN = 100
MAX_ROWS = 2000

SHAPE = SheetShape(
    gettext_lazy("Organisations"),
    (
        Column("code", gettext_lazy("Code"), max_length=40),
        Column("name", gettext_lazy("Name"), width=36, max_length=120),
        Column(
            "kind",
            gettext_lazy("Kind of organisation"),
            kind="choice",
            choices=OrganisationKind.choices,
            width=20,
        ),
        Column(
            "superior",
            gettext_lazy("Code of the one directly above"),
            width=20,
            max_length=40,
            hint=gettext_lazy("It may stand in this table too."),
        ),
        Column("division", gettext_lazy("Division code"), required=False, max_length=12),
        Column("address", gettext_lazy("Address"), required=False, width=36, max_length=200),
        Column("telephone", gettext_lazy("Office telephone"), required=False, max_length=40),
        Column("uscc", gettext_lazy("Unified social credit code"), required=False, width=22, max_length=18),
    ),
    max_rows=MAX_ROWS,
)


@page(ADMINISTRATORS)
def blank(_request: ActingRequest) -> HttpResponseBase:
    """Give the blank table."""
    response = HttpResponse(blank_sheet(SHAPE), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{SHAPE.title}.xlsx") or ""
    return response


@page(ADMINISTRATORS)
def marked(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give back a faulty table with its faults marked, to whoever sent it in."""
    stored = StoredFile.objects.filter(pk=pk, created_by_id=request.actor.person_id, media_type=XLSX).first()
    if stored is None:
        raise NotFound
    return file_response(stored, download=True)


@page(ADMINISTRATORS)
def take_in(request: ActingRequest) -> HttpResponseBase:
    """Take in a filled-in table: all rows, or none and every fault by sheet, row and column."""
    form, context = TableForm(*sent(request)), dict[str, Any]()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["table"]
        try:
            content = upload.read()
            read = _read(request, content, upload.name)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            if not read.faults:
                count = len(read.rows)
                done = ngettext(
                    "%(count)d organisation has been registered.",
                    "%(count)d organisations have been registered.",
                    count,
                )
                messages.success(request, done % {"count": count})
                return redirect("orgs:network")
            context = _faults(request, read, content, upload.name)
    is_faulty = bool(form.errors) or "faults" in context
    return render(request, "orgs/import.html", context | {"form": form}, status=422 if is_faulty else 200)


def _read(request: ActingRequest, content: bytes, name: str) -> SheetRead:
    """Read the table and, when its form is right, take its rows in; what is wrong with them is added to its faults."""
    read = read_sheet(content, SHAPE, name=name)
    if not read.faults:
        try:
            import_organisations(
                actor=request.actor, at=clock.now(), rows=[_organisation_row(row) for row in read.rows]
            )
        except ImportFaulty as faulty:
            for fault in faulty.faults:
                read.add_fault(fault.row, fault.key, fault.message)
    return read


def _organisation_row(row: SheetRow) -> OrganisationRow:
    return OrganisationRow(
        number=row.number,
        code=_text(row, "code"),
        name=_text(row, "name"),
        kind=OrganisationKind(str(row["kind"])),
        superior=_text(row, "superior"),
        division=_text(row, "division"),
        uscc=_text(row, "uscc"),
        address=_text(row, "address"),
        telephone=_text(row, "telephone"),
    )


def _text(row: SheetRow, key: str) -> str:
    return str(row[key] or "")


def _faults(request: ActingRequest, read: SheetRead, content: bytes, name: str) -> dict[str, Any]:
    kept = keep_marked_table(
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
        "marked": kept,
    }
