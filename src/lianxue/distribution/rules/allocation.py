"""Who may see what an allocation gives to whom."""

from django.db.models import Q

from lianxue.distribution.enums import AllocationState
from lianxue.distribution.models import AllocationLine
from lianxue.distribution.rules.rounds import ADMINISTERS, OFFICE_STAFF
from lianxue.kernel.rules import Rule, rule
from lianxue.orgs.public import Actor, below, own


def _is_decided(_actor: Actor, subject: AllocationLine) -> bool:
    return subject.allocation.state == AllocationState.COMMITTED


IS_DECIDED: Rule[Actor] = rule(
    "is decided", holds=_is_decided, rows=lambda _actor: Q(allocation__state=AllocationState.COMMITTED)
)

_AT_ITS_POINT = own("demand_line__request__point") | below("demand_line__request__point")

# A proposal is the office's own business; what was decided, those concerned and those above them may follow.
SEES_ALLOCATION_LINE = (OFFICE_STAFF & own("allocation__round__office")) | (
    ADMINISTERS & IS_DECIDED & _AT_ITS_POINT
)
