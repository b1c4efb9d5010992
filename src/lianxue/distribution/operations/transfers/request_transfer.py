"""Copies are offered to another organisation; the superior unit agrees first."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import TransferPurpose, TransferState
from lianxue.distribution.events import TransferAgreed, TransferRequested
from lianxue.distribution.models import ShipmentLine, Transfer, TransferLine
from lianxue.distribution.operations.checks import require_reason
from lianxue.distribution.operations.transfers.taking import take
from lianxue.distribution.queries.transfers import is_taker
from lianxue.distribution.rules.fulfilment import ORDERS_TRANSFER, REQUESTS_TRANSFER
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation

TOKEN_BYTES = 18


@dataclass(frozen=True, slots=True)
class LotToMove:
    """So many copies of one lot are to move on."""

    lot_id: int
    quantity: int


@operation("distribution.request_transfer", label=_("Ask for a transfer"))
def request_transfer(
    *,
    actor: Actor,
    at: datetime,
    giver: Organisation,
    taker: Organisation,
    purpose: TransferPurpose,
    lots: Sequence[LotToMove],
    reason: str,
    request_key: str | None = None,
) -> Transfer:
    """Ask that copies which are at ``giver`` go to ``taker``: another point, or back to supplier or superior unit.

    When the superior unit of the giver asks itself, it has agreed. One copy of each lot stays on display (S0-29).
    Raise ``NotAllowed``, ``ReasonMissing``, ``NotEnoughCopies``, ``LastDisplayCopy`` or ``Invalid``.
    """
    is_ordered = ORDERS_TRANSFER.holds(actor, giver)
    if not is_ordered and not REQUESTS_TRANSFER.holds(actor, giver):
        raise NotAllowed
    why = require_reason(reason)
    wanted = _wanted(lots)
    if not is_taker(taker.pk, giver_id=giver.pk, purpose=purpose, lot_ids=wanted):
        raise Invalid(fields={"taker": _("The copies cannot go there.")})
    take(giver.pk, wanted)
    transfer = _make(
        actor, at, giver_id=giver.pk, taker_id=taker.pk, purpose=purpose, lots=wanted, reason=why
    )
    if is_ordered:
        transfer.state, transfer.agreed_at = TransferState.AGREED, at
        transfer.save(update_fields=["state", "agreed_at"])
    _record(actor, at, transfer, wanted)
    return transfer


def make_agreed_transfer(
    *,
    actor: Actor,
    at: datetime,
    giver_id: int,
    taker_id: int,
    lot: ShipmentLine,
    quantity: int,
    reason: str,
) -> Transfer:
    """Make a return to the supplier on which everybody agrees already, inside the caller's transaction."""
    wanted = {lot.pk: quantity}
    transfer = _make(
        actor,
        at,
        giver_id=giver_id,
        taker_id=taker_id,
        purpose=TransferPurpose.SURPLUS,
        lots=wanted,
        reason=reason,
    )
    transfer.state, transfer.agreed_at = TransferState.AGREED, at
    transfer.save(update_fields=["state", "agreed_at"])
    _record(actor, at, transfer, wanted)
    return transfer


def _wanted(lots: Sequence[LotToMove]) -> dict[int, int]:
    wanted = {one.lot_id: one.quantity for one in lots if one.quantity}
    if not wanted:
        raise Invalid(_("Please choose at least one copy."))
    if any(quantity < 0 for quantity in wanted.values()):
        raise Invalid(_("Please give whole numbers of copies."))
    return wanted


def _make(
    actor: Actor,
    at: datetime,
    *,
    giver_id: int,
    taker_id: int,
    purpose: TransferPurpose,
    lots: Mapping[int, int],
    reason: str,
) -> Transfer:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    transfer = Transfer.objects.create(
        code=token[:20],
        token=token,
        purpose=purpose,
        giver_id=giver_id,
        taker_id=taker_id,
        reason=reason,
        requested_by_id=actor.person_id,
        requested_at=at,
    )
    transfer.code = f"T{transfer.pk}"  # as lots are L and their number
    transfer.save(update_fields=["code"])
    TransferLine.objects.bulk_create(
        TransferLine(transfer=transfer, lot_id=lot_id, quantity=quantity) for lot_id, quantity in lots.items()
    )
    return transfer


def _record(actor: Actor, at: datetime, transfer: Transfer, lots: Mapping[int, int]) -> None:
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.request_transfer",
        subject=transfer,
        after={
            **audit.snapshot(transfer, "state", "purpose", "giver", "taker"),
            "lots": {f"L{lot_id}": quantity for lot_id, quantity in lots.items()},
        },
        note=transfer.reason,
    )
    if transfer.state == TransferState.AGREED:
        publish(TransferAgreed(transfer_id=transfer.pk, giver_id=transfer.giver_id))
    else:
        publish(TransferRequested(transfer_id=transfer.pk, giver_id=transfer.giver_id))
