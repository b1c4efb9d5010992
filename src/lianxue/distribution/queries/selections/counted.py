"""The rows that selections count, each a year's worth, in the calendar of Asia/Shanghai."""

from datetime import datetime, time

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lianxue.distribution.enums import DemandState, ShipmentState
from lianxue.distribution.models import (
    DemandLine,
    DemandRequest,
    DisplayPhoto,
    EffectReport,
    Feedback,
    Issue,
    Loan,
    Receipt,
    Shipment,
)
from lianxue.distribution.queries.area import first_moment
from lianxue.distribution.queries.effect_reports import report_due_on
from lianxue.distribution.queries.feedback import GOOD_STARS, counted_feedback
from lianxue.kernel.clock import SHANGHAI
from lianxue.resources.models import Contribution
from lianxue.resources.public import ContributionState

DECIDED = (ContributionState.ACCEPTED, ContributionState.REJECTED)


def contributions(year: int) -> QuerySet[Contribution]:
    """Return what was sent in for the first time in the year."""
    return Contribution.objects.filter(
        revisions__number=1, revisions__at__gte=first_moment(year), revisions__at__lt=first_moment(year + 1)
    )


def contributions_accepted(year: int) -> QuerySet[Contribution]:
    """Return those of them that the office accepted."""
    return contributions(year).filter(state=ContributionState.ACCEPTED)


def contributions_decided(year: int) -> QuerySet[Contribution]:
    """Return those of them on which the office has decided."""
    return contributions(year).filter(state__in=DECIDED)


def accepted(_year: int) -> Q:
    """Return the condition for those that were accepted."""
    return Q(state=ContributionState.ACCEPTED)


def demand_lines(year: int) -> QuerySet[DemandLine]:
    """Return what points asked for in the rounds of the year."""
    return DemandLine.objects.filter(
        request__batch__round__year=year, request__state=DemandState.SUBMITTED
    ).select_related("title__entry", "request__point", "request__batch__round")


def demands(year: int) -> QuerySet[DemandRequest]:
    """Return the demands that were submitted in the rounds of the year."""
    return DemandRequest.objects.filter(batch__round__year=year, state=DemandState.SUBMITTED).select_related(
        "batch__round", "point"
    )


def receipts(year: int) -> QuerySet[Receipt]:
    """Return the receipts of the year."""
    return Receipt.objects.filter(
        received_at__gte=first_moment(year), received_at__lt=first_moment(year + 1)
    ).select_related("shipment__round", "shipment__point")


def receipts_due(year: int) -> QuerySet[Receipt]:
    """Return the receipts of the year in rounds that had a day for it."""
    return receipts(year).filter(shipment__round__receive_until__isnull=False)


def received_in_time(_year: int) -> Q:
    """Return the condition for receipts on or before the day of their round."""
    return Q(received_at__date__lte=F("shipment__round__receive_until"))


def photographed(_year: int) -> Q:
    """Return the condition for receipts with a photograph of the corner (S0-43)."""
    return Q(Exists(DisplayPhoto.objects.filter(receipt=OuterRef("pk"))))


def shipments_due(year: int) -> QuerySet[Shipment]:
    """Return the parcels of the year's rounds that had a day for their receipt and were sent."""
    return (
        Shipment.objects.filter(round__year=year, round__receive_until__isnull=False)
        .exclude(state=ShipmentState.PREPARING)
        .select_related("round", "point", "receipt")
    )


def confirmed_in_time(_year: int) -> Q:
    """Return the condition for parcels whose receipt was confirmed on or before the day of their round."""
    return Q(receipt__received_at__date__lte=F("round__receive_until"))


def loans(year: int) -> QuerySet[Loan]:
    """Return the loans of the year that were not undone."""
    return Loan.objects.filter(lent_on__year=year, undone_at__isnull=True).select_related(
        "title__entry", "point"
    )


def issues(year: int) -> QuerySet[Issue]:
    """Return the issues of the year that were not undone."""
    return Issue.objects.filter(issued_on__year=year, undone_at__isnull=True).select_related(
        "title__entry", "point"
    )


def feedback(year: int) -> QuerySet[Feedback]:
    """Return what readers said in the year, without what a provider's own point gathered about its own titles."""
    return (
        counted_feedback()
        .filter(left_at__gte=first_moment(year), left_at__lt=first_moment(year + 1))
        .exclude(point_id=F("entry__provider_id"))
        .select_related("entry", "point")
    )


def rated_well(_year: int) -> Q:
    """Return the condition for four or five stars."""
    return Q(stars__gte=GOOD_STARS)


def photographs(year: int) -> QuerySet[DisplayPhoto]:
    """Return the photographs of display corners that were sent in during the year."""
    return DisplayPhoto.objects.filter(
        at__gte=first_moment(year), at__lt=first_moment(year + 1)
    ).select_related("corner__point")


def reports(year: int) -> QuerySet[EffectReport]:
    """Return the effect reports of the year that were handed in."""
    return EffectReport.objects.filter(year=year, first_submitted_at__isnull=False).select_related("point")


def reported_in_time(year: int) -> Q:
    """Return the condition for reports handed in before 20 November (S0-30)."""
    return Q(first_submitted_at__lt=datetime.combine(report_due_on(year), time(), SHANGHAI))
