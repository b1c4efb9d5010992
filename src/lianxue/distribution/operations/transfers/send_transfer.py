"""The giver hands the copies over."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import PlaceKind, TransferState
from lianxue.distribution.events import TransferSent
from lianxue.distribution.flows.transfer import TRANSFER_FLOW
from lianxue.distribution.models import Transfer, TransferLine
from lianxue.distribution.operations.ledger import Leg, Spot, move, post, reference_to
from lianxue.distribution.operations.transfers.taking import take
from lianxue.kernel import audit
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.send_transfer", label=_("Send a transfer"))
def send_transfer(
    *, actor: Actor, at: datetime, transfer: Transfer, request_key: str | None = None
) -> Transfer:
    """Send the copies off: they leave store and corner and are on their way to the taker, each still in its lot.

    Raise ``WrongState``, ``NotAllowed``, ``NotEnoughCopies`` or ``LastDisplayCopy``.
    """
    row = Transfer.objects.select_for_update().get(pk=transfer.pk)
    TRANSFER_FLOW.require("send_transfer", actor=actor, subject=row, at=at)
    lines = list(row.lines.select_related("lot").order_by("pk"))
    from_display = take(row.giver_id, {line.lot_id: line.quantity for line in lines})
    for line in lines:
        line.from_display = from_display[line.lot_id]
    TransferLine.objects.bulk_update(lines, ["from_display"])
    before = audit.snapshot(row, "state")
    row.state, row.sent_at = TransferState.SENT, at
    row.save(update_fields=["state", "sent_at"])
    post(
        verb="send_transfer",
        at=at,
        person_id=actor.person_id,
        legs=[leg for line in lines for leg in _legs(row, line)],
        reference=reference_to(row),
        reason=row.reason,
    )
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.send_transfer",
        subject=row,
        before=before,
        after={"state": row.state, "copies": sum(line.quantity for line in lines)},
    )
    publish(TransferSent(transfer_id=row.pk, taker_id=row.taker_id))
    return row


def _legs(transfer: Transfer, line: TransferLine) -> list[Leg]:
    parts = ((PlaceKind.SHELF, line.quantity - line.from_display), (PlaceKind.DISPLAY, line.from_display))
    return [
        leg
        for kind, quantity in parts
        for leg in move(
            quantity,
            title_id=line.lot.title_id,
            source=Spot(transfer.giver_id, kind),
            target=Spot(transfer.taker_id, PlaceKind.IN_TRANSIT),
            source_lot_id=line.lot_id,
            target_lot_id=line.lot_id,
        )
    ]
