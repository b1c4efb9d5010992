"""The way of a point's demand."""

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import DemandState
from lianxue.distribution.flows.conditions import COLLEGE_MAY_WORK, POINT_MAY_WORK
from lianxue.distribution.rules.demand import AGGREGATES_DEMAND, STATES_DEMAND
from lianxue.kernel.flow import Flow, Step

WITH_POINT = (DemandState.DRAFT, DemandState.RETURNED)

DEMAND_FLOW = Flow(
    "demand",
    states=DemandState.values,
    steps=[
        Step("save_demand", WITH_POINT, None, STATES_DEMAND, _("Save"), needs=POINT_MAY_WORK, tone="plain"),
        Step(
            "submit_demand",
            WITH_POINT,
            DemandState.SUBMITTED,
            STATES_DEMAND,
            _("Submit to the college"),
            needs=POINT_MAY_WORK,
        ),
        Step(
            "take_back_demand",
            (DemandState.SUBMITTED,),
            DemandState.DRAFT,
            STATES_DEMAND,
            _("Take back to change it"),
            needs=POINT_MAY_WORK,
            tone="plain",
        ),
        Step(
            "return_demand",
            (DemandState.SUBMITTED,),
            DemandState.RETURNED,
            AGGREGATES_DEMAND,
            _("Send back to the point"),
            needs=COLLEGE_MAY_WORK,
            tone="danger",
        ),
        Step(
            "adjust_line",
            (DemandState.SUBMITTED,),
            None,
            AGGREGATES_DEMAND,
            _("Change the number passed on"),
            needs=COLLEGE_MAY_WORK,
            tone="plain",
        ),
    ],
)
