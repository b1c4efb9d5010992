"""Places and balances: found or made, locked in one order, changed."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.errors import NotEnoughCopies
from lianxue.distribution.models import StockBalance, StockPlace
from lianxue.distribution.operations.ledger.legs import Spot


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

_CHANGE = """
UPDATE distribution_stockbalance AS balance SET quantity = balance.quantity + change.quantity
  FROM unnest(%s::bigint[], %s::integer[]) AS change (id, quantity)
 WHERE balance.id = change.id
"""


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


def change_balances(changes: Mapping[BalanceKey, int], spots: Mapping[int, Spot]) -> None:
    """Add ``changes`` to the balances. Raise ``NotEnoughCopies`` when one would go below zero that must not."""
    keys = list(changes)
    with connection.cursor() as cursor:
        cursor.execute(
            _LOCK,
            [
                [key.place_id for key in keys],
                [key.title_id for key in keys],
                [key.lot_id for key in keys],
                [spots[key.place_id].kind == PlaceKind.OUTSIDE for key in keys],
            ],
        )
        deltas: dict[int, int] = {}
        for balance_id, place_id, title_id, lot_id, quantity, below_zero in cursor.fetchall():
            delta = changes[BalanceKey(place_id, title_id, lot_id)]
            if quantity + delta < 0 and not below_zero:
                raise NotEnoughCopies
            deltas[balance_id] = delta
        cursor.execute(_CHANGE, [list(deltas), list(deltas.values())])


def lock_holdings(point_id: int, entry_id: int) -> list[StockBalance]:
    """Lock and return all balances of one catalogue title at one point, in the order in which posting locks them.

    Whoever chooses lots by what is there must hold these locks while choosing.
    """
    return list(
        StockBalance.objects.select_for_update(of=("self",))
        .select_related("place", "lot__shipment__receipt", "title")
        .filter(Q(place__organisation_id=point_id), title__entry_id=entry_id)
        .order_by("place_id", "title_id", "lot_id")
    )
