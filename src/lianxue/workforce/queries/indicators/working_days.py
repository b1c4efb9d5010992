"""Working days: Monday to Friday, without the days off and with the extra days that the office named."""

from collections.abc import Collection
from datetime import date, timedelta

SATURDAY = 5
LONGEST = 3660


def working_days(first: date, last: date, *, off: Collection[date] = (), extra: Collection[date] = ()) -> int:
    """Return how many working days lie after ``first`` until ``last``, inclusive; the same day is 0."""
    count = 0
    for step in range(1, min((last - first).days, LONGEST) + 1):
        day = first + timedelta(days=step)
        if day in extra or (day.weekday() < SATURDAY and day not in off):
            count += 1
    return count
