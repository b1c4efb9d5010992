"""Checks of what people type at the desk, the same for lending and issuing."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from lianxue.accounts.public import BadPhone, normalise_phone
from lianxue.distribution.errors import ReasonMissing
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid

MOST_AT_ONCE = 9999
NAME_LENGTH = 60
REASON_LENGTH = 300


def require_quantity(quantity: int, *, field: str = "quantity") -> None:
    """Raise ``Invalid`` unless ``quantity`` is a number of copies that one person can hand over."""
    if not 1 <= quantity <= MOST_AT_ONCE:
        raise Invalid(fields={field: _("Please give a number from 1 to 9999.")})


def require_name(name: str, *, field: str) -> str:
    """Return the name without outer spaces; raise ``Invalid`` when it is empty or too long."""
    bare = name.strip()
    if not bare or len(bare) > NAME_LENGTH:
        raise Invalid(fields={field: _("Please give a name of at most 60 characters.")})
    return bare


def require_reason(reason: str, *, field: str = "reason") -> str:
    """Return the reason without outer spaces; raise ``ReasonMissing`` when it is empty, ``Invalid`` when too long."""
    bare = reason.strip()
    if not bare:
        raise ReasonMissing(fields={field: ReasonMissing.default_message})
    if len(bare) > REASON_LENGTH:
        raise Invalid(fields={field: _("Please keep this under 300 characters.")})
    return bare


def past_day(day: date | None, at: datetime, *, field: str) -> date:
    """Return ``day``, or today when it is None; raise ``Invalid`` for a day that is still to come."""
    today = local_date(at)
    if day is not None and day > today:
        raise Invalid(fields={field: _("This day is still to come.")})
    return day or today


def day_with_reason(
    day: date | None, at: datetime, reason: str, *, field: str, reason_field: str = "backdated_reason"
) -> tuple[date, str]:
    """Return the day and why it is entered later: needed for a day before today, empty otherwise.

    Raise ``Invalid`` for a day still to come, ``ReasonMissing`` for an earlier one without a reason.
    """
    chosen = past_day(day, at, field=field)
    if chosen == local_date(at):
        return chosen, ""
    if not reason.strip():
        raise ReasonMissing(
            fields={reason_field: _("Please say why this is entered later than it happened.")}
        )
    return chosen, require_reason(reason, field=reason_field)


def optional_phone(text: str, *, field: str) -> str:
    """Return the telephone number in one form, or nothing when none was given. Raise ``BadPhone``."""
    if not text.strip():
        return ""
    try:
        return normalise_phone(text)
    except BadPhone as bad:
        raise BadPhone(fields={field: bad.message}) from bad
