"""The effect reports of an area put together (S0-30, S0-53): sums of what was reported, and the words of the points."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Count, IntegerField, Q, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from lianxue.distribution.queries.area import names_of_units
from lianxue.distribution.queries.effect_reports import FIGURE_LABELS, labelled, report_due_on
from lianxue.distribution.queries.report_standing import points_reporting
from lianxue.documents.public import Quotation, ReportRollUp, RollUpUnit, UnitPoints, UnitQuotations
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import Actor

# More reports than this make several volumes: each college prints its own, and the office's holds the figures only.
MOST_QUOTED = 2000

Row = Mapping[str, Any]


def roll_up_of(actor: Actor, year: int, *, today: date) -> ReportRollUp:
    """Return what stands in the volume of the points below ``actor``: the figures are those that were handed in."""
    sums = list(_sums(actor, year))
    units = names_of_units([row["unit_id"] for row in sums])
    sums.sort(key=lambda row: units[row["unit_id"]].code)
    rows = _rows(actor, year, units, quoted=sum(row["handed_in"] for row in sums) <= MOST_QUOTED)
    handed_in = [row for row in rows if row["standing"] == "submitted"]
    return ReportRollUp(
        area=actor.organisation_name,
        year=year,
        made_on=today,
        due_on=report_due_on(year),
        figures=labelled({name: sum(row[f"sum_{name}"] or 0 for row in sums) for name in FIGURE_LABELS}),
        units=[_unit(row, units[row["unit_id"]].name) for row in sums],
        recipients=_quoted(handed_in, "report__recipients"),
        forms=_quoted(handed_in, "report__forms"),
        effects=_quoted(handed_in, "report__effects"),
        suggestions=_quoted(handed_in, "report__suggestions"),
        late=_named(rows, lambda row: row["is_late"]),
        missing=_named(rows, lambda row: row["standing"] != "submitted"),
    )


def _sums(actor: Actor, year: int) -> Iterable[Row]:
    submitted = Q(standing="submitted")
    figures = {
        f"sum_{name}": Sum(Cast(KeyTextTransform(name, "report__figures"), IntegerField()), filter=submitted)
        for name in FIGURE_LABELS
    }
    points = points_reporting(actor, year).order_by().select_related(None)
    return points.values("unit_id").annotate(
        points=Count("pk"),
        handed_in=Count("pk", filter=submitted),
        late=Count("pk", filter=Q(is_late=True)),
        **figures,
    )


def _unit(row: Row, name: str) -> RollUpUnit:
    return RollUpUnit(
        name=name,
        points=row["points"],
        handed_in=row["handed_in"],
        late=row["late"],
        received=row["sum_received_copies"] or 0,
        lent=row["sum_lent_copies"] or 0,
        issued=(row["sum_issued_to_teachers"] or 0) + (row["sum_issued_to_learners"] or 0),
    )


def _rows(
    actor: Actor, year: int, units: Mapping[int, Organisation], *, quoted: bool
) -> list[dict[str, Any]]:
    """Return every point with its standing, and its words if they are quoted, those of one unit together."""
    texts = ("recipients", "forms", "effects", "suggestions") if quoted else ()
    found = points_reporting(actor, year).values(
        "unit_id", "organisation__name", "standing", "is_late", *(f"report__{name}" for name in texts)
    )
    rows = [{**row, "unit": units[row["unit_id"]].name} for row in found]
    rows.sort(key=lambda row: units[row["unit_id"]].code)
    return rows


def _quoted(rows: Iterable[Row], field: str) -> list[UnitQuotations]:
    with_words = (row for row in rows if (row.get(field) or "").strip())
    return [
        UnitQuotations(unit, [Quotation(row["organisation__name"], row[field]) for row in points])
        for unit, points in groupby(with_words, key=itemgetter("unit"))
    ]


def _named(rows: Iterable[Row], belongs: Callable[[Row], bool]) -> list[UnitPoints]:
    chosen = (row for row in rows if belongs(row))
    return [
        UnitPoints(unit, [row["organisation__name"] for row in points])
        for unit, points in groupby(chosen, key=itemgetter("unit"))
    ]
