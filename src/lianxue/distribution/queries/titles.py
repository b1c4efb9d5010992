"""The titles of a round."""

from django.db.models import QuerySet

from lianxue.distribution.models import RoundTitle


def titles_of(round_id: int) -> QuerySet[RoundTitle]:
    """Return the titles of a round with what a list shows of them, in the order in which they were added."""
    return (
        RoundTitle.objects.filter(round_id=round_id)
        .select_related("entry__cover", "supplier")
        .defer("entry__search_vector")
        .order_by("pk")
    )
