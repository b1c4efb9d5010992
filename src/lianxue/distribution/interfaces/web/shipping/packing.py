"""Packing lists of one supplier and round: parcel by parcel, or summed by title."""

from collections import Counter

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from lianxue.distribution.interfaces.web.shipping.access import PACKING
from lianxue.distribution.models import Shipment
from lianxue.distribution.queries.shipments import packed_by
from lianxue.documents.public import (
    PackingLine,
    PackingSum,
    PrintedKind,
    packing_list_by_parcel,
    packing_list_by_title,
)
from lianxue.kernel.pages import page
from lianxue.kernel.pages.listing import XLSX
from lianxue.kernel.rendering import TableDocument
from lianxue.orgs.public import ActingRequest
from lianxue.resources.models import CatalogueEntry


@page(PACKING)
def packing_list(request: ActingRequest, round_id: int, shape: str, ending: str) -> HttpResponseBase:
    """Give the packing list of what waits to be packed, as PDF or XLSX."""
    rows = packed_by(request.actor, round_id)
    makers = {"parcels": _by_parcel, "titles": _by_title}
    if shape not in makers or ending not in ("pdf", "xlsx"):
        raise Http404
    form = makers[shape](rows)
    content = form.to_pdf() if ending == "pdf" else form.to_xlsx()
    response = HttpResponse(content, content_type="application/pdf" if ending == "pdf" else XLSX)
    name = f"{form.title} {rows[0].round.name}.{ending}"
    response["Content-Disposition"] = content_disposition_header(ending == "xlsx", name) or ""
    return response


def _by_parcel(rows: list[Shipment]) -> TableDocument:
    lines = [
        PackingLine(
            code=row.code,
            point=row.point.name,
            lot=line.code,
            title=line.title.entry.title,
            kind=PrintedKind.of(line.title.entry.kind),
            quantity=line.quantity,
        )
        for row in rows
        for line in row.lines.all()
    ]
    return packing_list_by_parcel(lines, supplier=rows[0].supplier.name, round_name=rows[0].round.name)


def _by_title(rows: list[Shipment]) -> TableDocument:
    copies: Counter[int] = Counter()
    parcels: Counter[int] = Counter()
    entries: dict[int, CatalogueEntry] = {}
    for row in rows:
        for line in row.lines.all():
            entries[line.title_id] = line.title.entry
            copies[line.title_id] += line.quantity
            parcels[line.title_id] += 1
    sums = [
        PackingSum(
            code=entry.code,
            title=entry.title,
            kind=PrintedKind.of(entry.kind),
            parcels=parcels[pk],
            quantity=copies[pk],
        )
        for pk, entry in sorted(entries.items())
    ]
    return packing_list_by_title(sums, supplier=rows[0].supplier.name, round_name=rows[0].round.name)
