"""What a supplier has beyond the copies that are promised to parcels still to be packed."""

from collections.abc import Collection

from django.db.models import Sum

from lianxue.distribution.enums import PlaceKind, ShipmentState
from lianxue.distribution.models import ShipmentLine, StockBalance
from lianxue.distribution.operations.ledger.legs import Leg, Spot, move


def lock_spare(supplier_id: int, title_ids: Collection[int]) -> dict[int, int]:
    """Lock a supplier's own copies of some titles; return how many of each are in no parcel that waits to be packed."""
    balances = (
        StockBalance.objects.select_for_update(of=("self",))
        .filter(
            place__organisation_id=supplier_id,
            place__kind=PlaceKind.SUPPLIER,
            lot__isnull=True,
            title_id__in=title_ids,
        )
        .order_by("place_id", "title_id", "lot_id")
    )
    there = {balance.title_id: balance.quantity for balance in balances}
    promised = dict(
        ShipmentLine.objects.filter(
            shipment__supplier_id=supplier_id, shipment__state=ShipmentState.PREPARING, title_id__in=title_ids
        )
        .order_by()
        .values_list("title_id")
        .annotate(copies=Sum("quantity"))
    )
    return {title_id: max(there.get(title_id, 0) - promised.get(title_id, 0), 0) for title_id in title_ids}


def from_supplier(
    quantity: int, *, title_id: int, supplier_id: int, spare: int, target: Spot, target_lot_id: int | None
) -> list[Leg]:
    """Return the legs of copies that nobody had planned: the supplier's spare ones, the others from outside it."""
    at_hand = min(quantity, spare)
    parts = ((at_hand, PlaceKind.SUPPLIER), (quantity - at_hand, PlaceKind.OUTSIDE))
    return [
        leg
        for copies, kind in parts
        for leg in move(
            copies,
            title_id=title_id,
            source=Spot(supplier_id, kind),
            target=target,
            target_lot_id=target_lot_id,
        )
    ]
