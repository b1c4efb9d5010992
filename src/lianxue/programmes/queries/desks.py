"""At which desks the filings of a call lie."""

from collections.abc import Iterable

from lianxue.programmes.models import Call
from lianxue.programmes.models.definition import Level
from lianxue.programmes.rules.seats import SEATS


def desks_of(call: Call, level: Level, unit_ids: Iterable[int]) -> dict[int, int | None]:
    """Return the organisation that sits at a level, for each unit; None where nobody does. A constant number of reads."""
    return SEATS[level.seat].organisations(
        office_id=call.office_id,
        unit_ids=list(unit_ids),
        chain=call.definition.units.chain,
        given=level.given,
    )


def desk_of(call: Call, level: Level, unit_id: int) -> int | None:
    """Return the organisation that sits at a level for one unit."""
    return desks_of(call, level, [unit_id])[unit_id]
