"""How long parcels take: from the decision to the dispatch, from there to the receipt; median and slowest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from lianxue.distribution.models import Shipment
from lianxue.distribution.rules.fulfilment import SEES_SHIPMENT
from lianxue.kernel.rules import visible
from lianxue.orgs.models import ChainNode
from lianxue.orgs.public import Actor, Chain, Organisation


class Median(Aggregate):
    """The middle of the durations of a group."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Stretch:
    """How long one part of the way took in a group of parcels; None where no parcel has gone it."""

    median: timedelta | None
    slowest: timedelta | None
    parcels: int


@dataclass(frozen=True)
class LeadTime:
    """The times of one supplier or of the points below one college."""

    organisation: Organisation | None
    packing: Stretch  # allocated → dispatched
    travelling: Stretch  # dispatched → received
    whole: Stretch  # allocated → received


STRETCHES = {
    "packing": F("dispatched_at") - F("round__allocated_at"),
    "travelling": F("receipt__received_at") - F("dispatched_at"),
    "whole": F("receipt__received_at") - F("round__allocated_at"),
}


def lead_times_by_supplier(
    actor: Actor, *, year: int | None = None, round_id: int | None = None
) -> list[LeadTime]:
    """Return the lead times of every supplier of the parcels that ``actor`` sees, by name.

    ``year`` and ``round_id`` narrow to the rounds of a year, or one round. Parcels that were sent again for a claim
    do not count: nobody allocated them.
    """
    return _grouped(_parcels(actor, year, round_id), "supplier_id")


def lead_times_by_college(
    actor: Actor, *, year: int | None = None, round_id: int | None = None
) -> list[LeadTime]:
    """Return the lead times of the points below every superior unit, by name; see ``lead_times_by_supplier``."""
    above = ChainNode.objects.filter(chain=Chain.DISTRIBUTION, organisation_id=OuterRef("point_id")).values(
        "superior_id"
    )[:1]
    return _grouped(_parcels(actor, year, round_id).annotate(college_id=Subquery(above)), "college_id")


def lead_time(actor: Actor, *, year: int | None = None, round_id: int | None = None) -> LeadTime:
    """Return the lead times of all parcels that ``actor`` sees together."""
    figures = _parcels(actor, year, round_id).aggregate(**_figures())
    return _lead_time(None, figures)


def slowest_parcels(
    actor: Actor, *, year: int | None = None, round_id: int | None = None, count: int = 10
) -> QuerySet[Shipment]:
    """Return the parcels that took longest from the decision to the receipt, with ``whole``, the slowest first."""
    whole = ExpressionWrapper(STRETCHES["whole"], output_field=DurationField())
    return (
        _parcels(actor, year, round_id)
        .filter(receipt__isnull=False)
        .select_related("round", "supplier", "point", "receipt")
        .annotate(whole=whole)
        .order_by("-whole", "pk")[:count]
    )


def _parcels(actor: Actor, year: int | None, round_id: int | None) -> QuerySet[Shipment]:
    rows = visible(Shipment.objects.all(), SEES_SHIPMENT, actor).filter(
        claims_made_good__isnull=True, dispatched_at__isnull=False
    )
    if year is not None:
        rows = rows.filter(round__year=year)
    return rows.filter(round_id=round_id) if round_id is not None else rows


def _figures() -> dict[str, Aggregate]:
    figures: dict[str, Aggregate] = {}
    for name, span in STRETCHES.items():
        taken = ExpressionWrapper(span, output_field=DurationField())
        is_gone = Q(receipt__isnull=False) if name != "packing" else Q(dispatched_at__isnull=False)
        figures |= {
            f"{name}_median": Median(taken),
            f"{name}_slowest": Max(taken),
            f"{name}_parcels": Count("pk", filter=is_gone),
        }
    return figures


def _grouped(rows: QuerySet[Shipment], key: str) -> list[LeadTime]:
    groups = {row[key]: row for row in rows.order_by().values(key).annotate(**_figures())}
    organisations = Organisation.objects.in_bulk(_known(groups))
    made = [_lead_time(organisations.get(pk) if pk else None, row) for pk, row in groups.items()]
    return sorted(made, key=lambda one: one.organisation.code if one.organisation else "")


def _known(ids: Iterable[int | None]) -> list[int]:
    return [pk for pk in ids if pk is not None]


def _lead_time(organisation: Organisation | None, figures: dict[str, object]) -> LeadTime:
    def stretch(name: str) -> Stretch:
        median, slowest, parcels = (figures[f"{name}_{part}"] for part in ("median", "slowest", "parcels"))
        return Stretch(
            median if isinstance(median, timedelta) else None,
            slowest if isinstance(slowest, timedelta) else None,
            int(str(parcels)),
        )

    return LeadTime(organisation, stretch("packing"), stretch("travelling"), stretch("whole"))
