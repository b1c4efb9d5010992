"""The way of a college's aggregated demand."""

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import BatchState
from lianxue.distribution.flows.conditions import BATCH_MAY_GO, BATCH_MAY_RETURN
from lianxue.distribution.rules.demand import AGGREGATES_BATCH, RETURNS_BATCH
from lianxue.kernel.flow import Flow, Step

BATCH_FLOW = Flow(
    "batch",
    states=BatchState.values,
    steps=[
        Step(
            "submit_batch",
            (BatchState.GATHERING,),
            BatchState.SUBMITTED,
            AGGREGATES_BATCH,
            _("Submit to the office"),
            needs=BATCH_MAY_GO,
        ),
        Step(
            "return_batch",
            (BatchState.SUBMITTED,),
            BatchState.GATHERING,
            RETURNS_BATCH,
            _("Send back to the college"),
            needs=BATCH_MAY_RETURN,
            tone="danger",
        ),
    ],
)
