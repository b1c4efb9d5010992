"""What was counted of a parcel, checked against what was due, and the copies that it moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.errors import DoesNotAddUp
from lianxue.distribution.models import ReceiptLine, Shipment, ShipmentLine
from lianxue.distribution.operations.checks import MOST_AT_ONCE
from lianxue.distribution.operations.ledger import Leg, Spot, from_supplier, lock_spare, move
from lianxue.distribution.operations.shipping.whereabouts import under_way
from lianxue.kernel.errors import Text

SHORT_AND_TOO_MANY = _("Copies of one title cannot be missing and too many at once.")
TOO_MANY_TOO_MANY = _("Please give a number from 0 to 9999.")


@dataclass(frozen=True, slots=True)
class LotCount:
    """What was counted of one lot; ``surplus`` copies came beyond those that were due, in good order."""

    lot_id: int
    good: int
    damaged: int = 0
    missing: int = 0
    surplus: int = 0

    @property
    def in_good_order(self) -> int:
        return self.good + self.surplus


def all_good(lots: Sequence[ShipmentLine]) -> dict[int, LotCount]:
    """Return the counts of a parcel in which everything was right."""
    return {lot.pk: LotCount(lot.pk, lot.quantity) for lot in lots}


def checked_counts(lots: Sequence[ShipmentLine], counts: Sequence[LotCount]) -> dict[int, LotCount]:
    """Return the counts by lot. Raise ``DoesNotAddUp``, whose ``fields`` are ``good_<id>`` and ``surplus_<id>``."""
    counted = {count.lot_id: count for count in counts}
    faults: dict[str, Text] = {}
    for lot in lots:
        count = counted.get(lot.pk)
        if count is None or not _adds_up(lot, count):
            faults[f"good_{lot.pk}"] = DoesNotAddUp.default_message
        elif not 0 <= count.surplus <= MOST_AT_ONCE:
            faults[f"surplus_{lot.pk}"] = TOO_MANY_TOO_MANY
        elif count.surplus and count.missing:
            faults[f"surplus_{lot.pk}"] = SHORT_AND_TOO_MANY
    if faults or len(counts) != len(lots):
        raise DoesNotAddUp(fields=faults)
    return counted


def _adds_up(lot: ShipmentLine, count: LotCount) -> bool:
    if min(count.good, count.damaged, count.missing) < 0:
        return False
    return count.good + count.damaged + count.missing == lot.quantity


def count_of(line: ReceiptLine) -> LotCount:
    """Return what a receipt says of one lot."""
    return LotCount(line.lot_id, line.good, line.damaged, line.missing, line.surplus)


def arrival_legs(shipment: Shipment, lot: ShipmentLine, count: LotCount) -> list[Leg]:
    """Return the legs of what was due: of each lot one copy goes on display at once, the rest into the store."""
    on_display = min(count.good, 1)  # S0-29: 每次接收到的资源，每种资源至少保留一份放置在资源展示区中
    arrivals = {
        PlaceKind.DISPLAY: on_display,
        PlaceKind.SHELF: count.good - on_display,
        PlaceKind.DAMAGED: count.damaged,
        PlaceKind.LOST: count.missing,
    }
    source = under_way(shipment)
    return [
        leg
        for kind, quantity in arrivals.items()
        for leg in move(
            quantity,
            title_id=lot.title_id,
            source=source,
            target=Spot(shipment.point_id, kind),
            source_lot_id=lot.pk,
            target_lot_id=lot.pk,
        )
    ]


def surplus_legs(
    shipment: Shipment, lots: Sequence[ShipmentLine], counted: Mapping[int, LotCount]
) -> list[Leg]:
    """Return the legs of copies that nobody expected: the supplier's spare ones, or else from outside it."""
    with_surplus = [lot for lot in lots if counted[lot.pk].surplus]
    if not with_surplus:
        return []
    spare = lock_spare(shipment.supplier_id, [lot.title_id for lot in with_surplus])
    return [
        leg
        for lot in with_surplus
        for leg in from_supplier(
            counted[lot.pk].surplus,
            title_id=lot.title_id,
            supplier_id=shipment.supplier_id,
            spare=spare[lot.title_id],
            target=Spot(shipment.point_id, PlaceKind.SHELF if counted[lot.pk].good else PlaceKind.DISPLAY),
            target_lot_id=lot.pk,
        )
    ]
