"""Days of the demonstration."""

from datetime import date, datetime, timedelta

from lianxue.distribution.public import RoundDays
from lianxue.kernel.clock import SHANGHAI, local_date
from lianxue.programmes.public import Days

WEEK, SATURDAY = 7, 5
# New Year, Labour Day and National Day; the Spring Festival moves, and none of this is a calendar to count by.
HOLIDAYS = {(1, 1), *((5, day) for day in range(1, 6)), *((10, day) for day in range(1, 9))}


class Year:
    """Days of the demonstration, counted from the day on which it is loaded."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = local_date(now)

    def day(self, offset: int, hour: int = 9) -> datetime:
        """Return nine o'clock in the morning (or ``hour``) on the day that is ``offset`` days from today."""
        day = self.today + timedelta(days=offset)
        return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)

    def is_off(self, offset: int) -> bool:
        """Tell whether nobody works on a day: a weekend, or a holiday that has the same days every year."""
        day = self.on(offset)
        return day.weekday() >= SATURDAY or (day.month, day.day) in HOLIDAYS

    def working_day(self, offset: int, hour: int = 9) -> datetime:
        """Return that hour on the day that is ``offset`` days from today, or on the next that people work on."""
        while self.is_off(offset):
            offset += 1
        return self.day(offset, hour)

    def days(
        self, demand_from: int, demand_until: int, aggregate_until: int, receive_until: int
    ) -> RoundDays:
        """Return the windows of a round."""
        return RoundDays(
            demand_from=self.today + timedelta(days=demand_from),
            demand_until=self.today + timedelta(days=demand_until),
            aggregate_until=self.today + timedelta(days=aggregate_until),
            receive_until=self.today + timedelta(days=receive_until),
            remind_days_before=3,
            remind_days_after=1,
        )

    def name(self, offset: int, number: str) -> str:
        """Return the name of the round that opened ``offset`` days from today."""
        return f"{self.day(offset).year}年{number}资源配送"

    def on(self, offset: int) -> date:
        """Return the day that is ``offset`` days from today."""
        return self.today + timedelta(days=offset)

    def window(self, first: int, last: int) -> Days:
        """Return the days of a stage of a call."""
        return Days(self.on(first), self.on(last))
