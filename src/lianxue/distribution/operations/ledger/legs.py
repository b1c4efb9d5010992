"""The two sides of a movement."""

from dataclasses import dataclass

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.models import Issue, Loan


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in which copies can be, before its row is known: one of each kind per organisation."""

    organisation_id: int
    kind: PlaceKind


@dataclass(frozen=True, slots=True)
class Leg:
    """``quantity`` copies of a title come to (+) or leave (-) a place; ``lot_id`` None: not packed for a point yet."""

    spot: Spot
    title_id: int
    lot_id: int | None
    quantity: int


def move(
    quantity: int,
    *,
    title_id: int,
    source: Spot,
    target: Spot,
    source_lot_id: int | None = None,
    target_lot_id: int | None = None,
) -> tuple[Leg, ...]:
    """Return both legs of moving ``quantity`` copies; none when there is nothing to move."""
    if not quantity:
        return ()
    return (
        Leg(source, title_id, source_lot_id, -quantity),
        Leg(target, title_id, target_lot_id, quantity),
    )


def copies_going_out(record: Loan | Issue, kind: PlaceKind) -> tuple[Leg, ...]:
    """Return the legs of handing out the copies of a loan or issue: from store and corner to ``kind``."""
    return _between(record, PlaceKind.SHELF, kind, record.quantity - record.from_display) + _between(
        record, PlaceKind.DISPLAY, kind, record.from_display
    )


def copies_coming_back(record: Loan | Issue, kind: PlaceKind) -> tuple[Leg, ...]:
    """Return the legs of taking the copies of a loan or issue back from ``kind``, each to where it stood."""
    return _between(record, kind, PlaceKind.DISPLAY, record.from_display) + _between(
        record, kind, PlaceKind.SHELF, record.quantity - record.from_display
    )


def copies_lost(record: Loan) -> tuple[Leg, ...]:
    """Return the legs of giving up the copies of a loan."""
    return _between(record, PlaceKind.ON_LOAN, PlaceKind.LOST, record.quantity)


def _between(record: Loan | Issue, source: PlaceKind, target: PlaceKind, quantity: int) -> tuple[Leg, ...]:
    return move(
        quantity,
        title_id=record.title_id,
        source=Spot(record.point_id, source),
        target=Spot(record.point_id, target),
        source_lot_id=record.lot_id,
        target_lot_id=record.lot_id,
    )
