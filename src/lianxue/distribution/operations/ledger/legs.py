"""The two sides of a movement."""

from dataclasses import dataclass

from lianxue.distribution.enums import PlaceKind


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
