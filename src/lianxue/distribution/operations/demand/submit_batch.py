"""A college submits the aggregated demand of its points (S0-41: 由社区学院汇总 … 提交配送需求)."""

from datetime import datetime

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import BatchState, DemandState
from lianxue.distribution.events import BatchSubmitted
from lianxue.distribution.flows.batch import BATCH_FLOW
from lianxue.distribution.models import DemandBatch, DemandLine
from lianxue.distribution.operations.rounds.round_locks import held_round, locked_batch
from lianxue.kernel import audit
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.submit_batch", label=_("Submit aggregated demand"))
def submit_batch(
    *, actor: Actor, at: datetime, batch: DemandBatch, request_key: str | None = None
) -> DemandBatch:
    """Pass on to the office what the points have submitted; points that have not are late and get nothing.

    Raise ``WrongState``, ``NotAllowed`` or ``Unmet``.
    """
    row = locked_batch(batch.pk, held_round(batch.round_id))
    BATCH_FLOW.require("submit_batch", actor=actor, subject=row, at=at)
    row.state, row.submitted_at, row.return_reason = BatchState.SUBMITTED, at, ""
    row.save(update_fields=["state", "submitted_at", "return_reason"])
    sums = DemandLine.objects.filter(request__batch=row, request__state=DemandState.SUBMITTED).aggregate(
        copies=Sum("agreed", default=0), points=Count("request", distinct=True)
    )
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.submit_batch",
        subject=row,
        before={"state": BatchState.GATHERING},
        after={"state": row.state, **sums},
    )
    publish(BatchSubmitted(batch_id=row.pk, college_id=row.college_id))
    return row
