"""The way of a call."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.flow import Condition, Flow, Step
from lianxue.programmes.enums import CallState, FilingState
from lianxue.programmes.models import Call, Filing
from lianxue.programmes.rules.calls import RUNS_CALL

DRAFT, OPEN, CLOSED = CallState.values


def _nothing_is_under_way(call: Call, _at: datetime) -> bool:
    return not Filing.objects.filter(call=call, state=FilingState.SUBMITTED).exists()


NOTHING_UNDER_WAY = Condition(
    "nothing_is_under_way",
    _nothing_is_under_way,
    _("Some filings are still under consideration. Please decide or return them first."),
)

CALL_FLOW = Flow(
    "call",
    states=CallState.values,
    steps=[
        Step("save_call", (DRAFT, OPEN), None, RUNS_CALL, _("Save"), tone="plain"),
        Step("discard_call", (DRAFT,), None, RUNS_CALL, _("Throw the draft away"), tone="danger"),
        Step("open_call", (DRAFT,), OPEN, RUNS_CALL, _("Open the call")),
        Step("give_consent", (OPEN,), None, RUNS_CALL, _("Let a unit file late"), tone="plain"),
        Step(
            "close_call",
            (OPEN,),
            CLOSED,
            RUNS_CALL,
            _("Close the call"),
            needs=(NOTHING_UNDER_WAY,),
            tone="plain",
        ),
        Step("reopen_call", (CLOSED,), OPEN, RUNS_CALL, _("Open the call again"), tone="plain"),
    ],
)
