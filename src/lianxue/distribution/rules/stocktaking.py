"""Who may count a point's store and corner, and who may say that what differs is entered."""

from django.db.models import Q

from lianxue.distribution.models import Stocktake, StocktakeLine
from lianxue.distribution.rules.fulfilment import ADMINISTERS, POINT_STAFF
from lianxue.kernel.rules import NO_ROWS, Rule, rule
from lianxue.orgs.public import Actor, below, directly_below, own


def counters_of(stocktake: Stocktake) -> set[int]:
    """Return the ids of everybody who counted something or said that all is counted."""
    rows = StocktakeLine.objects.filter(stocktake=stocktake, counted_by__isnull=False)
    counted = {stocktake.counted_by_id, *rows.values_list("counted_by_id", flat=True)}
    return {person_id for person_id in counted if person_id is not None}


def _did_not_count(actor: Actor, stocktake: Stocktake) -> bool:
    return actor.person_id is not None and actor.person_id not in counters_of(stocktake)


def _not_counted_by(actor: Actor) -> Q:
    if actor.person_id is None:
        return NO_ROWS
    lines = StocktakeLine.objects.filter(counted_by=actor.person_id)
    return ~Q(counted_by=actor.person_id) & ~Q(pk__in=lines.values("stocktake"))


# The second pair of eyes is never one of the first.
DID_NOT_COUNT: Rule[Actor] = rule("did not count", holds=_did_not_count, rows=_not_counted_by)

COUNTS = POINT_STAFF & own("point")
SEES_STOCKTAKE = COUNTS | (ADMINISTERS & below("point"))
RETURNS_COUNT = COUNTS | (ADMINISTERS & directly_below("point"))
SETTLES = COUNTS & DID_NOT_COUNT
SETTLES_FROM_ABOVE = ADMINISTERS & directly_below("point") & DID_NOT_COUNT
