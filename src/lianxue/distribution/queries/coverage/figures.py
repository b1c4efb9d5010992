"""Coverage, fill rate, lead time and use per copy of a year's rounds, by district, system, kind or unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lianxue.distribution.models import ReceiptLine, Round, Shipment
from lianxue.distribution.queries.area import names_of_districts, names_of_units
from lianxue.distribution.queries.coverage.facts import facts, rows_of
from lianxue.orgs.public import Actor, Chain, OrganisationKind

SECONDS_A_DAY = 86_400


class By(StrEnum):
    """What figures are told apart by."""

    DISTRICT = "district"
    SYSTEM = "system"
    KIND = "kind"
    UNIT = "unit"


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """The figures of one part of the network; ``key`` names the part, and is empty for all of it."""

    key: str
    name: str
    points: int
    reached: int
    asked: int
    allocated: int
    received: int
    lent: int
    issued: int
    titles: int
    lead_days: float | None

    @property
    def not_reached(self) -> int:
        return self.points - self.reached

    @property
    def coverage(self) -> float | None:
        """Return the share of points that received anything, in percent."""
        return percent(self.reached, self.points)

    @property
    def allocated_share(self) -> float | None:
        """Return the share of the copies asked for that were allocated, in percent."""
        return percent(self.allocated, self.asked)

    @property
    def received_share(self) -> float | None:
        """Return the share of the copies asked for that arrived in good order, in percent."""
        return percent(self.received, self.asked)

    @property
    def use_per_copy(self) -> float | None:
        """Return how often a copy that arrived was lent or issued."""
        return round((self.lent + self.issued) / self.received, 2) if self.received else None


def percent(part: int, whole: int) -> float | None:
    """Return ``part`` in percent of ``whole`` to one decimal, None of nothing."""
    return round(part * 100 / whole, 1) if whole else None


@dataclass(frozen=True)
class Figures:
    """The figures of each part of the network, and of all of it together."""

    rows: list[FigureRow]
    total: FigureRow


def figures_by(actor: Actor, year: int, by: By) -> Figures:
    """Return the figures of the points below ``actor`` in the rounds of ``year``, by one of their properties."""
    found, titles, days = _sums(actor, year, by), _titles(actor, year, by), _lead_days(actor, year, by)
    names = _names(by, [key for key in found if key is not None])

    def figures(key: str | None) -> FigureRow:
        sums = found.get(key, {})
        return FigureRow(
            key=key or "",
            name=names.get(key or "", ""),
            titles=titles.get(key, 0),
            lead_days=days.get(key),
            **{name: int(sums.get(name) or 0) for name in SUMMED},
        )

    rows = [figures(key) for key in found if key is not None]
    return Figures(sorted(rows, key=lambda row: (not row.name, row.key)), figures(None))


SUMMED = ("points", "reached", "asked", "allocated", "received", "lent", "issued")


def _sums(actor: Actor, year: int, by: By) -> dict[str | None, Mapping[str, Any]]:
    head, params = facts(actor, year)
    sums = ", ".join(f"SUM(facts.{name}) AS {name}" for name in SUMMED[2:])
    sql = (
        f"{head} SELECT {_key(by)} AS key, COUNT(*) AS points, "  # noqa: S608  # our own names, values apart
        f"COUNT(*) FILTER (WHERE facts.received > 0) AS reached, {sums} "
        f"FROM points LEFT JOIN facts ON facts.point = points.organisation_id {_and_all(by)}"
    )
    return {row["key"]: row for row in rows_of(sql, params)}


def _titles(actor: Actor, year: int, by: By) -> dict[str | None, int]:
    """Return how many different titles arrived."""
    received = ReceiptLine.objects.filter(receipt__shipment__round__year=year, good__gt=0).order_by()
    part, given = received.values(
        "receipt__shipment__point_id", "lot__title__entry_id"
    ).query.sql_with_params()
    head, params = facts(actor, year)
    sql = (
        f"{head} SELECT {_key(by)} AS key, COUNT(DISTINCT arrived.entry) AS titles "  # noqa: S608  # as above
        f"FROM points JOIN ({part}) AS arrived (point, entry) ON arrived.point = points.organisation_id {_and_all(by)}"
    )
    return {row["key"]: row["titles"] for row in rows_of(sql, (*params, *given))}


def _lead_days(actor: Actor, year: int, by: By) -> dict[str | None, float]:
    """Return the median of days from the decision to the receipt; what is sent again for a claim does not count."""
    parcels = Shipment.objects.filter(
        round__year=year,
        receipt__isnull=False,
        round__allocated_at__isnull=False,
        claims_made_good__isnull=True,
    ).order_by()
    part, given = parcels.values(
        "point_id", "round__allocated_at", "receipt__received_at"
    ).query.sql_with_params()
    head, params = facts(actor, year)
    sql = (
        f"{head} SELECT {_key(by)} AS key, PERCENTILE_CONT(0.5) WITHIN GROUP ("  # noqa: S608  # as above
        f"ORDER BY EXTRACT(EPOCH FROM parcels.came - parcels.decided)) / {SECONDS_A_DAY} AS days "
        f"FROM points JOIN ({part}) AS parcels (point, decided, came) ON parcels.point = points.organisation_id "
        f"{_and_all(by)}"
    )
    found = rows_of(sql, (*params, *given))
    return {row["key"]: round(float(row["days"]), 1) for row in found if row["days"] is not None}


def _key(by: By) -> str:
    """Return what names a group; NULL names all of them together."""
    return f"points.{by.value}"


def _and_all(by: By) -> str:
    return f"GROUP BY GROUPING SETS (({_key(by)}), ())"


def _names(by: By, keys: list[str]) -> dict[str, str]:
    match by:
        case By.DISTRICT:
            return names_of_districts(keys)
        case By.SYSTEM:
            return {key: str(Chain(key).label) for key in keys if key}
        case By.KIND:
            return {key: str(OrganisationKind(key).label) for key in keys}
        case _:
            units = names_of_units([int(key) for key in keys])
            return {str(pk): unit.name for pk, unit in units.items()}


def years_with_rounds(actor: Actor) -> list[int]:
    """Return the years in which copies were sent out in the actor's part of the network, newest first."""
    offices = [int(step) for step in actor.path.split("/") if step]
    rounds = Round.objects.filter(office_id__in=offices, allocated_at__isnull=False)
    return list(rounds.order_by("-year").values_list("year", flat=True).distinct())
