"""The one place that asks what time it is. Operations never do: they are told ``at`` which moment they happen."""

from datetime import date, datetime

from django.utils import timezone

from lianxue.kernel.days import SHANGHAI, local_date, local_time

__all__ = ["SHANGHAI", "local_date", "local_time", "now", "today"]


def now() -> datetime:
    """Return this moment, with its time zone."""
    return timezone.now()


def today() -> date:
    """Return today's calendar day in Asia/Shanghai."""
    return local_date(now())
