"""Places and balances: found or made, and locked in one order."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.errors import NotEnoughCopies
from lianxue.distribution.models import (
    Receipt,
    RoundTitle,
    Shipment,
    ShipmentLine,
    StockBalance,
    StockPlace,
)
from lianxue.distribution.operations.ledger.legs import Spot
from lianxue.resources.models import CatalogueEntry


class BalanceKey(NamedTuple):
    """What a balance is of."""

    place_id: int
    title_id: int
    lot_id: int | None


# One statement makes the balances that are missing and locks all of them, in the order of the key. The update of
# a row that exists changes nothing: it takes the lock and lets the row be returned.
_LOCK = """
INSERT INTO distribution_stockbalance AS balance (place_id, title_id, lot_id, quantity, may_go_below_zero)
SELECT place_id, title_id, lot_id, 0, below_zero
  FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::boolean[]) AS wanted (place_id, title_id, lot_id, below_zero)
 ORDER BY place_id, title_id, lot_id
ON CONFLICT (place_id, title_id, lot_id) DO UPDATE SET quantity = balance.quantity
RETURNING id, place_id, title_id, lot_id, quantity, may_go_below_zero
"""
# What choosing and posting look at. The desk asks for it with every copy that it hands out or takes back, so it is written
# out and not composed anew each time; what is not named here is fetched when somebody asks for it.
_HOLDINGS = """
SELECT balance.id, balance.place_id, balance.title_id, balance.lot_id, balance.quantity, balance.may_go_below_zero,
       place.organisation_id, place.kind, title.entry_id, entry.title,
       lot.shipment_id, lot.title_id, lot.quantity, shipment.point_id, receipt.id, receipt.received_at
  FROM distribution_stockbalance AS balance
  JOIN distribution_stockplace AS place ON place.id = balance.place_id
  JOIN distribution_roundtitle AS title ON title.id = balance.title_id
  JOIN resources_catalogueentry AS entry ON entry.id = title.entry_id
  LEFT JOIN distribution_shipmentline AS lot ON lot.id = balance.lot_id
  LEFT JOIN distribution_shipment AS shipment ON shipment.id = lot.shipment_id
  LEFT JOIN distribution_receipt AS receipt ON receipt.shipment_id = shipment.id
 WHERE place.organisation_id = %s AND title.entry_id = ANY(%s)
 ORDER BY balance.place_id, balance.title_id, balance.lot_id
   FOR UPDATE OF balance
