"""Who gets how many copies of one title, how many of each title one point gets, and all of it as a spreadsheet."""

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.interfaces.web.allocation.forms import LineFilter
from lianxue.distribution.interfaces.web.rounds.access import OFFICE_READERS
from lianxue.distribution.interfaces.web.rounds.listing import FigureListing
from lianxue.distribution.queries.allocation import (
    all_lines,
    lines_of_point,
    lines_of_title,
    office_allocation,
    point_in,
    sheet_of,
)
from lianxue.kernel.pages import Column, page
from lianxue.kernel.pages.listing import XLSX
from lianxue.kernel.tables import stream_csv, stream_xlsx
from lianxue.orgs.public import ActingRequest

MOST_IN_WORKBOOK = 1_000_000  # a sheet of a workbook holds 1,048,576 rows

NUMBERS = (
    Column("asked", gettext_lazy("Asked for"), lambda row: row.asked, "asked"),
    Column("agreed", gettext_lazy("Number passed on"), lambda row: row.agreed, "agreed"),
    Column("quantity", gettext_lazy("Allocated"), lambda row: row.quantity, "quantity"),
)
POINT_COLUMNS = (
    Column("point", gettext_lazy("Point"), lambda row: row.point_name, "point"),
    Column("college", gettext_lazy("Gathered by"), lambda row: row.college_name, "college"),
    *NUMBERS,
)
TITLE_COLUMNS = (
    Column("title", gettext_lazy("Title"), lambda row: row.title_name, "title"),
    Column("code", gettext_lazy("Catalogue number"), lambda row: row.title_code, "code"),
    *NUMBERS,
)
ALL_COLUMNS = (
    *TITLE_COLUMNS[:2],
    Column("point_code", gettext_lazy("Code"), lambda row: row.point_code),
    *POINT_COLUMNS,
)


@page(OFFICE_READERS)
def of_title(request: ActingRequest, pk: int, title_id: int) -> HttpResponseBase:
    """Show who gets how many copies of one title."""
    row = office_allocation(request.actor, pk)
    sheet = sheet_of(row, title_id)
    form = LineFilter(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    listing = FigureListing(request, lines_of_title(sheet, words), POINT_COLUMNS)
    if listing.export_asked:
        return listing.export(sheet.title.entry.title)
    context = {
        "round": row.round,
        "allocation": row,
        "sheet": sheet,
        "unmet": sheet.agreed - sheet.allocated,
        "listing": listing,
        "form": form,
        "is_filtered": bool(words),
    }
    return render(request, "distribution/allocation/title.html", context)


@page(OFFICE_READERS)
def of_point(request: ActingRequest, pk: int, point_id: int) -> HttpResponseBase:
    """Show how many of each title one point gets."""
    row = office_allocation(request.actor, pk)
    total = point_in(row, point_id)
    form = LineFilter(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    listing = FigureListing(request, lines_of_point(row, point_id, words), TITLE_COLUMNS)
    if listing.export_asked:
        return listing.export(total.point.name)
    context = {
        "round": row.round,
        "allocation": row,
        "total": total,
        "unmet": total.agreed - total.allocated,
        "listing": listing,
        "form": form,
        "is_filtered": bool(words),
    }
    return render(request, "distribution/allocation/point.html", context)


@page(OFFICE_READERS)
def everything(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give every line of an allocation: as a spreadsheet, or as text when there are more lines than one can hold."""
    row = office_allocation(request.actor, pk)
    name = _("Allocation of %(round)s by point") % {"round": row.round.name}
    rows = ([column.value(line) for column in ALL_COLUMNS] for line in all_lines(row))
    titles = [str(column.title) for column in ALL_COLUMNS]
    if row.figures["lines"] > MOST_IN_WORKBOOK:
        response = StreamingHttpResponse(stream_csv(titles, rows), content_type="text/csv; charset=utf-8")
        ending = "csv"
    else:
        response = StreamingHttpResponse(stream_xlsx(name, titles, rows), content_type=XLSX)
        ending = "xlsx"
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{ending}") or ""
    return response
