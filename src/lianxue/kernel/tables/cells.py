"""One cell: what a person typed, read as the kind of value that its column holds."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from lianxue.kernel.tables.shape import CellValue, Column


@dataclass(frozen=True)
class Formula:
    """A cell that computes its value."""


@dataclass(frozen=True)
class CellError:
    """A cell that shows an error such as #N/A."""

    code: str


RawValue = str | int | float | bool | datetime | date | time | timedelta | Formula | CellError

QUOTED = 30
CHOICES_SHOWN = 10
SAFE_DIGITS = 15  # a spreadsheet keeps 15 digits of a number; later ones are turned into zeros
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
WHOLE_NUMBER = re.compile(r"[+-]?(\d{1,12}|\d{1,3}(,\d{3}){1,3})")
MIDNIGHT = re.compile(r"[ T]0?0:00(:00)?$")
FIRST_YEAR, LAST_YEAR = 1900, 2199
WRITTEN_DATES = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})"),
    re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)


class Unreadable(Exception):
    """The cell does not hold what its column needs; ``str()`` says so to the person."""


def read_cell(raw: RawValue | None, column: Column) -> CellValue:
    """Return the value that ``raw`` means in ``column``. Raises Unreadable."""
    if isinstance(raw, Formula):
        raise Unreadable(_("The cell holds a formula. Please paste its value instead."))
    if isinstance(raw, CellError):
        raise Unreadable(_("The cell shows the error “%(code)s”.") % {"code": raw.code})
    if isinstance(raw, str):
        raw = raw.strip()
    if raw is None or raw == "":
        if column.required:
            raise Unreadable(_("This must be filled in."))
        return empty_value(column)
    return READERS[column.kind](raw, column)


def empty_value(column: Column) -> CellValue:
    """Return what an optional cell means when it is left empty: text is never None, numbers and dates are."""
    return "" if column.kind in ("text", "choice") else None


def plain(text: str) -> str:
    """Fold full-width letters, digits and punctuation, and drop spaces at the ends."""
    return unicodedata.normalize("NFKC", text).strip()


def matching_key(text: str) -> str:
    """Return the form under which titles and choices are compared: no width, case, space or asterisk counts."""
    return re.sub(r"[\s*]+", "", plain(text)).casefold()


def _text(raw: RawValue, column: Column) -> str:
    text = as_text(raw)
    if CONTROL.search(text):
        raise Unreadable(_("The cell contains characters that cannot be printed."))
    if len(text) > column.max_length:
        raise Unreadable(
            _("The text has %(length)d characters; at most %(limit)d are allowed.")
            % {"length": len(text), "limit": column.max_length}
        )
    return text


def as_text(raw: RawValue) -> str:
    """Return what a cell shows as text. Raise ``Unreadable`` for a number that has lost its last digits."""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, int | float):
        whole = _whole(raw)
        if whole is None:
            return str(raw)
        if len(str(abs(whole))) > SAFE_DIGITS:
            raise Unreadable(
                _(
                    "A long number was typed as a number and has lost its last digits. Format the cell as text and type it again."
                )
            )
        return str(whole)
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(" ", "minutes")
    return str(raw)


def _whole(number: float) -> int | None:
    if isinstance(number, int):
        return number
    return int(number) if number.is_integer() else None


def _integer(raw: RawValue, column: Column) -> int:
    number: int | None = None
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        number = _whole(raw)
    elif isinstance(raw, str) and WHOLE_NUMBER.fullmatch(plain(raw)):
        number = int(plain(raw).replace(",", ""))
    if number is None:
        raise Unreadable(_("“%(value)s” is not a whole number.") % {"value": _quoted(raw)})
    if not column.minimum <= number <= column.maximum:
        raise Unreadable(
            _("%(number)d is out of range: from %(minimum)d to %(maximum)d is allowed.")
            % {"number": number, "minimum": column.minimum, "maximum": column.maximum}
        )
    return number


def _date(raw: RawValue, _column: Column) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = plain(str(raw)) if isinstance(raw, str | int) and not isinstance(raw, bool) else ""
    text = MIDNIGHT.sub("", text).replace(" ", "")
    for pattern in WRITTEN_DATES:
        if found := pattern.fullmatch(text):
            year, month, day = (int(part) for part in found.groups())
            try:
                written = date(year, month, day)
            except ValueError:
                break
            if FIRST_YEAR <= year <= LAST_YEAR:
                return written
    raise Unreadable(
        _("“%(value)s” is not a date that can be read. Please write it like 2026-03-05.")
        % {"value": _quoted(raw)}
    )


def _choice(raw: RawValue, column: Column) -> str:
    choices = column.choices or ()
    wanted = matching_key(as_text(raw))
    for value, label in choices:
        if wanted in (matching_key(str(label)), matching_key(value)):
            return value
    labels = [str(label) for _value, label in choices[:CHOICES_SHOWN]]
    raise Unreadable(
        _("“%(value)s” is not one of: %(choices)s.")
        % {
            "value": _quoted(raw),
            "choices": " / ".join(labels) + (" …" if len(choices) > CHOICES_SHOWN else ""),
        }
    )


def _quoted(raw: RawValue) -> str:
    text = CONTROL.sub("�", str(raw))
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"


READERS: dict[str, Callable[[RawValue, Column], CellValue]] = {
    "text": _text,
    "integer": _integer,
    "date": _date,
    "choice": _choice,
}
