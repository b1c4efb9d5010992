"""How the office's reviewers review: when each contribution came to them, and when they decided (S1-33, S1-76)."""

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lianxue.resources.enums import Level, Verdict
from lianxue.resources.models import ReviewDecision, SubmittedRevision


class Assigned(TypedDict):
    """What ``reviews_done`` says of each decision besides its own columns."""

    assigned_at: datetime


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    Review = WithAnnotations[ReviewDecision, Assigned]


def reviews_done(*, first: datetime, after: datetime) -> "QuerySet[Review]":
    """Return the office's decisions from ``first`` until before ``after``, each with ``assigned_at``.

    A revision lies with the office from the moment the college passed it on; where none did, from when it was sent in.
    """
    passed_on = ReviewDecision.objects.filter(
        contribution_id=OuterRef("contribution_id"),
        revision=OuterRef("revision"),
        level=Level.COLLEGE,
        verdict=Verdict.COLLATED,
    )
    sent_in = SubmittedRevision.objects.filter(
        contribution_id=OuterRef("contribution_id"), number=OuterRef("revision")
    )
    rows = ReviewDecision.objects.filter(level=Level.OFFICE, at__gte=first, at__lt=after)
    return (
        rows.select_related("contribution__organisation", "by_person", "by_organisation")
        .annotate(
            assigned_at=Coalesce(
                Subquery(passed_on.values("at")[:1]), Subquery(sent_in.values("at")[:1]), "at"
            )
        )
        .order_by("at", "pk")
    )
