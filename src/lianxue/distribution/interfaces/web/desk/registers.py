"""The two registers on screen and as files: 附件1 (S0-50) and 附件2 (S0-51)."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.interfaces.web.desk.forms import RegisterFilter
from lianxue.distribution.interfaces.web.desk.register_tabs import register_tabs
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT, IN_NETWORK
from lianxue.distribution.models import Issue, Loan
from lianxue.distribution.queries.lending import issues_seen, loans_seen, overdue
from lianxue.distribution.queries.registers import (
    MOST_PRINTED,
    issue_register_rows,
    loan_register_rows,
    name_for,
    years_of,
)
from lianxue.documents.public import PrintedKind, issue_register, loan_register
from lianxue.kernel import clock
from lianxue.kernel.pages import Column, Listing, page
from lianxue.kernel.rendering import TableDocument
from lianxue.orgs.public import ActingRequest

PER_PAGE = 50
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}

NUMBER = Column("number", gettext_lazy("No."), lambda row: row.pk)
STATE = Column("state", gettext_lazy("State"), lambda row: row.get_state_display(), "state")
UNIT = Column("unit", gettext_lazy("Unit"), lambda row: row.point.name, "point__code")
TITLE = Column("title", gettext_lazy("Resource"), lambda row: row.title.entry.title, "title__entry__title")
KIND = Column("kind", gettext_lazy("Resource type"), lambda row: row.title.entry.kind, "title__entry__kind")
QUANTITY = Column("quantity", gettext_lazy("Quantity"), lambda row: row.quantity, "quantity")
BORROWER = Column("borrower", gettext_lazy("Borrower"), lambda row: row.borrower_name, "borrower_name")
LENT = Column("lent", gettext_lazy("Lent on"), lambda row: row.lent_on, "lent_on")
RETURNED = Column("returned", gettext_lazy("Returned on"), lambda row: row.returned_on, "returned_on")
RECIPIENT = Column("recipient", gettext_lazy("Recipient"), lambda row: row.recipient_name, "recipient_name")
ISSUED = Column("issued", gettext_lazy("Issued on"), lambda row: row.issued_on, "issued_on")

LOAN_COLUMNS = (NUMBER, UNIT, TITLE, KIND, QUANTITY, BORROWER, LENT, RETURNED, STATE)
ISSUE_COLUMNS = (NUMBER, UNIT, TITLE, KIND, QUANTITY, RECIPIENT, ISSUED)


@page(IN_NETWORK)
def loans(request: ActingRequest) -> HttpResponseBase:
    """Show 附件1, the register of loans."""
    rows, form = _loans(request)
    listing = Listing(request, rows, LOAN_COLUMNS, per_page=PER_PAGE)
    names = {row.pk: name_for(request.actor, row.borrower_name, row.point_id) for row in listing.page}
    return _show(request, "loans", listing, form, names)


@page(IN_NETWORK)
def issues(request: ActingRequest) -> HttpResponseBase:
    """Show 附件2, the register of issues."""
    rows, form = _issues(request)
    listing = Listing(request, rows, ISSUE_COLUMNS, per_page=PER_PAGE)
    names = {row.pk: name_for(request.actor, row.recipient_name, row.point_id) for row in listing.page}
    return _show(request, "issues", listing, form, names)


@page(IN_NETWORK)
def loans_file(request: ActingRequest, ending: str) -> HttpResponseBase:
    """Give 附件1 as a file."""
    rows, _form = _loans(request)
    return _file(loan_register(loan_register_rows(request.actor, rows)), ending)


@page(IN_NETWORK)
def issues_file(request: ActingRequest, ending: str) -> HttpResponseBase:
    """Give 附件2 as a file."""
    rows, _form = _issues(request)
    return _file(issue_register(issue_register_rows(request.actor, rows)), ending)


def _loans(request: ActingRequest) -> tuple[QuerySet[Loan], RegisterFilter]:
    rows = loans_seen(request.actor)
    form = RegisterFilter(request.GET or None, years=years_of(rows, "lent_on"), has_states=True)
    if form.is_valid():
        asked = form.cleaned_data
        if asked["q"]:
            rows = rows.filter(_matches(request, asked["q"], "borrower_name"))
        if asked["year"]:
            rows = rows.filter(lent_on__year=int(asked["year"]))
        if asked["state"] == "overdue":
            rows = rows.filter(overdue(clock.today()))
        elif asked["state"]:
            rows = rows.filter(state=asked["state"])
    return rows, form


def _issues(request: ActingRequest) -> tuple[QuerySet[Issue], RegisterFilter]:
    rows = issues_seen(request.actor)
    form = RegisterFilter(request.GET or None, years=years_of(rows, "issued_on"), has_states=False)
    if form.is_valid():
        asked = form.cleaned_data
        if asked["q"]:
            rows = rows.filter(_matches(request, asked["q"], "recipient_name"))
        if asked["year"]:
            rows = rows.filter(issued_on__year=int(asked["year"]))
    return rows, form


def _matches(request: ActingRequest, text: str, name_field: str) -> Q:
    """Return the filter for a text in titles, points and names; names only where they can be read in full."""
    text = text.strip()
    named = Q(**{f"{name_field}__icontains": text}, point_id=request.actor.organisation_id)
    return Q(title__entry__title__icontains=text) | Q(point__name__icontains=text) | named


def _show(
    request: ActingRequest, which: str, listing: Listing[Any], form: RegisterFilter, names: dict[int, str]
) -> HttpResponseBase:
    query = request.GET.copy()
    query.pop("page", None)
    files = [
        {
            "url": f"{reverse(f'distribution:register-{which}-file', args=[ending])}?{query.urlencode()}",
            "name": name,
            "icon": icon,
        }
        for ending, name, icon in (
            ("pdf", _("To print"), "file-type-pdf"),
            ("docx", _("Word document"), "file-type-docx"),
            ("xlsx", _("Spreadsheet"), "file-spreadsheet"),
        )
    ]
    count = listing.page.paginator.count
    context = {
        "which": which,
        "listing": listing,
        "form": form,
        "rows": [
            (number, row, names[row.pk], PrintedKind.of(row.title.entry.kind).value)
            for number, row in enumerate(listing.page, start=listing.page.start_index())
        ],
        "files": files,
        "too_many": MOST_PRINTED if count > MOST_PRINTED else 0,
        "own_id": request.actor.organisation_id,
        "may_take_in": AT_POINT.allows(request),
        "tabs": register_tabs(which),
    }
    return render(request, f"distribution/registers/{which}.html", context)


def _file(form: TableDocument, ending: str) -> HttpResponse:
    match ending:
        case "xlsx":
            content = form.to_xlsx()
        case "docx":
            content = form.to_docx()
        case "pdf":
            content = form.to_pdf()
        case _:
            raise Http404
    response = HttpResponse(content, content_type=TYPES[ending])
    name = f"{form.mark} {form.title}.{ending}"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
