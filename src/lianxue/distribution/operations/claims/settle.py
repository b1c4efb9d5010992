"""A claim ends: the point accepts the supplier's answer, or the office settles it with a reason."""

from datetime import datetime

from django.utils.translation import gettext as now_in
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ClaimKind, ClaimRemedy, ClaimState, PlaceKind
from lianxue.distribution.events import ClaimSettled
from lianxue.distribution.flows.claim import CLAIM_FLOW
from lianxue.distribution.models import Claim
from lianxue.distribution.operations.checks import require_reason
from lianxue.distribution.operations.claims.answer import locked_claim, require_remedy
from lianxue.distribution.operations.ledger import Spot, lock_spare, move, post, reference_to
from lianxue.distribution.operations.parcels.following import make_again
from lianxue.distribution.operations.transfers.request_transfer import make_agreed_transfer
from lianxue.kernel import audit
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

FIELDS = ("state", "remedy", "resent_in", "sent_back_in", "settled_reason")
# Where the copies of a fault lie in the ledger of the point.
LIES_IN = {ClaimKind.MISSING: PlaceKind.LOST, ClaimKind.DAMAGED: PlaceKind.DAMAGED}


@operation("distribution.accept_answer", label=_("Accept the answer to a claim"))
def accept_answer(*, actor: Actor, at: datetime, claim: Claim, request_key: str | None = None) -> Claim:
    """Settle a claim by the remedy that the supplier offered. Raise ``WrongState`` or ``NotAllowed``."""
    row = locked_claim(claim)
    CLAIM_FLOW.require("accept_answer", actor=actor, subject=row, at=at)
    return _settle(actor, at, row, ClaimRemedy(row.remedy), "", verb="distribution.accept_answer")


@operation("distribution.settle_claim", label=_("Settle a claim"))
def settle_claim(
    *,
    actor: Actor,
    at: datetime,
    claim: Claim,
    remedy: str,
    reason: str,
    request_key: str | None = None,
) -> Claim:
    """Settle a claim by a remedy that the office chooses, with a reason that supplier and point read.

    Raise ``WrongState``, ``NotAllowed``, ``ReasonMissing`` or ``Invalid``.
    """
    row = locked_claim(claim)
    CLAIM_FLOW.require("settle_claim", actor=actor, subject=row, at=at)
    chosen = require_remedy(row, remedy)
    why = require_reason(reason)
    return _settle(actor, at, row, chosen, why, verb="distribution.settle_claim")


def _settle(
    actor: Actor, at: datetime, claim: Claim, remedy: ClaimRemedy, reason: str, *, verb: str
) -> Claim:
    before = audit.snapshot(claim, *FIELDS)
    shipment = claim.receipt_line.lot.shipment
    if remedy == ClaimRemedy.RESEND:
        _resend(actor, at, claim)
    elif remedy == ClaimRemedy.CREDIT:
        _credit(actor, at, claim)
    elif remedy == ClaimRemedy.SEND_BACK:
        claim.sent_back_in = make_agreed_transfer(
            actor=actor,
            at=at,
            giver_id=shipment.point_id,
            taker_id=shipment.supplier_id,
            lot=claim.receipt_line.lot,
            quantity=claim.quantity,
            reason=reason or claim.answer or now_in("More copies arrived than were due."),
        )
    # Written off: the copies stay where the ledger has them, damaged or missing. Kept: they stay in the store.
    claim.state, claim.remedy, claim.settled_at, claim.settled_reason = (
        ClaimState.SETTLED,
        remedy,
        at,
        reason,
    )
    claim.save(update_fields=[*FIELDS, "settled_at"])
    audit.record(
        actor=actor,
        at=at,
        verb=verb,
        subject=claim,
        before=before,
        after=audit.snapshot(claim, *FIELDS),
        note=reason,
    )
    publish(ClaimSettled(claim_id=claim.pk, supplier_id=shipment.supplier_id, point_id=shipment.point_id))
    return claim


def _resend(actor: Actor, at: datetime, claim: Claim) -> None:
    """Make a parcel that follows; what the supplier has not spare it brings in from outside."""
    lot = claim.receipt_line.lot
    spare = lock_spare(lot.shipment.supplier_id, [lot.title_id])[lot.title_id]
    claim.resent_in = make_again(lot.shipment, lot.title, claim.quantity)
    supplier_id = lot.shipment.supplier_id
    if claim.quantity > spare:
        post(
            verb="resupply",
            at=at,
            person_id=actor.person_id,
            legs=move(
                claim.quantity - spare,
                title_id=lot.title_id,
                source=Spot(supplier_id, PlaceKind.OUTSIDE),
                target=Spot(supplier_id, PlaceKind.SUPPLIER),
            ),
            reference=reference_to(claim),
        )


def _credit(actor: Actor, at: datetime, claim: Claim) -> None:
    """Take the copies off the point's books: they count as never supplied."""
    lot = claim.receipt_line.lot
    post(
        verb="credit_claim",
        at=at,
        person_id=actor.person_id,
        legs=move(
            claim.quantity,
            title_id=lot.title_id,
            source=Spot(lot.shipment.point_id, LIES_IN[ClaimKind(claim.kind)]),
            target=Spot(lot.shipment.supplier_id, PlaceKind.OUTSIDE),
            source_lot_id=lot.pk,
        ),
        reference=reference_to(claim),
        reason=claim.answer,
    )
