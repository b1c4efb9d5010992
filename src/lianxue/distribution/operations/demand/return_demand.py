"""A college sends a point's demand back to be mended."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import DemandState
from lianxue.distribution.events import DemandReturned
from lianxue.distribution.flows.demand import DEMAND_FLOW
from lianxue.distribution.models import DemandRequest
from lianxue.distribution.operations.checks import require_reason
from lianxue.distribution.operations.rounds.round_locks import locked_request
from lianxue.kernel import audit
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.return_demand", label=_("Send demand back to a point"))
def return_demand(*, actor: Actor, at: datetime, request: DemandRequest, reason: str) -> DemandRequest:
    """Send a submitted demand back with a reason that the point reads.

    Raise ``WrongState``, ``NotAllowed``, ``Unmet``, ``ReasonMissing`` or ``Invalid``.
    """
    row = locked_request(request)
    DEMAND_FLOW.require("return_demand", actor=actor, subject=row, at=at)
    bare = require_reason(reason)
    before = audit.snapshot(row, "state")
    row.state, row.return_reason, row.changed_at = DemandState.RETURNED, bare, at
    row.save(update_fields=["state", "return_reason", "changed_at"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.return_demand",
        subject=row,
        before=before,
        after=audit.snapshot(row, "state"),
        note=bare,
    )
    publish(DemandReturned(request_id=row.pk, point_id=row.point_id))
    return row
