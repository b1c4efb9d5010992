"""The second person: what differs is entered into the ledger, or goes back to be counted again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import PlaceKind, StocktakeState
from lianxue.distribution.errors import CopiesMovedSince
from lianxue.distribution.events import StocktakeSettled
from lianxue.distribution.flows.stocktake import STOCKTAKE_FLOW
from lianxue.distribution.models import Stocktake, StocktakeLine
from lianxue.distribution.operations.checks import require_reason
from lianxue.distribution.operations.ledger import Leg, Posting, Spot, move, post_many, reference_to
from lianxue.distribution.operations.stocktaking.books import Held, locked_books, locked_stocktake
from lianxue.distribution.queries.stocktaking import differing_lines
from lianxue.kernel import audit
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

TITLES_NAMED = 5


@operation("distribution.settle_stocktake", label=_("Settle a stock-taking"))
def settle_stocktake(
    *, actor: Actor, at: datetime, stocktake: Stocktake, request_key: str | None = None
) -> Stocktake:
    """Enter the differences that were found when each line was counted; what moved since then stays as it moved.

    Missing copies go to where missing ones are, damaged ones to the damaged; what was found beyond the books comes
    from there, or from outside. A copy missing here and found there has only stood in the other place. Whoever counted
    cannot settle; the superior unit's administrator can when nobody else at the point could. A real loss may leave a
    title without a displayed copy: S0-29 then has to be mended by hand. Raise ``WrongState``, ``NotAllowed``,
    ``Unmet`` or ``CopiesMovedSince``.
    """
    row = locked_stocktake(stocktake)
    is_own = actor.organisation_id == row.point_id
    verb = "settle_stocktake" if is_own else "settle_from_above"
    STOCKTAKE_FLOW.require(verb, actor=actor, subject=row, at=at)
    lines = list(differing_lines(row))
    books = locked_books(row.point_id, {line.lot_id for line in lines})
    _require_there(lines, books)
    postings = [
        Posting("stocktake", reference_to(row), legs, reason=line.reason)
        for line, legs in _entries(row.point_id, lines, books)
    ]
    row.state, row.settled_at, row.settled_by_id = StocktakeState.SETTLED, at, actor.person_id
    row.save(update_fields=["state", "settled_at", "settled_by"])
    if postings:
        post_many(at=at, person_id=actor.person_id, postings=postings)
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.settle_stocktake",
        subject=row,
        before={"state": StocktakeState.COUNTED},
        after={
            "state": row.state,
            "differences": {f"{line.lot.code} {line.kind}": line.difference for line in lines},
        },
    )
    publish(StocktakeSettled(stocktake_id=row.pk, point_id=row.point_id))
    return row


@operation("distribution.return_count", label=_("Send a count back"))
def return_count(
    *, actor: Actor, at: datetime, stocktake: Stocktake, reason: str, request_key: str | None = None
) -> Stocktake:
    """Send a count back to be counted again, with a reason. Raise ``WrongState``, ``NotAllowed``, ``ReasonMissing``."""
    row = locked_stocktake(stocktake)
    STOCKTAKE_FLOW.require("return_count", actor=actor, subject=row, at=at)
    why = require_reason(reason)
    before = audit.snapshot(row, "state")
    row.state, row.return_reason = StocktakeState.COUNTING, why
    row.save(update_fields=["state", "return_reason"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.return_count",
        subject=row,
        before=before,
        after=audit.snapshot(row, "state"),
        note=why,
    )
    return row


def _require_there(lines: Iterable[StocktakeLine], books: dict[Held, int]) -> None:
    """Refuse what can no longer be: copies counted as missing have been handed out since."""
    gone = [
        line.title.entry.title
        for line in lines
        if books.get(Held(line.kind, line.lot_id), 0) + line.difference < 0
    ]
    if gone:
        titles = ", ".join(gone[:TITLES_NAMED])
        raise CopiesMovedSince(CopiesMovedSince.default_message % {"titles": titles})


def _entries(
    point_id: int, lines: Iterable[StocktakeLine], books: dict[Held, int]
) -> list[tuple[StocktakeLine, list[Leg]]]:
    """Return what each differing line moves."""
    by_lot: dict[int, list[StocktakeLine]] = defaultdict(list)
    for line in lines:
        by_lot[line.lot_id].append(line)
    made: list[tuple[StocktakeLine, list[Leg]]] = []
    for lot_id, of_lot in by_lot.items():
        found = _of_lot(point_id, of_lot, books.get(Held(PlaceKind.LOST, lot_id), 0))
        made += [(line, legs) for line, legs in found if legs]
    return made


def _of_lot(
    point_id: int, lines: Sequence[StocktakeLine], lost_before: int
) -> list[tuple[StocktakeLine, list[Leg]]]:
    """Return what the lines of one lot move: first between store and corner, then from and to the missing ones."""
    missing = {line.pk: max(-line.difference - line.damaged, 0) for line in lines}
    made: list[tuple[StocktakeLine, list[Leg]]] = []
    for line in lines:
        here, surplus = PlaceKind(line.kind), max(line.difference, 0)
        legs: list[Leg] = []
        for other in lines:
            moved = min(surplus, missing[other.pk])
            legs += _move(line, point_id, moved, PlaceKind(other.kind), here)
            missing[other.pk] -= moved
            surplus -= moved
        back = min(surplus, lost_before)
        lost_before -= back
        legs += _move(line, point_id, back, PlaceKind.LOST, here)
        legs += _move(line, point_id, surplus - back, PlaceKind.OUTSIDE, here)
        legs += _move(line, point_id, line.damaged, here, PlaceKind.DAMAGED)
        made.append((line, legs))
    for line, legs in made:
        legs.extend(_move(line, point_id, missing[line.pk], PlaceKind(line.kind), PlaceKind.LOST))
    return made


def _move(
    line: StocktakeLine, point_id: int, quantity: int, source: PlaceKind, target: PlaceKind
) -> tuple[Leg, ...]:
    return move(
        quantity,
        title_id=line.title_id,
        source=Spot(point_id, source),
        target=Spot(point_id, target),
        source_lot_id=line.lot_id,
        target_lot_id=line.lot_id,
    )
