"""Tables that people fill in outside: titles for a round, and a college's changes to its aggregation."""

from collections.abc import Iterable, Iterator

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import DemandState
from lianxue.distribution.models import DemandBatch, DemandLine, Round
from lianxue.distribution.operations.checks import REASON_LENGTH
from lianxue.distribution.operations.demand.adjust_lines import LineChange
from lianxue.distribution.operations.demand.save_demand import MOST_COPIES as MOST_ASKED
from lianxue.distribution.operations.rounds.round_titles import (
    MOST_COPIES,
    MOST_IN_PACK,
    Offer,
    entry_fault,
    pack_fault,
    suppliers_of,
)
from lianxue.distribution.queries.aggregation import SheetLine
from lianxue.kernel.tables import Column, SheetRead, SheetRow, SheetShape, read_sheet
from lianxue.orgs.public import Organisation
from lianxue.resources.public import CatalogueEntry, published_entries

IN_ROUND = _("This title is in the round already.")
TWICE = _("This title is in the table twice.")
OTHER_TITLE = _("The catalogue has another title under this number: “%(title)s”.")
NO_SUCH_LINE = _("This point has submitted no demand for this title.")
ASKED_ANEW = _("The point now asks for %(asked)d. Please look at its demand again.")
LINE_TWICE = _("This line is in the table twice.")
REASON_NEEDED = _("Please give a reason for the change.")


def title_shape(suppliers: Iterable[Organisation]) -> SheetShape:
    """Return the columns of a table of titles for a round."""
    return SheetShape(
        _("Titles for a round"),
        [
            Column("code", _("Catalogue number"), width=14, max_length=20),
            Column(
                "title",
                _("Title"),
                required=False,
                width=36,
                hint=_("To check the number by; may stay empty."),
            ),
            Column("copies", _("Copies available"), "integer", width=12, minimum=1, maximum=MOST_COPIES),
            Column(
                "supplier",
                _("Supplier"),
                "choice",
                choices=[(str(s.pk), s.name) for s in suppliers],
                width=28,
            ),
            Column(
                "pack_size",
                _("Copies in a pack"),
                "integer",
                required=False,
                width=12,
                minimum=1,
                maximum=MOST_IN_PACK,
                hint=_("Copies that are sent only together; empty: each by itself."),
            ),
        ],
    )


def read_titles(upload: "File[bytes] | bytes", *, name: str, round: Round) -> tuple[list[Offer], SheetRead]:
    """Return the offers in a table and everything that is wrong with it. Raise ``Invalid`` for an unreadable file."""
    read = read_sheet(upload, title_shape(suppliers_of(round.office_id).values()), name=name)
    codes = {str(row["code"]).upper() for row in read.rows}
    entries = {entry.code.upper(): entry for entry in published_entries().filter(code__in=codes)}
    there = set(round.titles.values_list("entry_id", flat=True))
    offers: list[Offer] = []
    seen: set[int] = set()
    for row in read.rows:
        entry = _entry_of(read, row, entries, there, seen)
        if entry is not None:
            copies, pack_size = int(str(row["copies"])), int(str(row["pack_size"] or 1))
            if fault := pack_fault(pack_size, copies, entry):
                read.add_fault(row, "pack_size", fault)
            offers.append(Offer(entry.pk, int(str(row["supplier"])), copies, pack_size))
    return offers, read


def _entry_of(
    read: SheetRead, row: SheetRow, entries: dict[str, CatalogueEntry], there: set[int], seen: set[int]
) -> CatalogueEntry | None:
    entry = entries.get(str(row["code"]).upper())
    fault = entry_fault(entry, int(str(row["copies"])))
    if entry is None or fault:
        read.add_fault(row, "code", fault or "")
        return None
    if row["title"] and str(row["title"]).strip() != entry.title:
        read.add_fault(row, "title", OTHER_TITLE % {"title": entry.title})
    if entry.pk in there:
        read.add_fault(row, "code", IN_ROUND)
    if entry.pk in seen:
        read.add_fault(row, "code", TWICE)
    seen.add(entry.pk)
    return entry


AGGREGATION_SHAPE = SheetShape(
    _("Aggregated demand"),
    [
        Column("point", _("Code of the point"), width=14, max_length=40),
        Column("point_name", _("Point"), required=False, width=28),
        Column("code", _("Catalogue number"), width=14, max_length=20),
        Column("title", _("Title"), required=False, width=36),
        Column("asked", _("Asked for"), "integer", required=False, width=10, maximum=MOST_ASKED),
        Column("agreed", _("Number passed on"), "integer", width=10, maximum=MOST_ASKED),
        Column(
            "reason",
            _("Reason for the change"),
            required=False,
            width=36,
            max_length=REASON_LENGTH,
            hint=_("Needed in each row in which you change the number passed on. The point reads it."),
        ),
    ],
)


def read_changes(
    upload: "File[bytes] | bytes", *, name: str, batch: DemandBatch
) -> tuple[list[LineChange], SheetRead]:
    """Return the changes in a table of aggregated demand and everything that is wrong with it.

    Rows in which nothing was changed count for nothing. Raise ``Invalid`` for an unreadable file.
    """
    read = read_sheet(upload, AGGREGATION_SHAPE, name=name)
    lines = {
        (line.request.point.code, line.title.entry.code): line
        for line in DemandLine.objects.filter(request__batch=batch, request__state=DemandState.SUBMITTED)
        .select_related("request__point", "title__entry")
        .defer("title__entry__search_vector")
    }
    changes: list[LineChange] = []
    seen: set[int] = set()
    for row in read.rows:
        line = lines.get((str(row["point"]), str(row["code"])))
        if line is None:
            read.add_fault(row, "code", NO_SUCH_LINE)
            continue
        if line.pk in seen:
            read.add_fault(row, "code", LINE_TWICE)
        seen.add(line.pk)
        if row["asked"] is not None and row["asked"] != line.asked:
            read.add_fault(row, "asked", ASKED_ANEW % {"asked": line.asked})
        if row["agreed"] != line.agreed:
            if not row["reason"]:
                read.add_fault(row, "reason", REASON_NEEDED)
            changes.append(LineChange(line.pk, int(str(row["agreed"])), str(row["reason"]), seen=line.agreed))
    return changes, read


def aggregation_rows(lines: Iterable[SheetLine]) -> Iterator[dict[str, object]]:
    """Yield lines that count as rows of the table that a college takes away and may send back changed."""
    for line in lines:
        yield {
            "point": line.point_code,
            "point_name": line.point_name,
            "code": line.title_code,
            "title": line.title_name,
            "asked": line.asked,
            "agreed": line.agreed,
        }
