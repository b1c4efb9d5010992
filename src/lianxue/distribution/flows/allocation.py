"""The way of an allocation."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import AllocationState, RoundState
from lianxue.distribution.models import Allocation
from lianxue.distribution.rules.rounds import RUNS_ROUND_OF
from lianxue.kernel.flow import Condition, Flow, Step


def _round_is_allocating(subject: Allocation, _at: datetime) -> bool:
    return subject.round.state == RoundState.ALLOCATING


# Proposals that were not taken stay for comparison once another has been decided.
ROUND_IS_ALLOCATING = Condition(
    "round_is_allocating", _round_is_allocating, _("The copies of this round have been shared out already.")
)

ALLOCATION_FLOW = Flow(
    "allocation",
    states=AllocationState.values,
    steps=[
        Step(
            "commit_allocation",
            (AllocationState.PROPOSED,),
            AllocationState.COMMITTED,
            RUNS_ROUND_OF,
            _("Decide the allocation"),
            needs=(ROUND_IS_ALLOCATING,),
        ),
        Step(
            "override_line",
            (AllocationState.PROPOSED,),
            None,
            RUNS_ROUND_OF,
            _("Set by hand"),
            needs=(ROUND_IS_ALLOCATING,),
            tone="plain",
        ),
        Step(
            "discard_proposal",
            (AllocationState.PROPOSED,),
            None,
            RUNS_ROUND_OF,
            _("Throw away"),
            needs=(ROUND_IS_ALLOCATING,),
            tone="quiet",
        ),
    ],
)
