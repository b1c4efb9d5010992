"""What the books have at a point, held still while somebody compares."""

from collections.abc import Collection
from typing import NamedTuple

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.models import StockBalance, Stocktake

COUNTED_KINDS = (PlaceKind.SHELF, PlaceKind.DISPLAY)


class Held(NamedTuple):
    """Copies of one lot in one kind of place."""

    kind: str
    lot_id: int


def locked_books(point_id: int, lot_ids: Collection[int]) -> dict[Held, int]:
    """Lock and return the balances of some lots at a point, in the order in which posting locks them."""
    rows = (
        StockBalance.objects.select_for_update(of=("self",))
        .select_related("place")
        .filter(place__organisation_id=point_id, lot_id__in=lot_ids)
        .order_by("place_id", "title_id", "lot_id")
    )
    return {Held(row.place.kind, row.lot_id): row.quantity for row in rows if row.lot_id is not None}


def locked_stocktake(stocktake: Stocktake) -> Stocktake:
    """Return the count under its lock."""
    return Stocktake.objects.select_for_update(of=("self",)).select_related("point").get(pk=stocktake.pk)
