"""The one place that asks what time it is.

Deadlines and days are counted in Asia/Shanghai whatever the server's own zone is.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return this moment, with its time zone."""
    return timezone.now()


def local_date(moment: datetime) -> date:
    """Return the calendar day in Asia/Shanghai on which ``moment`` falls."""
    return moment.astimezone(SHANGHAI).date()


def today() -> date:
    """Return today's calendar day in Asia/Shanghai."""
    return local_date(now())
