"""Two people at one grid at once: the rows of both are kept, and only a row that both changed must be decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from lianxue.programmes.rules.fingerprints import row_digest

Row = dict[str, Any]
Preferred = Literal["", "mine", "theirs"]
NOTHING = row_digest({})


@dataclass(frozen=True, slots=True)
class Merged:
    """The rows of two people together; ``clashes`` names those that both changed and nobody has decided on."""

    rows: list[Row] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)


def merged_rows(
    mine: Sequence[Row], theirs: Sequence[Row], seen: Mapping[str, str], preferred: Preferred = ""
) -> Merged:
    """Put the rows that somebody sends together with those that another one saved meanwhile.

    ``seen`` holds the fingerprints of the rows when the sender last saw them, in their order. A row that only one of
    them changed, added or took out is as that one left it; where both did and differ, ``preferred`` says whose stands.
    """
    mine_by, theirs_by = ({str(row["_id"]): row for row in rows} for rows in (mine, theirs))
    kept: dict[str, Row] = {}
    clashes: list[str] = []
    for name in dict.fromkeys([*mine_by, *theirs_by, *seen]):
        first, second, was = mine_by.get(name), theirs_by.get(name), seen.get(name, NOTHING)
        here, there = (row_digest(row) if row is not None else NOTHING for row in (first, second))
        if here in (there, was):
            row = second  # theirs is what stands there: changed by them alone, or the same in both
        elif there == was or preferred == "mine":
            row = first
        elif preferred == "theirs":
            row = second
        else:
            clashes.append(name)
            continue
        if row is not None:
            kept[name] = row
    order = _order(list(mine_by), list(theirs_by), list(seen))
    return Merged([kept[name] for name in order if name in kept], clashes)


def _order(mine: list[str], theirs: list[str], seen: list[str]) -> list[str]:
    """Return all names in the order of whoever moved rows; new ones of the other follow at the end."""
    common = [name for name in seen if name in mine]
    has_moved = [name for name in mine if name in seen] != common
    first, second = (mine, theirs) if has_moved else (theirs, mine)
    return list(dict.fromkeys([*first, *second]))
