"""What readers think of titles, from wherever it is gathered: features that gather it register a source."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from lianxue.kernel.registry import Registry


@dataclass(frozen=True)
class Rating:
    """How many of five stars a reader gave to a catalogue entry, and when."""

    entry_id: int
    stars: int
    on: date


# A source is asked for some entries and a span of time, and gives one rating for each reader who counts.
RatingSource = Callable[[Collection[int], datetime, datetime], Iterable[Rating]]
RATING_SOURCES: Registry[RatingSource] = Registry("sources of ratings")


def ratings_of(entry_ids: Collection[int], *, first: datetime, after: datetime) -> list[Rating]:
    """Return the ratings of some entries from ``first`` until before ``after``, of all sources."""
    if not entry_ids:
        return []
    return [one for source in RATING_SOURCES.values() for one in source(entry_ids, first, after)]
