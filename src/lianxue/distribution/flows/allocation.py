"""The way of an allocation."""

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import AllocationState
from lianxue.distribution.rules.rounds import RUNS_ROUND_OF
from lianxue.kernel.flow import Flow, Step

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
        ),
    ],
)
