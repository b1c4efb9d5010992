"""A point takes its demand back to change it, as long as the college has not passed it on."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import DemandState
from lianxue.distribution.flows.demand import DEMAND_FLOW
from lianxue.distribution.models import DemandRequest
from lianxue.distribution.operations.rounds.round_locks import locked_request
from lianxue.kernel import audit
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.take_back_demand", label=_("Take demand back"))
def take_back_demand(*, actor: Actor, at: datetime, request: DemandRequest) -> DemandRequest:
    """Take a submitted demand back. Raise ``WrongState``, ``NotAllowed`` or ``Unmet``."""
    row = locked_request(request)
    DEMAND_FLOW.require("take_back_demand", actor=actor, subject=row, at=at)
    before = audit.snapshot(row, "state", "submitted_at")
    row.state, row.submitted_at, row.changed_at = DemandState.DRAFT, None, at
    row.save(update_fields=["state", "submitted_at", "changed_at"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.take_back_demand",
        subject=row,
        before=before,
        after=audit.snapshot(row, "state", "submitted_at"),
    )
    return row
