"""Choosing the copies that leave: oldest lots first, from the store before the corner, never the last on display."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.errors import LastDisplayCopy, NotEnoughCopies
from lianxue.distribution.models import ShipmentLine, StockBalance, TransferLine
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid, Refused


@dataclass(frozen=True, slots=True)
class Taking:
    """So many copies of one lot to be taken, from the store and from the corner."""

    lot: ShipmentLine
    from_shelf: int
    from_display: int

    @property
    def quantity(self) -> int:
        return self.from_shelf + self.from_display


def choose_lots(
    holdings: Iterable[StockBalance], quantity: int, *, on: date, keep_on_display: int, day_field: str
) -> list[Taking]:
    """Return which copies to take for ``quantity`` of one title on the day ``on``.

    Of each lot ``keep_on_display`` copies stay in the corner (S0-29: 1). Lots that arrived after ``on`` are left
    alone. Raise ``NotEnoughCopies``, ``LastDisplayCopy`` when only displayed copies are short, or ``Invalid`` (field
    ``day_field``) when the copies came later than ``on``.
    """
    held_here = list(holdings)
    lots, there = _by_lot(held_here)
    came = _arrival_days(held_here)

    def copies(of: list[ShipmentLine]) -> int:
        return sum(sum(there[lot.pk].values()) for lot in of)

    arrived = [lot for lot in lots if came[lot.pk] <= on]
    takings, missing = [], quantity
    for lot in sorted(arrived, key=lambda lot: (came[lot.pk], lot.pk)):
        shelf = min(missing, there[lot.pk][PlaceKind.SHELF])
        spare = max(there[lot.pk][PlaceKind.DISPLAY] - keep_on_display, 0)
        display = min(missing - shelf, spare)
        if shelf + display:
            takings.append(Taking(lot, shelf, display))
            missing -= shelf + display
    if missing:
        raise _refusal(quantity, quantity - missing, copies(lots), copies(arrived), day_field)
    return takings


def _by_lot(holdings: Iterable[StockBalance]) -> tuple[list[ShipmentLine], dict[int, dict[str, int]]]:
    lots: dict[int, ShipmentLine] = {}
    there: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for balance in holdings:
        if balance.lot is not None and balance.place.kind in (PlaceKind.SHELF, PlaceKind.DISPLAY):
            lots[balance.lot.pk] = balance.lot
            there[balance.lot.pk][balance.place.kind] += balance.quantity
    return list(lots.values()), there


def _arrival_days(holdings: Iterable[StockBalance]) -> dict[int, date]:
    """Return the day on which each lot came to where it is: with its parcel, or handed on from another point."""
    days: dict[int, date] = {}
    handed_on: dict[int, set[int]] = defaultdict(set)
    for balance in holdings:
        if balance.lot is None:
            continue
        shipment, here = balance.lot.shipment, balance.place.organisation_id
        if shipment.point_id == here and hasattr(shipment, "receipt"):
            days[balance.lot.pk] = local_date(shipment.receipt.received_at)
        elif shipment.point_id != here:
            handed_on[here].add(balance.lot.pk)
    for here, lot_ids in handed_on.items():
        first = (
            TransferLine.objects.filter(
                lot_id__in=lot_ids, transfer__taker_id=here, transfer__received_at__isnull=False
            )
            .order_by()
            .values_list("lot_id")
            .annotate(at=Min("transfer__received_at"))
        )
        days |= {lot_id: local_date(at) for lot_id, at in first}
    return days


def _refusal(asked: int, free: int, held: int, held_then: int, day_field: str) -> Refused:
    if held >= asked > held_then:
        return Invalid(fields={day_field: _("The copies had not arrived on that day.")})
    if held_then >= asked:
        return LastDisplayCopy()
    return NotEnoughCopies(_("There are not enough copies for this: %(count)d at most.") % {"count": free})
