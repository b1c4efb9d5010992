"""The counting list as a table that people fill in and send in again."""

from collections.abc import Iterable, Iterator

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.models import Stocktake, StocktakeLine
from lianxue.distribution.operations.checks import REASON_LENGTH
from lianxue.distribution.operations.stocktaking.count import MOST_COUNTED, LineCount, Seen
from lianxue.distribution.queries.stocktaking import lines_of
from lianxue.kernel.tables import Column, SheetRead, SheetRow, SheetShape, read_sheet

NOT_ON_LIST = _("This lot does not stand on the list for this place.")
TWICE = _("This lot stands in the table twice for this place.")
COUNTED_OTHERWISE = _(
    "%(counted)d has been written down here already. Leave the cell empty, or change the number on the page."
)

COUNT_SHAPE = SheetShape(
    _("Counting list"),
    [
        Column(
            "place",
            _("Place"),
            "choice",
            choices=[
                (PlaceKind.DISPLAY.value, PlaceKind.DISPLAY.label),
                (PlaceKind.SHELF.value, PlaceKind.SHELF.label),
            ],
            width=16,
        ),
        Column("lot", _("Lot"), width=12, max_length=20),
        Column("title", _("Title"), required=False, width=40),
        Column(
            "counted",
            _("Counted"),
            "integer",
            required=False,
            width=10,
            maximum=MOST_COUNTED,
            hint=_("Copies in good order; none there is 0. Empty: not counted yet."),
        ),
        Column("damaged", _("Damaged"), "integer", required=False, width=10, maximum=MOST_COUNTED),
        Column("reason", _("Reason"), required=False, width=36, max_length=REASON_LENGTH),
    ],
)


def count_rows(lines: Iterable[StocktakeLine]) -> Iterator[dict[str, object]]:
    """Yield the lines of a count as rows of the table, with what was counted already."""
    for line in lines:
        yield {
            "place": line.kind,
            "lot": line.lot.code,
            "title": line.title.entry.title,
            "counted": line.counted,
            "damaged": line.damaged or None,
            "reason": line.reason,
        }


def read_counts(
    upload: "File[bytes] | bytes", *, name: str, stocktake: Stocktake
) -> tuple[list[LineCount], dict[int, str], SheetRead]:
    """Return the numbers and reasons in a filled counting list, and everything that is wrong with it.

    Rows without a number, and those that say what is there already, count for nothing. Raise ``Invalid`` for an
    unreadable file.
    """
    read = read_sheet(upload, COUNT_SHAPE, name=name)
    lines = {(line.kind, line.lot.code): line for line in lines_of(stocktake)}
    counts: list[LineCount] = []
    reasons: dict[int, str] = {}
    seen: set[int] = set()
    for row in read.rows:
        line = lines.get((str(row["place"]), str(row["lot"]).upper()))
        if line is None:
            read.add_fault(row, "lot", NOT_ON_LIST)
            continue
        if line.pk in seen:
            read.add_fault(row, "lot", TWICE)
        seen.add(line.pk)
        count = _count(read, row, line)
        if count is not None:
            counts.append(count)
        if row["reason"] and row["reason"] != line.reason:
            reasons[line.pk] = str(row["reason"])
    return counts, reasons, read


def _count(read: SheetRead, row: SheetRow, line: StocktakeLine) -> LineCount | None:
    counted, damaged = row["counted"], row["damaged"] or 0
    if not isinstance(counted, int) or not isinstance(damaged, int):
        return None
    if (counted, damaged) == (line.counted, line.damaged):
        return None
    if line.counted is not None and counted != line.counted:
        read.add_fault(row, "counted", COUNTED_OTHERWISE % {"counted": line.counted})
        return None
    return LineCount(line.pk, counted, damaged, Seen(line.counted, line.damaged))
