"""The office opens a round: from now on points may state their demand."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import RoundState
from lianxue.distribution.events import RoundOpened
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.models import DemandBatch, Round
from lianxue.distribution.operations.rounds.round_locks import locked_round
from lianxue.distribution.queries.network import colleges_of
from lianxue.kernel import audit
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.open_round", label=_("Open a round"))
def open_round(*, actor: Actor, at: datetime, round: Round) -> Round:
    """Open a prepared round and begin one batch for every organisation that has points directly below it.

    Raise ``WrongState``, ``NotAllowed`` or ``Unmet`` (no title, or one that was withdrawn).
    """
    row = locked_round(round.pk)
    ROUND_FLOW.require("open_round", actor=actor, subject=row, at=at)
    row.state, row.opened_at = RoundState.OPEN, at
    row.save(update_fields=["state", "opened_at"])
    DemandBatch.objects.bulk_create(
        [DemandBatch(round=row, college_id=pk) for pk in colleges_of(row.office_id)], batch_size=5000
    )
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.open_round",
        subject=row,
        before={"state": RoundState.DRAFT},
        after={"state": row.state},
    )
    publish(RoundOpened(round_id=row.pk))
    return row
