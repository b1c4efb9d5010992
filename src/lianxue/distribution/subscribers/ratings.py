"""What readers say at the points is handed on as ratings of titles: the figures of reviewers count them (S1-76)."""

from collections.abc import Collection, Iterable
from datetime import datetime

from lianxue.distribution.queries.feedback import counted_feedback
from lianxue.kernel.clock import local_date
from lianxue.resources.public import RATING_SOURCES, Rating


def register_ratings() -> None:
    """Hand on what counts: everything but what a point set aside."""
    RATING_SOURCES.register("distribution.feedback", _ratings)


def _ratings(entry_ids: Collection[int], first: datetime, after: datetime) -> Iterable[Rating]:
    rows = counted_feedback().filter(entry_id__in=entry_ids, left_at__gte=first, left_at__lt=after)
    return [
        Rating(entry_id, stars, local_date(moment))
        for entry_id, stars, moment in rows.order_by("left_at", "pk").values_list(
            "entry_id", "stars", "left_at"
        )
    ]
