"""What a paper register says, matched with the titles that a point has: rows to be taken in, or names to be asked about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.models import Issue, Loan, StockBalance
from lianxue.documents.public import PrintedKind
from lianxue.kernel.tables import SheetRead, SheetRow, matching_key
from lianxue.orgs.public import Organisation
from lianxue.resources.models import CatalogueEntry

FOREIGN_UNIT = _("This row belongs to another unit.")
STILL_TO_COME = _("This day is still to come.")
BACK_BEFORE = _("This day is before the day of lending.")
THERE_ALREADY = _("This row is in the register already.")
NO_TITLES = _("No copies have come to your point yet, so nothing could be lent or issued.")
ARRIVED = (PlaceKind.SHELF, PlaceKind.DISPLAY, PlaceKind.ON_LOAN, PlaceKind.ISSUED, PlaceKind.LOST)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row of a paper register; ``number`` is its row in the file, ``returned_on`` None: out, or issued for good."""

    number: int
    title: str
    kind: str
    quantity: int
    name: str
    day: date
    returned_on: date | None = None


def paper_rows(read: SheetRead, point: Organisation, *, on: date) -> list[PaperRow]:
    """Return the rows of a register that was read on the day ``on``; what cannot be is added to its faults."""
    rows = []
    for row in read.rows:
        if not _is_unit(str(row["unit"]), point.name):
            read.add_fault(row, "unit", FOREIGN_UNIT)
        paper = _paper_row(row)
        if paper.day > on:
            read.add_fault(row, "day", STILL_TO_COME)
        if paper.returned_on and paper.returned_on > on:
            read.add_fault(row, "returned_on", STILL_TO_COME)
        elif paper.returned_on and paper.returned_on < paper.day:
            read.add_fault(row, "returned_on", BACK_BEFORE)
        rows.append(paper)
    return rows


def _paper_row(row: SheetRow) -> PaperRow:
    day, back = row["day"], row.get("returned_on")
    assert isinstance(day, date)  # noqa: S101  # the column is required
    return PaperRow(
        number=row.number,
        title=str(row["title"]).strip(),
        kind=str(row["kind"]),
        quantity=int(str(row["quantity"] or 1)),
        name=str(row["name"]).strip(),
        day=day,
        returned_on=back if isinstance(back, date) else None,
    )


def _is_unit(written: str, name: str) -> bool:
    """Tell whether a unit is the point: people shorten the names of their own schools, or leave them out."""
    mine, theirs = matching_key(name), matching_key(written)
    return not theirs or theirs in mine or mine in theirs


def title_key(title: str) -> str:
    """Return the form in which titles are compared: without book marks, spaces and width."""
    return matching_key(title).strip("《》<>")


def known_titles(point_id: int) -> list[CatalogueEntry]:
    """Return the titles of which copies have arrived at a point, by title."""
    here = StockBalance.objects.filter(place__organisation_id=point_id, place__kind__in=ARRIVED)
    return list(
        CatalogueEntry.objects.filter(pk__in=here.values("title__entry_id"))
        .only("title", "kind", "code")
        .order_by("title", "pk")
    )


def match(rows: Iterable[PaperRow], entries: Sequence[CatalogueEntry]) -> dict[str, list[CatalogueEntry]]:
    """Return for each title as it is written the catalogue titles that it can mean: one, several or none."""
    by_key: dict[str, list[CatalogueEntry]] = defaultdict(list)
    for entry in entries:
        by_key[title_key(entry.title)].append(entry)
    found: dict[str, list[CatalogueEntry]] = {}
    for row in rows:
        meant = by_key.get(title_key(row.title), [])
        same_kind = [e for e in meant if row.kind and PrintedKind.of(e.kind).name.lower() == row.kind]
        found.setdefault(row.title, same_kind if len(meant) > 1 and len(same_kind) == 1 else meant)
    return found


def note_doubles(
    read: SheetRead,
    rows: Iterable[PaperRow],
    meant: Mapping[str, int],
    point_id: int,
    model: type[Loan] | type[Issue],
) -> None:
    """Add a fault to each row that the register of the platform has already: a file that is sent in twice."""
    day, name = ("lent_on", "borrower_name") if model is Loan else ("issued_on", "recipient_name")
    there = set(
        model._default_manager.filter(
            point_id=point_id, undone_at__isnull=True, title__entry_id__in=set(meant.values())
        ).values_list("title__entry_id", name, day)
    )
    for row in rows:
        if (meant.get(row.title), row.name, row.day) in there:
            read.add_fault(row.number, "title", THERE_ALREADY)
