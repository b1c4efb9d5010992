"""The office closes a round."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import RoundState, ShipmentState
from lianxue.distribution.errors import ReasonMissing
from lianxue.distribution.events import RoundClosed
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.models import Round
from lianxue.distribution.operations.checks import require_reason
from lianxue.distribution.operations.rounds.close_unmet import close_unmet
from lianxue.distribution.operations.rounds.round_locks import locked_round
from lianxue.distribution.queries.unmet import open_line_count
from lianxue.kernel import audit
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.close_round", label=_("Close a round"))
def close_round(
    *, actor: Actor, at: datetime, round: Round, reason: str = "", closes_unmet: bool = False
) -> Round:
    """Close a round; while shipments have not been received it takes a reason.

    Shipments under way can still be received afterwards. Unmet demand does not end silently: it has been carried over
    or closed before, or ``closes_unmet`` says that what is open is closed with the same reason. Raise ``WrongState``,
    ``NotAllowed``, ``Unmet``, ``ReasonMissing`` or ``Invalid``.
    """
    row = locked_round(round.pk)
    if closes_unmet and row.state == RoundState.ALLOCATED and open_line_count(row):
        close_unmet(actor=actor, at=at, round=row, reason=reason)
    ROUND_FLOW.require("close_round", actor=actor, subject=row, at=at)
    outstanding = row.shipments.exclude(state=ShipmentState.RECEIVED).count()
    bare = require_reason(reason) if reason.strip() else ""
    if outstanding and not bare:
        raise ReasonMissing(fields={"reason": ReasonMissing.default_message})
    row.state, row.closed_at = RoundState.CLOSED, at
    row.save(update_fields=["state", "closed_at"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.close_round",
        subject=row,
        before={"state": RoundState.ALLOCATED},
        after={"state": row.state, "not_received": outstanding},
        note=bare,
    )
    publish(RoundClosed(round_id=row.pk))
    return row
