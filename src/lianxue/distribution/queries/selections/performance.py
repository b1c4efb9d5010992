"""What each point did in a year, by the same counts as the selections (S0-59)."""

from collections.abc import Iterator, Sequence

from django.db.models import OuterRef, Subquery

from lianxue.distribution.enums import Award
from lianxue.distribution.queries.area import points_in
from lianxue.distribution.queries.selections.criterion import Criterion, Measured, Scale, criteria_of
from lianxue.kernel.errors import Text
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import Actor


def performance_columns() -> list[Text]:
    """Return the headings of the figures; a share has three: what counts, of how many, in percent."""
    titles: list[Text] = []
    for criterion in _criteria():
        titles += [criterion.title]
        if criterion.scale == Scale.SHARE:
            titles += [f"{criterion.title} ÷", f"{criterion.title} %"]
    return titles


def performance_rows(actor: Actor, year: int) -> Iterator[Sequence[object]]:
    """Yield code, name, unit and figures of every point below ``actor``; one statement a figure, whatever the rows."""
    measured = [(one, one.measure(year)) for one in _criteria()]
    unit = Organisation.objects.filter(pk=OuterRef("unit_id")).values("name")[:1]
    points = points_in(actor).annotate(unit_name=Subquery(unit))
    for point_id, code, name, unit_name in points.values_list(
        "organisation_id", "organisation__code", "organisation__name", "unit_name"
    ).iterator(chunk_size=2000):
        figures = (value for one, known in measured for value in _cells(one, one.of(known, (point_id, None))))
        yield [code, name, unit_name, *figures]


def _criteria() -> list[Criterion]:
    """Return the counts of points, then those of providers that are not the same."""
    return [*criteria_of(Award.POINT), *criteria_of(Award.PROVIDER)]


def _cells(criterion: Criterion, figure: Measured | None) -> list[object]:
    if criterion.scale == Scale.COUNT:
        return [figure.part if figure else 0]
    if figure is None or not figure.whole:
        return [0, 0, None]
    return [figure.part, figure.whole, round(figure.part * 100 / figure.whole, 1)]
