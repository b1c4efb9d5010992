"""Who contributed how much, and how much of it was accepted (S0-57: 提供共享资源的数量和质量)."""

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Avg, Count, F, FloatField, Q, QuerySet
from django.db.models.functions import Cast, Coalesce, NullIf

from lianxue.kernel.clock import SHANGHAI
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor, Organisation
from lianxue.resources.enums import ContributionState
from lianxue.resources.models import SubmittedRevision
from lianxue.resources.rules.entries import SEES_FIGURES_OF


class ProviderFigures(TypedDict):
    """What ``contribution_counts`` says of each organisation."""

    contributed: int
    accepted: int
    rejected: int
    waiting: int
    accepted_share: float | None
    average_copies: float | None


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    Provider = WithAnnotations[Organisation, ProviderFigures]


def contribution_counts(year: int | None = None, actor: Actor | None = None) -> "QuerySet[Provider]":
    """Return every organisation that sent something in, with figures that can be sorted.

    Counted are contributions first sent in during the calendar ``year`` (Asia/Shanghai; None: ever):
    ``contributed``, ``accepted``, ``waiting``, ``accepted_share`` (0…1, of those decided on; None before any decision) and
    ``average_copies`` (offered per accepted title; None without one). With ``actor``, only what the actor may see.
    """
    counted = Q(contributions__revisions__number=1)
    if year is not None:
        counted &= Q(contributions__revisions__at__gte=_first_moment(year))
        counted &= Q(contributions__revisions__at__lt=_first_moment(year + 1))
    accepted = counted & Q(contributions__state=ContributionState.ACCEPTED)
    rejected = counted & Q(contributions__state=ContributionState.REJECTED)
    rows = Organisation.objects.select_related("division")
    if actor is not None:
        rows = visible(rows, SEES_FIGURES_OF, actor)
    return (
        rows.annotate(
            contributed=Count("contributions", filter=counted),
            accepted=Count("contributions", filter=accepted),
            rejected=Count("contributions", filter=rejected),
            average_copies=Avg("contributions__copies_offered", filter=accepted),
        )
        .filter(contributed__gt=0)
        .annotate(
            waiting=F("contributed") - F("accepted") - F("rejected"),
            accepted_share=Cast(F("accepted"), FloatField())
            / NullIf(Cast(F("accepted") + F("rejected"), FloatField()), 0.0),
        )
        # For sorting: what has no figure yet comes after everything that has one.
        .annotate(
            share_order=Coalesce("accepted_share", -1.0),
            copies_order=Coalesce("average_copies", -1.0),
        )
        .order_by("-accepted", "-contributed", "code")
    )


def years_of_contributions() -> list[int]:
    """Return the calendar years in which anything was sent in for the first time, newest first."""
    first = SubmittedRevision.objects.filter(number=1)
    return [moment.year for moment in first.datetimes("at", "year", order="DESC", tzinfo=SHANGHAI)]


def _first_moment(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=SHANGHAI)
