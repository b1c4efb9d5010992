"""Calendar days are counted in Asia/Shanghai, whatever the server's own zone is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local_date(moment: datetime) -> date:
    """Return the calendar day in Asia/Shanghai on which ``moment`` falls."""
    return moment.astimezone(SHANGHAI).date()


def local_time(moment: datetime) -> datetime:
    """Return ``moment`` as clocks in Asia/Shanghai show it."""
    return moment.astimezone(SHANGHAI)
