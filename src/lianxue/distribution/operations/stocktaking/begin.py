"""A count begins: everything that the books have in store and corner stands on its list."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import PlaceKind, StocktakeState
from lianxue.distribution.errors import NothingToCount, StocktakeUnderWay
from lianxue.distribution.flows.stocktake import STOCKTAKE_FLOW
from lianxue.distribution.models import ShipmentLine, StockBalance, Stocktake, StocktakeLine
from lianxue.distribution.operations.stocktaking.books import COUNTED_KINDS, locked_stocktake
from lianxue.distribution.queries.stocktaking import OPEN
from lianxue.distribution.rules.fulfilment import STAFFS_POINT
from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed, NotFound
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation


@operation("distribution.begin_stocktake", label=_("Begin a stock-taking"))
def begin_stocktake(
    *, actor: Actor, at: datetime, point: Organisation, request_key: str | None = None
) -> Stocktake:
    """Begin to count a point: one line for each lot in the store and in the corner, as the books have them now.

    Raise ``NotAllowed``, ``StocktakeUnderWay`` or ``NothingToCount``.
    """
    if not STAFFS_POINT.holds(actor, point):
        raise NotAllowed
    if Stocktake.objects.filter(point=point, state__in=OPEN).exists():
        raise StocktakeUnderWay
    there = StockBalance.objects.filter(
        place__organisation=point, place__kind__in=COUNTED_KINDS, lot__isnull=False, quantity__gt=0
    ).order_by("place_id", "title_id", "lot_id")
    balances = list(there.values_list("place__kind", "title_id", "lot_id", "quantity"))
    if not balances:
        raise NothingToCount
    row = Stocktake.objects.create(point=point, begun_at=at, begun_by_id=actor.person_id)
    StocktakeLine.objects.bulk_create(
        [
            StocktakeLine(stocktake=row, kind=kind, title_id=title_id, lot_id=lot_id, expected=quantity)
            for kind, title_id, lot_id, quantity in balances
        ],
        batch_size=2000,
    )
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.begin_stocktake",
        subject=row,
        after={"lines": len(balances), "copies": sum(quantity for *_rest, quantity in balances)},
    )
    return row


@operation("distribution.add_counted_lot", label=_("Put a lot on the counting list"))
def add_counted_lot(
    *,
    actor: Actor,
    at: datetime,
    stocktake: Stocktake,
    lot: ShipmentLine,
    kind: PlaceKind,
    request_key: str | None = None,
) -> StocktakeLine:
    """Put a lot on the list that stands there although the books have none of it in that place.

    A lot that is on the list already stays as it is. Raise ``WrongState``, ``NotAllowed`` or ``NotFound``.
    """
    row = locked_stocktake(stocktake)
    STOCKTAKE_FLOW.require("save_counts", actor=actor, subject=row, at=at)
    if kind not in COUNTED_KINDS or lot.shipment.point_id != row.point_id:
        raise NotFound
    line, is_new = StocktakeLine.objects.get_or_create(
        stocktake=row, kind=kind, lot=lot, defaults={"title_id": lot.title_id, "expected": 0}
    )
    if is_new:
        audit.record(
            actor=actor,
            at=at,
            verb="distribution.add_counted_lot",
            subject=row,
            after={"lot": lot.code, "place": str(kind)},
        )
    return line


@operation("distribution.cancel_stocktake", label=_("Call a stock-taking off"))
def cancel_stocktake(
    *, actor: Actor, at: datetime, stocktake: Stocktake, request_key: str | None = None
) -> Stocktake:
    """Call a count off; nothing of it is entered. Raise ``WrongState`` or ``NotAllowed``."""
    row = locked_stocktake(stocktake)
    STOCKTAKE_FLOW.require("cancel_stocktake", actor=actor, subject=row, at=at)
    before = audit.snapshot(row, "state")
    row.state = StocktakeState.CANCELLED
    row.save(update_fields=["state"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.cancel_stocktake",
        subject=row,
        before=before,
        after=audit.snapshot(row, "state"),
    )
    return row
