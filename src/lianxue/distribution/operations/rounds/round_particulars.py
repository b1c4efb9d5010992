"""What a round is called and when its days are, checked."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.errors import RoundNameTaken
from lianxue.distribution.models import Round
from lianxue.kernel.errors import Invalid, Text

NAME_LENGTH = 80
FIRST_YEAR, LAST_YEAR = 2000, 2100
DAY_FIELDS = ("demand_from", "demand_until", "aggregate_until", "receive_until")
TIMING_FIELDS = (*DAY_FIELDS, "remind_days_before", "remind_days_after")
MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class RoundDays:
    """The last days of a round's parts, in the order in which they come; None: no limit.

    Who has not reported is reminded so many days before the last day, and so many after it; None: not at all.
    """

    demand_from: date | None = None
    demand_until: date | None = None
    aggregate_until: date | None = None
    receive_until: date | None = None
    remind_days_before: int | None = None
    remind_days_after: int | None = None

    def faults(self) -> dict[str, Text]:
        """Return which days come before a day that they must follow."""
        found: dict[str, Text] = {}
        latest: date | None = None
        for name in DAY_FIELDS:
            day = getattr(self, name)
            if day is not None and latest is not None and day < latest:
                found[name] = _("This day is earlier than the one before it.")
            latest = max((d for d in (latest, day) if d is not None), default=None)
        for name, fewest in (("remind_days_before", 0), ("remind_days_after", 1)):
            number = getattr(self, name)
            if number is not None and not fewest <= number <= MOST_DAYS:
                found[name] = _("Please give a number of days up to 60, or leave it empty.")
        return found


def set_particulars(row: Round, *, name: str, year: int, days: RoundDays) -> None:
    """Put checked particulars into ``row`` without saving it.

    The caller holds a lock under which no other round of the office can take the name. Raise ``Invalid`` or
    ``RoundNameTaken``.
    """
    faults = days.faults()
    bare = name.strip()
    if not bare or len(bare) > NAME_LENGTH:
        faults["name"] = _("Please give a name of at most 80 characters.")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        faults["year"] = _("Please give a year from 2000 to 2100.")
    if faults:
        raise Invalid(fields=faults)
    if Round.objects.filter(office_id=row.office_id, year=year, name=bare).exclude(pk=row.pk).exists():
        raise RoundNameTaken(fields={"name": RoundNameTaken.default_message})
    row.name, row.year = bare, year
    for field in TIMING_FIELDS:
        setattr(row, field, getattr(days, field))
