"""The office sends a college's aggregated demand back."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import BatchState
from lianxue.distribution.events import BatchReturned
from lianxue.distribution.flows.batch import BATCH_FLOW
from lianxue.distribution.models import DemandBatch
from lianxue.distribution.operations.checks import require_reason
from lianxue.distribution.operations.rounds.round_locks import held_round, locked_batch
from lianxue.kernel import audit
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.return_batch", label=_("Send aggregated demand back"))
def return_batch(*, actor: Actor, at: datetime, batch: DemandBatch, reason: str) -> DemandBatch:
    """Send an aggregated demand back with a reason; the college and its points may work on it again.

    Raise ``WrongState``, ``NotAllowed``, ``Unmet``, ``ReasonMissing`` or ``Invalid``.
    """
    row = locked_batch(batch.pk, held_round(batch.round_id))
    BATCH_FLOW.require("return_batch", actor=actor, subject=row, at=at)
    bare = require_reason(reason)
    before = audit.snapshot(row, "state", "submitted_at")
    row.state, row.submitted_at, row.return_reason = BatchState.GATHERING, None, bare
    row.save(update_fields=["state", "submitted_at", "return_reason"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.return_batch",
        subject=row,
        before=before,
        after=audit.snapshot(row, "state", "submitted_at"),
        note=bare,
    )
    publish(BatchReturned(batch_id=row.pk, college_id=row.college_id))
    return row
