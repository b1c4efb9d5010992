"""What stands on the list with which a point counts its copies by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class CountingRow:
    """One lot in one place; what the books have is left out, so that nobody counts towards it."""

    place: str
    lot: str
    title: str


@dataclass(frozen=True, kw_only=True)
class CountingList:
    """The list of one count at one point."""

    point: str
    begun_on: date
    rows: Sequence[CountingRow]
