"""A count that was wrong is put right by a counter-entry, as long as the copies are still there."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.errors import NotEnoughCopies
from lianxue.distribution.flows.shipment import SHIPMENT_FLOW
from lianxue.distribution.models import Receipt, ReceiptLine, Shipment, StockEntry, StockLeg
from lianxue.distribution.operations.checks import require_reason
from lianxue.distribution.operations.claims.opening import correct_claims
from lianxue.distribution.operations.ledger import (
    Leg,
    Posting,
    Spot,
    lock_lots,
    lock_spare,
    post_many,
    reference_to,
)
from lianxue.distribution.operations.shipping.counting import LotCount, checked_counts, count_of
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

COUNTS = ("good", "damaged", "missing", "surplus")
GONE = _("Of “%(title)s” not so many copies are there any more: they were lent, issued or passed on.")


@operation("distribution.correct_receipt", label=_("Correct a receipt"))
def correct_receipt(
    *,
    actor: Actor,
    at: datetime,
    receipt: Receipt,
    counts: Sequence[LotCount],
    reason: str,
    request_key: str | None = None,
) -> Receipt:
    """Count a parcel anew: what the receipt says, the ledger and the open claims follow.

    The copies that were counted too many must still stand in store or corner; one of each lot in good order stays in
    the corner (S0-29). Raise ``WrongState``, ``NotAllowed``, ``DoesNotAddUp``, ``ReasonMissing``, ``NotEnoughCopies``,
    ``Unmet`` when a claim has been answered, or ``Invalid`` when nothing is different.
    """
    shipment = Shipment.objects.select_for_update().get(pk=receipt.shipment_id)
    SHIPMENT_FLOW.require("correct_receipt", actor=actor, subject=shipment, at=at)
    lines = {
        line.lot_id: line for line in receipt.lines.select_related("lot__title__entry").order_by("lot_id")
    }
    counted = checked_counts([line.lot for line in lines.values()], counts)
    why = require_reason(reason)
    changed = [line for line in lines.values() if count_of(line) != counted[line.lot_id]]
    if not changed:
        raise Invalid(_("Nothing is different from what was written down."))
    before = {line.lot.code: {name: getattr(line, name) for name in COUNTS} for line in changed}
    legs = _legs(receipt, shipment, changed, counted)
    for line in changed:
        for name in COUNTS:
            setattr(line, name, getattr(counted[line.lot_id], name))
        line.save(update_fields=COUNTS)
        correct_claims(line, shipment=shipment, at=at, actor=actor, reason=why)
    _post(actor, at, receipt, legs, why)
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.correct_receipt",
        subject=shipment,
        before=before,
        after={line.lot.code: {name: getattr(line, name) for name in COUNTS} for line in changed},
        note=why,
    )
    return receipt


def _post(actor: Actor, at: datetime, receipt: Receipt, legs: Sequence[Leg], why: str) -> None:
    written = StockEntry.objects.filter(verb="receive", reference=reference_to(receipt)).first()
    posting = Posting(
        "correct_receipt",
        reference_to(receipt),
        legs,
        reason=why,
        corrects_id=written.pk if written else None,
    )
    post_many(at=at, person_id=actor.person_id, postings=[posting])


def _legs(
    receipt: Receipt, shipment: Shipment, changed: Sequence[ReceiptLine], counted: Mapping[int, LotCount]
) -> list[Leg]:
    spare = lock_spare(shipment.supplier_id, [line.lot.title_id for line in changed])
    there = lock_lots(shipment.point_id, [line.lot_id for line in changed])
    legs: list[Leg] = []
    for line in changed:
        count = counted[line.lot_id]
        for kind, quantity in _changes(line, count, there):
            legs.append(Leg(Spot(shipment.point_id, kind), line.lot.title_id, line.lot_id, quantity))
        for kind, quantity in _supplier_changes(
            receipt, shipment, line, line.surplus - count.surplus, spare[line.lot.title_id]
        ):
            legs.append(Leg(Spot(shipment.supplier_id, kind), line.lot.title_id, None, quantity))
    return [leg for leg in legs if leg.quantity]


def _changes(
    line: ReceiptLine, count: LotCount, there: Mapping[tuple[int, str], int]
) -> Iterator[tuple[PlaceKind, int]]:
    """Yield how many copies come to (+) or leave (-) each place of the point."""
    shelf = there.get((line.lot_id, PlaceKind.SHELF), 0)
    display = there.get((line.lot_id, PlaceKind.DISPLAY), 0)
    more = count.in_good_order - line.good - line.surplus
    if more >= 0:
        to_display = 1 if more and not display else 0  # S0-29
        yield PlaceKind.DISPLAY, to_display
        yield PlaceKind.SHELF, more - to_display
    else:
        stays = 1 if count.in_good_order else 0
        from_shelf = min(-more, shelf)
        from_display = -more - from_shelf
        if from_display > max(display - stays, 0):
            raise NotEnoughCopies(GONE % {"title": line.lot.title})
        yield PlaceKind.SHELF, -from_shelf
        yield PlaceKind.DISPLAY, -from_display
    for kind, now, then in (
        (PlaceKind.DAMAGED, count.damaged, line.damaged),
        (PlaceKind.LOST, count.missing, line.missing),
    ):
        if there.get((line.lot_id, kind), 0) + now - then < 0:
            raise NotEnoughCopies(GONE % {"title": line.lot.title})
        yield kind, now - then


def _supplier_changes(
    receipt: Receipt, shipment: Shipment, line: ReceiptLine, back: int, spare: int
) -> Iterator[tuple[PlaceKind, int]]:
    """Yield what surplus copies do on the supplier's side; those that go ``back`` go where they came from."""
    if back >= 0:
        came_from_outside = -(
            StockLeg.objects.filter(
                entry__reference=reference_to(receipt),
                place__organisation_id=shipment.supplier_id,
                place__kind=PlaceKind.OUTSIDE,
                title_id=line.lot.title_id,
            ).aggregate(copies=Sum("quantity", default=0))["copies"]
        )
        to_outside = min(back, came_from_outside)
        yield PlaceKind.OUTSIDE, to_outside
        yield PlaceKind.SUPPLIER, back - to_outside
    else:
        from_supplier = min(-back, spare)
        yield PlaceKind.SUPPLIER, -from_supplier
        yield PlaceKind.OUTSIDE, back + from_supplier
