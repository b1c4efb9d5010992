"""Who may state, aggregate and read demand, and who may read the needs behind it."""

from django.db.models import Q

from lianxue.distribution.enums import DemandState
from lianxue.distribution.models import DemandRequest
from lianxue.distribution.rules.rounds import ADMINISTERS, RUNS_ROUND_OF
from lianxue.kernel.rules import Rule, rule
from lianxue.orgs.public import Actor, below, own

HANDED_IN = (DemandState.SUBMITTED, DemandState.RETURNED)


def _was_handed_in(_actor: Actor, subject: DemandRequest) -> bool:
    return subject.state in HANDED_IN


# What a point is still filling in is nobody else's to read.
WAS_HANDED_IN: Rule[Actor] = rule(
    "was handed in", holds=_was_handed_in, rows=lambda _actor: Q(state__in=HANDED_IN)
)

STATES_DEMAND = ADMINISTERS & own("point")
AGGREGATES_DEMAND = ADMINISTERS & own("batch__college")
SEES_DEMAND = STATES_DEMAND | (
    ADMINISTERS & WAS_HANDED_IN & (own("batch__college") | below("batch__college"))
)

AGGREGATES_BATCH = ADMINISTERS & own("college")
RETURNS_BATCH = RUNS_ROUND_OF
SEES_BATCH = ADMINISTERS & (own("college") | below("college"))

# The subject is the organisation that is let.
LETS_BE_LATE = ADMINISTERS & below("")

STATES_LEARNERS = ADMINISTERS & own("point")
SEES_LEARNERS = ADMINISTERS & (own("point") | below("point"))

KEEPS_NEED = ADMINISTERS & own("point")
SEES_NEED = ADMINISTERS & (own("point") | below("point"))

# The subject is the point itself.
OPENS_DOOR = ADMINISTERS & own("")