"""
_OF_BALANCE = ("id", "place_id", "title_id", "lot_id", "quantity", "may_go_below_zero")


def place_ids(spots: Iterable[Spot]) -> dict[Spot, int]:
    """Return the row id of each place, making those that are new."""
    wanted = set(spots)
    found = _known_places(wanted)
    missing = sorted(wanted - set(found), key=lambda spot: (spot.organisation_id, spot.kind))
    if missing:
        StockPlace.objects.bulk_create(
            [StockPlace(organisation_id=s.organisation_id, kind=s.kind) for s in missing],
            ignore_conflicts=True,
        )
        found |= _known_places(set(missing))
    return found


def _known_places(spots: set[Spot]) -> dict[Spot, int]:
    rows = StockPlace.objects.filter(
        organisation_id__in={s.organisation_id for s in spots}, kind__in={s.kind for s in spots}
    ).values_list("organisation_id", "kind", "id")
    known = {Spot(organisation_id, PlaceKind(kind)): place_id for organisation_id, kind, place_id in rows}
    return {spot: known[spot] for spot in spots if spot in known}


def lock_balances(
    changes: Mapping[BalanceKey, int], spots: Mapping[int, Spot], held: Iterable[StockBalance]
) -> dict[int, int]:
    """Lock the balances to be changed, save those that the caller holds; return what is to be added to each, by its id.

    Raise ``NotEnoughCopies`` when one would go below zero that must not.
    """
    locked = [_Locked(_key(b), b.pk, b.quantity, b.may_go_below_zero) for b in held if _key(b) in changes]
    if wanted := changes.keys() - {balance.key for balance in locked}:
        locked += _made_and_locked(sorted(wanted, key=_order), spots)
    for balance in locked:
        if balance.quantity + changes[balance.key] < 0 and not balance.below_zero:
            raise NotEnoughCopies
    return {balance.id: changes[balance.key] for balance in locked}


class _Locked(NamedTuple):
    key: BalanceKey
    id: int
    quantity: int
    below_zero: bool


def _key(balance: StockBalance) -> BalanceKey:
    return BalanceKey(balance.place_id, balance.title_id, balance.lot_id)


def _order(key: BalanceKey) -> tuple[int, int, int]:
    return key.place_id, key.title_id, key.lot_id or 0


def _made_and_locked(keys: Sequence[BalanceKey], spots: Mapping[int, Spot]) -> list[_Locked]:
    columns = ([key.place_id for key in keys], [key.title_id for key in keys], [key.lot_id for key in keys])
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [*columns, [spots[key.place_id].kind == PlaceKind.OUTSIDE for key in keys]])
        return [
            _Locked(BalanceKey(place_id, title_id, lot_id), balance_id, quantity, below_zero)
            for balance_id, place_id, title_id, lot_id, quantity, below_zero in cursor.fetchall()
        ]


def lock_holdings(point_id: int, *entry_ids: int) -> list[StockBalance]:
    """Lock and return all balances of catalogue titles at one point, in the order in which posting locks them.

    Whoever chooses lots by what is there must hold these locks while choosing, and hands the balances to ``post_many``.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOLDINGS, [point_id, list(entry_ids)])
        return [_holding(row) for row in cursor.fetchall()]


def _holding(row: Sequence[Any]) -> StockBalance:
    """Return the balance of one row of ``_HOLDINGS`` with all that hangs on it; ``from_db`` takes values in the order of the model."""
    balance = StockBalance.from_db(connection.alias, _OF_BALANCE, row[:6])
    organisation_id, kind, entry_id, entry_title, *of_lot = row[6:]
    balance.place = StockPlace.from_db(
        connection.alias, ("id", "organisation_id", "kind"), (balance.place_id, organisation_id, kind)
    )
    title = RoundTitle.from_db(connection.alias, ("id", "entry_id"), (balance.title_id, entry_id))
    title.entry = CatalogueEntry.from_db(connection.alias, ("id", "title"), (entry_id, entry_title))
    balance.title = title
    if balance.lot_id is not None:
        balance.lot = _lot(balance.lot_id, of_lot)
    return balance


def _lot(lot_id: int, row: Sequence[Any]) -> ShipmentLine:
    shipment_id, title_id, quantity, point_id, receipt_id, received_at = row
    lot = ShipmentLine.from_db(
        connection.alias,
        ("id", "shipment_id", "title_id", "quantity"),
        (lot_id, shipment_id, title_id, quantity),
    )
    lot.shipment = Shipment.from_db(connection.alias, ("id", "point_id"), (shipment_id, point_id))
    receipt = None
    if receipt_id is not None:
        receipt = Receipt.from_db(
            connection.alias, ("id", "shipment_id", "received_at"), (receipt_id, shipment_id, received_at)
        )
    # As select_related does it: None says that there is no receipt, without asking.
    lot.shipment._state.fields_cache["receipt"] = receipt  # noqa: SLF001
    return lot


def lock_lots(organisation_id: int, lot_ids: Collection[int]) -> dict[tuple[int, str], int]:
    """Lock all balances of some lots at one organisation, in the order in which posting locks them.

    Return the copies by lot and kind of place.
    """
    rows = (
        StockBalance.objects.select_for_update(of=("self",))
        .select_related("place")
        .filter(place__organisation_id=organisation_id, lot_id__in=lot_ids)
        .order_by("place_id", "title_id", "lot_id")
    )
    return {(row.lot_id, row.place.kind): row.quantity for row in rows if row.lot_id is not None}
