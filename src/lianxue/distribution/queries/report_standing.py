"""Who below has handed the effect report of a year in (S0-30): point by point, by unit and by district."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from lianxue.distribution.enums import ReportState
from lianxue.distribution.queries.area import PlaceFacts, names_of_districts, names_of_units, points_in
from lianxue.distribution.queries.effect_reports import report_due_on
from lianxue.kernel.clock import SHANGHAI
from lianxue.kernel.plans import planned_with_values
from lianxue.orgs.models import ChainNode, Organisation
from lianxue.orgs.public import Actor

MISSING = "missing"


class ReportFacts(PlaceFacts):
    """What ``points_reporting`` says of each point."""

    standing: str
    is_late: bool
    report_id: int | None
    submitted_at: datetime | None
    unit_name: str


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    PointReporting = WithAnnotations[ChainNode, ReportFacts]


def points_reporting(actor: Actor, year: int) -> "QuerySet[PointReporting]":
    """Return the points below ``actor``, each with its report of ``year`` joined as ``report``.

    Each carries ``standing`` (``submitted``, ``returned`` or ``missing``: what is being written is nobody else's to
    see), ``is_late``, ``report_id``, ``submitted_at`` and ``unit_name``.
    """
    due = datetime.combine(report_due_on(year), time(), SHANGHAI)
    unit = Organisation.objects.filter(pk=OuterRef("unit_id")).values("name")[:1]
    return (
        points_in(actor)
        .select_related("organisation")
        .annotate(
            report=FilteredRelation(
                "organisation__effect_reports", condition=Q(organisation__effect_reports__year=year)
            )
        )
        .annotate(
            standing=Case(
                When(report__state=ReportState.SUBMITTED, then=Value("submitted")),
                When(report__state=ReportState.RETURNED, then=Value("returned")),
                default=Value(MISSING),
                output_field=CharField(),
            ),
            is_late=ExpressionWrapper(
                Q(report__first_submitted_at__isnull=False) & Q(report__first_submitted_at__gte=due),
                output_field=BooleanField(),
            ),
            report_id=F("report__pk"),
            submitted_at=F("report__submitted_at"),
            unit_name=Subquery(unit),
        )
    )


def points_without_report(actor: Actor, year: int) -> "QuerySet[PointReporting]":
    """Return the points below ``actor`` from which the report of ``year`` is still to come, or to come again."""
    return points_reporting(actor, year).exclude(standing="submitted")


@dataclass(frozen=True)
class Completeness:
    """How many of the points of a unit or district have handed in."""

    key: str
    name: str
    points: int
    submitted: int
    returned: int
    late: int

    @property
    def open(self) -> int:
        return self.points - self.submitted

    @property
    def share(self) -> int:
        return round(self.submitted * 100 / self.points) if self.points else 0


def completeness_by_unit(actor: Actor, year: int) -> list[Completeness]:
    """Return how complete the reports are below each unit directly beneath ``actor``, by its code."""
    rows = _counted(actor, year, "unit_id")
    units = names_of_units([row["unit_id"] for row in rows])
    ordered = sorted(rows, key=lambda row: units[row["unit_id"]].code)
    return [_completeness(str(row["unit_id"]), units[row["unit_id"]].name, row) for row in ordered]


def completeness_by_district(actor: Actor, year: int) -> list[Completeness]:
    """Return how complete the reports are in each district, by its code; points that lie nowhere come first."""
    rows = sorted(_counted(actor, year, "district"), key=lambda row: str(row["district"]))
    names = names_of_districts([row["district"] for row in rows])
    return [_completeness(row["district"], names.get(row["district"], ""), row) for row in rows]


def _counted(actor: Actor, year: int, by: str) -> list[Mapping[str, Any]]:
    points = points_reporting(actor, year).order_by().select_related(None)
    counted = points.values(by).annotate(
        points=Count("pk"),
        submitted=Count("pk", filter=Q(standing="submitted")),
        returned=Count("pk", filter=Q(standing="returned")),
        late=Count("pk", filter=Q(is_late=True)),
    )
    with (
        planned_with_values()
    ):  # below a college are twenty points, below the office of a province all of them
        return list(counted)


def _completeness(key: str, name: str, row: Mapping[str, Any]) -> Completeness:
    numbers = (int(row[field]) for field in ("points", "submitted", "returned", "late"))
    return Completeness(key, name, *numbers)
