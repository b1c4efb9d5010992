"""A point hands its demand to the college above it (S0-41: 上报区社区学院)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import DemandState
from lianxue.distribution.errors import DemandChanged, NothingAsked
from lianxue.distribution.events import DemandSubmitted
from lianxue.distribution.flows.demand import DEMAND_FLOW
from lianxue.distribution.models import DemandRequest, Round
from lianxue.distribution.operations.demand.point_demand import locked_demand_of
from lianxue.distribution.queries.demand import fingerprint
from lianxue.kernel import audit
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.submit_demand", label=_("Submit demand"))
def submit_demand(
    *,
    actor: Actor,
    at: datetime,
    round: Round,
    seen: str | None = None,
    needs_nothing: bool = False,
    request_key: str | None = None,
) -> DemandRequest:
    """Submit the demand of the actor's point as it was saved.

    "We need nothing this time" is an answer too: ``needs_nothing`` says so. ``seen`` is the fingerprint of what the
    person looked at before (``queries.demand.fingerprint``). Raise ``NotAPoint``, ``WrongState``, ``NotAllowed``,
    ``Unmet``, ``NothingAsked``, or ``DemandChanged`` when it is not what the person looked at.
    """
    row = locked_demand_of(actor, round)
    DEMAND_FLOW.require("submit_demand", actor=actor, subject=row, at=at)
    copies = list(row.lines.values_list("asked", flat=True))
    if seen is not None and seen != fingerprint(row):
        raise DemandChanged
    if needs_nothing and copies:
        raise DemandChanged
    if not needs_nothing and not copies:
        raise NothingAsked
    before = audit.snapshot(row, "state")
    row.state, row.submitted_at, row.return_reason, row.changed_at = DemandState.SUBMITTED, at, "", at
    row.save(update_fields=["state", "submitted_at", "return_reason", "changed_at"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.submit_demand",
        subject=row,
        before=before,
        after={"state": row.state, "titles": len(copies), "copies": sum(copies)},
    )
    publish(DemandSubmitted(request_id=row.pk, point_id=row.point_id, college_id=row.batch.college_id))
    return row
