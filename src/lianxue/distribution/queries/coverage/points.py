"""The rows behind the figures: each point with what it asked for, was given, received and used; each parcel's days."""

from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import (
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from lianxue.distribution.enums import AllocationState
from lianxue.distribution.models import AllocationPoint, Issue, Loan, PointYear, ReceiptLine, Shipment
from lianxue.distribution.queries.area import PlaceFacts, points_in
from lianxue.distribution.rules.fulfilment import SEES_SHIPMENT
from lianxue.kernel.rules import visible
from lianxue.orgs.models import ChainNode
from lianxue.orgs.public import Actor


class PointFacts(PlaceFacts):
    """What ``points_with_figures`` says of each point."""

    asked: int
    allocated: int
    received: int
    lent: int
    issued: int
    learners: int | None


class ParcelFacts(TypedDict):
    """What ``parcels_with_days`` says of each parcel."""

    taken: Any  # a timedelta


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    PointWithFigures = WithAnnotations[ChainNode, PointFacts]
    ParcelWithDays = WithAnnotations[Shipment, ParcelFacts]


def points_with_figures(actor: Actor, year: int) -> "QuerySet[PointWithFigures]":
    """Return the points below ``actor``, each with its figures in the rounds of ``year``, by code."""
    decided = AllocationPoint.objects.filter(
        allocation__state=AllocationState.COMMITTED, allocation__round__year=year
    )
    arrived = ReceiptLine.objects.filter(receipt__shipment__round__year=year)
    learners = PointYear.objects.filter(point_id=OuterRef("organisation_id"), year=year)
    return (
        points_in(actor)
        .select_related("organisation")
        .annotate(
            asked=_sum(decided, "point_id", "asked"),
            allocated=_sum(decided, "point_id", "allocated"),
            received=_sum(arrived, "receipt__shipment__point_id", "good"),
            lent=_sum(_used(Loan.objects.all(), year), "point_id", "quantity"),
            issued=_sum(_used(Issue.objects.all(), year), "point_id", "quantity"),
            learners=Subquery(learners.values("learners")[:1]),
        )
    )


def _used(rows: QuerySet[Any], year: int) -> QuerySet[Any]:
    return rows.filter(undone_at__isnull=True, title__round__year=year)


def _sum(rows: QuerySet[Any], point: str, amount: str) -> Coalesce:
    of_point = rows.filter(**{point: OuterRef("organisation_id")}).order_by().values(point)
    total = Subquery(of_point.annotate(total=Sum(amount)).values("total"), output_field=IntegerField())
    return Coalesce(total, 0)


def reached_in(year: int) -> Exists:
    """Return the condition for points that received a copy in the rounds of ``year``."""
    return Exists(
        ReceiptLine.objects.filter(
            receipt__shipment__point_id=OuterRef("organisation_id"),
            receipt__shipment__round__year=year,
            good__gt=0,
        )
    )


def parcels_with_days(actor: Actor, year: int) -> "QuerySet[ParcelWithDays]":
    """Return the received parcels of the year's rounds that ``actor`` sees, with ``taken``, the slowest first.

    What is sent again for a claim does not count: nobody allocated it.
    """
    taken = ExpressionWrapper(
        F("receipt__received_at") - F("round__allocated_at"), output_field=DurationField()
    )
    rows = Shipment.objects.filter(
        round__year=year,
        receipt__isnull=False,
        round__allocated_at__isnull=False,
        claims_made_good__isnull=True,
    )
    return (
        visible(rows, SEES_SHIPMENT, actor)
        .select_related("round", "supplier", "point", "receipt")
        .annotate(taken=taken)
        .order_by("-taken", "pk")
    )
