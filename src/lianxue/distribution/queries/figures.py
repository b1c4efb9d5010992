"""How an area is doing: which points have received, what was lent and issued, by district and by month."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Substr, TruncMonth

from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.models import Issue, Loan, Round, Shipment
from lianxue.distribution.queries.area import DISTRICT_DIGITS, names_of_districts
from lianxue.distribution.queries.lending import issues_seen, loans_seen, overdue
from lianxue.distribution.rules.fulfilment import SEES_SHIPMENT
from lianxue.kernel.kept import Figures, kept, kept_figures
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor

RECEIVED, ON_THE_WAY, OVERDUE = "received", "on_the_way", "overdue"


@dataclass
class DistrictStanding:
    """How many points of a district have received what was sent to them in a round."""

    code: str
    name: str
    received: int = 0
    on_the_way: int = 0
    overdue: int = 0

    @property
    def points(self) -> int:
        return self.received + self.on_the_way + self.overdue

    @property
    def state(self) -> str:
        """Return the state in which the district is drawn: the worst of its points."""
        if self.overdue:
            return OVERDUE
        return ON_THE_WAY if self.on_the_way else RECEIVED

    def as_json(self) -> dict[str, str | int]:
        """Return the plain values for a map."""
        return {
            "code": self.code,
            "name": self.name,
            "received": self.received,
            "on_the_way": self.on_the_way,
            "overdue": self.overdue,
            "points": self.points,
        }


@dataclass(frozen=True)
class ReceivingFigures:
    """Receiving in one round: totals and districts, those with the most to do first."""

    round: Round
    districts: list[DistrictStanding] = field(default_factory=list)

    @property
    def received(self) -> int:
        return sum(district.received for district in self.districts)

    @property
    def on_the_way(self) -> int:
        return sum(district.on_the_way for district in self.districts)

    @property
    def overdue(self) -> int:
        return sum(district.overdue for district in self.districts)

    @property
    def points(self) -> int:
        return self.received + self.on_the_way + self.overdue


def receiving(actor: Actor, round_: Round, day: date) -> ReceivingFigures:
    """Return how far the points that ``actor`` sees are with receiving the copies of a round.

    A point has received when all its shipments are confirmed; it is overdue when one is not and the round's day for
    it lies before ``day``.
    """
    waiting = Count("point", distinct=True, filter=~Q(state=ShipmentState.RECEIVED))
    found = list(
        visible(Shipment.objects.filter(round=round_), SEES_SHIPMENT, actor)
        .order_by()
        .values(district=Coalesce(Substr("point__division_id", 1, DISTRICT_DIGITS), Value("")))
        .annotate(points=Count("point", distinct=True), waiting=waiting)
    )
    is_past = round_.receive_until is not None and round_.receive_until < day
    names = names_of_districts([row["district"] for row in found])
    standings = [
        DistrictStanding(
            code=f"{row['district']:0<12}" if row["district"] else "",
            name=names.get(row["district"], ""),
            received=row["points"] - row["waiting"],
            on_the_way=0 if is_past else row["waiting"],
            overdue=row["waiting"] if is_past else 0,
        )
        for row in found
    ]
    ordered = sorted(standings, key=lambda one: (-one.overdue, -one.on_the_way, one.code))
    return ReceivingFigures(round_, ordered)


@dataclass(frozen=True)
class UseFigures:
    """What was lent and issued in a year, and the last twelve months one by one."""

    loans: int
    lent: int
    issues: int
    issued: int
    on_loan: int
    overdue: int
    months: list[date]
    lent_by_month: list[int]
    issued_by_month: list[int]


def use_figures(actor: Actor, day: date) -> UseFigures:
    """Return what the points that ``actor`` sees lent and issued in the year of ``day``."""
    year = {"begins": date(day.year, 1, 1), "ends": date(day.year, 12, 31)}
    lent = _lent(actor=actor, day=day, **year)
    given = _issued(actor=actor, **year)
    months = last_months(day)
    return UseFigures(
        loans=lent["count"],
        lent=lent["copies"] or 0,
        issues=given["count"],
        issued=given["copies"] or 0,
        on_loan=lent["on_loan"],
        overdue=lent["overdue"],
        months=months,
        lent_by_month=_by_month(_lent_by_month.rows(actor=actor, since=months[0]), months),
        issued_by_month=_by_month(_issued_by_month.rows(actor=actor, since=months[0]), months),
    )


@kept_figures
def _lent(actor: Actor, day: date, begins: date, ends: date) -> Figures:
    this_year = Q(lent_on__range=(begins, ends))
    return loans_seen(actor).order_by(), {
        "count": Count("pk", filter=this_year),
        "copies": Sum("quantity", filter=this_year),
        "on_loan": Count("pk", filter=Q(state="on_loan")),
        "overdue": Count("pk", filter=overdue(day)),
    }


@kept_figures
def _issued(actor: Actor, begins: date, ends: date) -> Figures:
    rows = issues_seen(actor).order_by().filter(issued_on__range=(begins, ends))
    return rows, {"count": Count("pk"), "copies": Sum("quantity")}


@kept
def _lent_by_month(actor: Actor, since: date) -> "QuerySet[Loan, tuple[date, int]]":
    return _copies_by_month(loans_seen(actor).order_by().filter(lent_on__gte=since), "lent_on")


@kept
def _issued_by_month(actor: Actor, since: date) -> "QuerySet[Issue, tuple[date, int]]":
    return _copies_by_month(issues_seen(actor).order_by().filter(issued_on__gte=since), "issued_on")


def _copies_by_month(rows: "QuerySet[Any]", field: str) -> "QuerySet[Any, Any]":
    months = rows.annotate(month=TruncMonth(field)).values_list("month")
    found: QuerySet[Any, Any] = months.annotate(copies=Sum("quantity"))
    return found


def last_months(day: date, count: int = 12) -> list[date]:
    """Return the first days of the last ``count`` months, that of ``day`` included, oldest first."""
    months = [day.year * 12 + day.month - 1 - back for back in range(count)]
    return [date(month // 12, month % 12 + 1, 1) for month in reversed(months)]


def _by_month(found: Iterable[tuple[date, int]], months: list[date]) -> list[int]:
    sums: Counter[date] = Counter()
    for month, copies in found:
        sums[month] += copies
    return [sums[month] for month in months]
