"""The office ends the demand of a round and begins to share out."""

from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import BatchState, RoundState
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.models import Round
from lianxue.distribution.operations.rounds.round_locks import locked_round
from lianxue.kernel import audit
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.start_allocating", label=_("End the demand of a round"))
def start_allocating(*, actor: Actor, at: datetime, round: Round) -> Round:
    """End the demand: what colleges have submitted counts, what they have not does not.

    Raise ``WrongState`` or ``NotAllowed``.
    """
    row = locked_round(round.pk)
    ROUND_FLOW.require("start_allocating", actor=actor, subject=row, at=at)
    row.state = RoundState.ALLOCATING
    row.save(update_fields=["state"])
    batches = row.batches.aggregate(
        submitted=Count("pk", filter=Q(state=BatchState.SUBMITTED)),
        missing=Count("pk", filter=~Q(state=BatchState.SUBMITTED)),
    )
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.start_allocating",
        subject=row,
        before={"state": RoundState.OPEN},
        after={"state": row.state, **batches},
    )
    return row
