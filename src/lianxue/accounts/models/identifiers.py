"""Checks of what identifies a person: the citizen id (GB 11643) and the telephone number.

The citizen id is checked by form, check character, date and province only. A county's code is no ground for a
refusal: many elders were born before their county had its present code.
"""

import re
from datetime import date

import phonenumbers
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.errors import BadCitizenId, BadPhone
from lianxue.kernel.errors import Text

_SHAPE = re.compile(r"[1-9]\d{16}[\dX]")
_OLD_SHAPE = re.compile(r"[1-9]\d{14}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"  # ISO 7064 MOD 11-2
_PROVINCES = frozenset(
    (
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        71,
        81,
        82,
        83,
        91,
    )
)


def citizen_id_fault(number: str, *, today: date) -> Text | None:
    """Return what is wrong with an 18-character citizen id, or None when it is right."""
    if not _SHAPE.fullmatch(number):
        return _("An identity number has 17 digits and one digit or X at the end.")
    if int(number[:2]) not in _PROVINCES:
        return _("The first two digits name no province.")
    if _CHECK[sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True)) % 11] != number[17]:
        return _("The last character does not fit the others: at least one digit is mistyped.")
    try:
        born = date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    except ValueError:
        return _("Digits 7 to 14 are no date of birth.")
    if not date(1900, 1, 1) <= born <= today:
        return _("Digits 7 to 14 are no possible date of birth.")
    return None


def normalise_citizen_id(text: str, *, today: date) -> str:
    """Return the 18-character form of a citizen id; 15-digit ones of before 1999 are converted.

    Raise ``BadCitizenId`` with the reason when it cannot be right.
    """
    number = re.sub(r"[\s\-]", "", text).upper()
    if _OLD_SHAPE.fullmatch(number):
        longer = f"{number[:6]}19{number[6:]}"
        number = longer + _CHECK[sum(int(d) * w for d, w in zip(longer, _WEIGHTS, strict=True)) % 11]
    fault = citizen_id_fault(number, today=today)
    if fault is not None:
        raise BadCitizenId(fault, fields={"citizen_id": fault})
    return number


def normalise_phone(text: str) -> str:
    """Return a telephone number in E.164 form (``+8613812345678``); raise ``BadPhone`` when it cannot be one."""
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException as unreadable:
        raise BadPhone(fields={"phone": BadPhone.default_message}) from unreadable
    if not phonenumbers.is_valid_number(number):
        raise BadPhone(fields={"phone": BadPhone.default_message})
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
