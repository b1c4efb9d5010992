"""The table in which a sender writes how many copies each point gets."""

from collections.abc import Iterable, Iterator

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.models import Round, RoundTitle
from lianxue.distribution.operations.checks import MOST_AT_ONCE
from lianxue.distribution.operations.direct.hand_out import Portion
from lianxue.distribution.queries.network import points_of
from lianxue.kernel.tables import Column, SheetRead, SheetShape, read_sheet
from lianxue.orgs.public import Organisation

NO_SUCH_POINT = _("No point below you has this code.")
NO_SUCH_TITLE = _("This title is not among those that were chosen.")
TWICE = _("This point stands twice for the same title.")

PORTIONS_SHAPE = SheetShape(
    _("Copies for each point"),
    [
        Column("point", _("Code of the point"), width=14, max_length=40),
        Column("point_name", _("Point"), required=False, width=28),
        Column("code", _("Catalogue number"), width=14, max_length=20),
        Column("title", _("Title"), required=False, width=36),
        Column("copies", _("Copies"), "integer", required=False, width=10, maximum=MOST_AT_ONCE),
    ],
)


def portion_rows(points: Iterable[Organisation], titles: Iterable[RoundTitle]) -> Iterator[dict[str, object]]:
    """Yield the rows of the table to fill in: every point with every title."""
    chosen = list(titles)
    for point in points:
        for title in chosen:
            yield {
                "point": point.code,
                "point_name": point.name,
                "code": title.entry.code,
                "title": title.entry.title,
                "copies": None,
            }


def read_portions(
    upload: "File[bytes] | bytes", *, name: str, round: Round
) -> tuple[list[Portion], SheetRead]:
    """Return the portions in a table and everything that is wrong with it. Raise ``Invalid`` for an unreadable file."""
    read = read_sheet(upload, PORTIONS_SHAPE, name=name)
    points = dict(points_of(round.office_id).values_list("code", "pk"))
    titles = dict(round.titles.values_list("entry__code", "pk"))
    portions: list[Portion] = []
    seen: set[tuple[int, int]] = set()
    for row in read.rows:
        point_id, title_id = points.get(str(row["point"])), titles.get(str(row["code"]))
        if point_id is None:
            read.add_fault(row, "point", NO_SUCH_POINT)
        if title_id is None:
            read.add_fault(row, "code", NO_SUCH_TITLE)
        if point_id is None or title_id is None:
            continue
        if (point_id, title_id) in seen:
            read.add_fault(row, "point", TWICE)
        seen.add((point_id, title_id))
        if row["copies"]:
            portions.append(Portion(point_id, title_id, int(str(row["copies"]))))
    return portions, read
