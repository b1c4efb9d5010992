"""The table in which a point states its demand outside and sends it in."""

from collections.abc import Iterable, Iterator

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.models import Round
from lianxue.distribution.operations.demand.save_demand import MOST_COPIES
from lianxue.distribution.queries.demand import PointDemand
from lianxue.distribution.queries.titles import titles_of
from lianxue.kernel.tables import Column, SheetRead, SheetShape, read_sheet

NOT_OFFERED = _("This title is not on offer in this round.")
WITHDRAWN = _("This title has been withdrawn from the catalogue.")
TWICE = _("This title is in the table twice.")
OTHER_TITLE = _("The catalogue has another title under this number: “%(title)s”.")

DEMAND_SHAPE = SheetShape(
    _("Demand of a point"),
    [
        Column("code", _("Catalogue number"), width=14, max_length=20),
        Column(
            "title", _("Title"), required=False, width=36, hint=_("To check the number by; may stay empty.")
        ),
        Column("kind", _("Resource type"), required=False, width=10),
        Column("learners", _("Learners wish for"), "integer", required=False, width=10),
        Column("teachers", _("Teachers wish for"), "integer", required=False, width=10),
        Column("last", _("Last time"), "integer", required=False, width=10),
        Column(
            "asked",
            _("Your point needs"),
            "integer",
            required=False,
            width=12,
            minimum=0,
            maximum=MOST_COPIES,
            hint=_("Leave it empty where you need nothing."),
        ),
    ],
)


def demand_rows(demand: PointDemand) -> Iterator[dict[str, object]]:
    """Yield every title on offer with what is asked so far, as rows of the table to fill in."""
    for row in demand.rows:
        entry = row.title.entry
        yield {
            "code": entry.code,
            "title": entry.title,
            "kind": str(entry.get_kind_display()),
            "learners": row.needs.learners or None,
            "teachers": row.needs.teachers or None,
            "last": row.asked_last,
            "asked": row.asked or None,
        }


def read_demand(
    upload: "File[bytes] | bytes", *, name: str, round: Round, asked: Iterable[int] = ()
) -> tuple[dict[int, int], SheetRead]:
    """Return how many copies of each title of ``round`` a table asks for, and everything that is wrong with it.

    An empty number means that none are needed; titles that the table does not name stay as they are. ``asked`` are
    the titles that the point asks for already: those it may keep though they were withdrawn. Raise ``Invalid`` for
    an unreadable file.
    """
    read = read_sheet(upload, DEMAND_SHAPE, name=name)
    titles = {title.entry.code.upper(): title for title in titles_of(round.pk)}
    kept, quantities = set(asked), dict[int, int]()
    for row in read.rows:
        title = titles.get(str(row["code"]).upper())
        copies = int(str(row["asked"] or 0))
        if title is None:
            read.add_fault(row, "code", NOT_OFFERED)
            continue
        if row["title"] and str(row["title"]).strip() != title.entry.title:
            read.add_fault(row, "title", OTHER_TITLE % {"title": title.entry.title})
        if copies and not title.entry.is_published and title.pk not in kept:
            read.add_fault(row, "code", WITHDRAWN)
        if title.pk in quantities:
            read.add_fault(row, "code", TWICE)
        quantities[title.pk] = copies
    return quantities, read
