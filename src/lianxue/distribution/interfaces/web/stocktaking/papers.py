"""The counting list on paper and as a table, and the filled table taken in."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT
from lianxue.distribution.interfaces.web.rounds.tables import ImportPage, import_page, workbook
from lianxue.distribution.models import Stocktake
from lianxue.distribution.operations.stocktaking.count import save_counts
from lianxue.distribution.operations.stocktaking.sheets import COUNT_SHAPE, count_rows, read_counts
from lianxue.distribution.queries.stocktaking import lines_of, own_stocktake
from lianxue.documents.public import CountingList, CountingRow, counting_list
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.pages import page, request_key
from lianxue.kernel.tables import SheetRead, blank_sheet
from lianxue.orgs.public import ActingRequest


@page(AT_POINT)
def list_to_print(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give the list to be filled in by hand."""
    row = own_stocktake(request.actor, pk)
    paper = counting_list(
        CountingList(
            point=row.point.name,
            begun_on=local_date(row.begun_at),
            rows=[
                CountingRow(
                    place=str(line.get_kind_display()), lot=line.lot.code, title=line.title.entry.title
                )
                for line in lines_of(row)
            ],
        )
    )
    response = HttpResponse(paper.to_pdf(), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{_name(row)}.pdf") or ""
    return response


@page(AT_POINT)
def list_to_fill(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give the list as a table to be filled in and sent in again."""
    row = own_stocktake(request.actor, pk)
    return workbook(blank_sheet(COUNT_SHAPE, count_rows(lines_of(row))), _name(row))


@page(AT_POINT)
def take_in(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Take the filled table in."""
    row = own_stocktake(request.actor, pk)

    def take(content: bytes, name: str) -> tuple[SheetRead, int]:
        counts, reasons, read = read_counts(content, name=name, stocktake=row)
        if not read.faults and (counts or reasons):
            save_counts(
                actor=request.actor,
                at=clock.now(),
                stocktake=row,
                counts=counts,
                reasons=reasons,
                request_key=request_key(request),
            )
        return read, len(counts)

    words = ImportPage(
        heading=_("Numbers from a table"),
        lead=_("Rows without a number count for nothing; what is there already stays."),
        take_label=_("The list as a table"),
        take_hint=_("Write the number of copies in good order into the column “Counted”; none there is 0."),
        take_url=reverse("distribution:stocktake-table", args=[row.pk]),
        back_url=reverse("distribution:stocktake", args=[row.pk]),
        back_label=_("Stock-taking"),
    )
    return import_page(request, words, take)


def _name(row: Stocktake) -> str:
    return _("Counting list of %(point)s") % {"point": row.point.name}
