"""Claims follow from what was counted: opened with the receipt, changed when the count is corrected."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ClaimKind, ClaimRemedy, ClaimState
from lianxue.distribution.events import ClaimOpened
from lianxue.distribution.models import Claim, ReceiptLine, Shipment
from lianxue.kernel.errors import Unmet
from lianxue.kernel.events import publish
from lianxue.orgs.public import Actor

ANSWERED_ALREADY = _(
    "The supplier has answered the claim about “%(title)s” already. Settle that first, then correct the count."
)


def open_claims(
    lines: Iterable[ReceiptLine], *, shipment: Shipment, at: datetime, actor: Actor, note: str
) -> list[Claim]:
    """Open a claim for each fault of a receipt, inside the caller's transaction."""
    claims = [
        Claim(
            receipt_line=line,
            kind=kind,
            quantity=quantity,
            note=note,
            opened_at=at,
            opened_by_id=actor.person_id,
        )
        for line in lines
        for kind, quantity in _faults(line)
    ]
    if claims:
        Claim.objects.bulk_create(claims)
    for claim in claims:
        _tell(claim, shipment)
    return claims


def correct_claims(line: ReceiptLine, *, shipment: Shipment, at: datetime, actor: Actor, reason: str) -> None:
    """Make the claims of one lot say what was counted now, inside the caller's transaction.

    A claim that comes to nothing is settled as a miscount. Raise ``Unmet`` when one that the supplier has answered
    would have to change.
    """
    kept = {claim.kind: claim for claim in line.claims.select_for_update().order_by("pk")}
    counted = dict(_faults(line))
    new = [
        Claim(
            receipt_line=line,
            kind=kind,
            quantity=quantity,
            note=reason,
            opened_at=at,
            opened_by_id=actor.person_id,
        )
        for kind, quantity in counted.items()
        if kind not in kept
    ]
    Claim.objects.bulk_create(new)
    reopened = [
        claim for kind, claim in kept.items() if _follow(claim, counted.get(ClaimKind(kind), 0), at, reason)
    ]
    for claim in (*new, *reopened):
        _tell(claim, shipment)


def _follow(claim: Claim, quantity: int, at: datetime, reason: str) -> bool:
    """Change a claim to ``quantity`` copies; return whether it stands before the supplier again."""
    was_miscount = claim.remedy == ClaimRemedy.WITHDRAWN
    stands = 0 if was_miscount else claim.quantity
    if quantity == stands:
        return False
    if claim.state != ClaimState.OPEN and not was_miscount:
        raise Unmet(ANSWERED_ALREADY % {"title": claim.receipt_line.lot.title})
    if quantity:
        claim.state, claim.remedy, claim.settled_at, claim.settled_reason = ClaimState.OPEN, "", None, ""
        claim.quantity, claim.note = quantity, reason
    else:
        claim.state, claim.remedy = ClaimState.SETTLED, ClaimRemedy.WITHDRAWN
        claim.settled_at, claim.settled_reason = at, reason
    claim.save()
    return was_miscount


def _faults(line: ReceiptLine) -> Iterator[tuple[ClaimKind, int]]:
    counts: Sequence[tuple[ClaimKind, int]] = (
        (ClaimKind.MISSING, line.missing),
        (ClaimKind.DAMAGED, line.damaged),
        (ClaimKind.SURPLUS, line.surplus),
    )
    return ((kind, quantity) for kind, quantity in counts if quantity)


def _tell(claim: Claim, shipment: Shipment) -> None:
    publish(ClaimOpened(claim_id=claim.pk, supplier_id=shipment.supplier_id, point_id=shipment.point_id))
