"""Counts of a point's store and corner, for tests."""

from collections.abc import Mapping
from datetime import datetime

from lianxue.distribution.models import Stocktake, StocktakeLine
from lianxue.distribution.operations.stocktaking.begin import begin_stocktake, cancel_stocktake
from lianxue.distribution.operations.stocktaking.count import LineCount, finish_counting, save_counts
from lianxue.distribution.operations.stocktaking.settle import settle_stocktake
from lianxue.orgs.public import Actor
from tests.factories.distribution_stock import StockedRound
from tests.factories.orgs import AT

Place = tuple[str, int]  # kind of place, id of the lot


def lines_by_place(stocktake: Stocktake) -> dict[Place, StocktakeLine]:
    """Return the lines of a count by place and lot."""
    return {(line.kind, line.lot_id): line for line in stocktake.lines.all()}


def count_all(
    stocktake: Stocktake,
    actor: Actor,
    differing: Mapping[Place, int | tuple[int, int]] | None = None,
    *,
    at: datetime = AT,
) -> Stocktake:
    """Count every line as the books have it, but for those in ``differing``: good copies, or good and damaged ones."""
    counts, reasons = [], {}
    for place, line in lines_by_place(stocktake).items():
        found = (differing or {}).get(place, line.expected)
        good, damaged = found if isinstance(found, tuple) else (found, 0)
        counts.append(LineCount(line.pk, good, damaged))
        if good != line.expected:
            reasons[line.pk] = "清点时不在架上"
    return save_counts(actor=actor, at=at, stocktake=stocktake, counts=counts, reasons=reasons)


def stocktake_in(
    stocked: StockedRound,
    state: str,
    differing: Mapping[Place, int | tuple[int, int]] | None = None,
    *,
    at: datetime = AT,
) -> Stocktake:
    """Bring a count, made by the desk volunteer, into ``state``; the administrator settles it."""
    row = begin_stocktake(actor=stocked.desk, at=at, point=stocked.point)
    if state == "counting":
        return row
    if state == "cancelled":
        return cancel_stocktake(actor=stocked.desk, at=at, stocktake=row)
    count_all(row, stocked.desk, differing, at=at)
    row = finish_counting(actor=stocked.desk, at=at, stocktake=row)
    return settle_stocktake(actor=stocked.admin, at=at, stocktake=row) if state == "settled" else row
