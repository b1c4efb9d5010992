"""A point's own terms of lending."""

from lianxue.distribution.models import LendingTerms


def terms_of(point_id: int) -> LendingTerms:
    """Return the terms of a point; all empty when it has set none."""
    return LendingTerms.objects.filter(point_id=point_id).first() or LendingTerms(point_id=point_id)
