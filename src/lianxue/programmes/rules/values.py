"""Whether one answer fits its question: one function a type, each returns a code and words, or None."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from lianxue.accounts.public import BadPhone, normalise_phone
from lianxue.programmes.models.definition.parts import TEXT_TYPES, Field
from lianxue.programmes.rules.checks import as_day, as_number

Outcome = tuple[str, str] | None  # a code, and what is wrong in words

# Control characters and halves of characters: the database cannot keep some of them, and nobody sees the others.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
POSTCODE = re.compile(r"[0-9]{6}")


def value_fault(one: Field, value: Any, areas: Mapping[str, str], is_final: bool) -> Outcome:
    """Return what is wrong with an answer that is there, or None; least numbers are asked for when it is final."""
    if one.type in TEXT_TYPES:
        return _text(one, value, is_final)
    if one.type == "area":
        if not isinstance(value, str):
            return _kind(one)
        return (
            None
            if value in areas
            else ("area", _("“%(title)s”: not one of your areas.") % {"title": one.title})
        )
    check = BY_TYPE[one.type]
    return check(one, value, is_final)


def _kind(one: Field) -> Outcome:
    return "kind", _("“%(title)s”: this is no answer of the right kind.") % {"title": one.title}


def _text(one: Field, value: Any, is_final: bool) -> Outcome:
    if not isinstance(value, str):
        return _kind(one)
    if UNPRINTABLE.search(value):
        return "characters", _("“%(title)s” holds characters that cannot be printed.") % {"title": one.title}
    if one.type != "long_text" and ("\n" in value or "\r" in value):
        return "lines", _("“%(title)s” is one line.") % {"title": one.title}
    length = len(value.strip())
    values: dict[str, object] = {
        "title": one.title,
        "length": length,
        "least": one.least_length,
        "most": one.most_length,
    }
    if length > one.most_length:
        return "most_length", _("“%(title)s”: %(length)d characters, at most %(most)d are possible.") % values
    if length < one.least_length and is_final:
        return "least_length", _(
            "“%(title)s”: %(length)d characters, at least %(least)d are needed."
        ) % values
    form = WRITTEN.get(one.type)
    return form(one, value) if form else None


def _phone(one: Field, value: str) -> Outcome:
    try:
        normalise_phone(value)
    except BadPhone as wrong:
        return "phone", f"{one.title}：{wrong.fields['phone']}"
    return None


def _email(one: Field, value: str) -> Outcome:
    try:
        validate_email(value.strip())
    except ValidationError:
        return "email", _("“%(title)s”: this is not an e-mail address.") % {"title": one.title}
    return None


def _postcode(one: Field, value: str) -> Outcome:
    if POSTCODE.fullmatch(value.strip()):
        return None
    return "postcode", _("“%(title)s” has 6 digits.") % {"title": one.title}


def _url(one: Field, value: str) -> Outcome:
    message = _("“%(title)s” is an address that begins with http:// or https://.") % {"title": one.title}
    try:
        parts = urlsplit(value.strip())
        is_right = (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", value.strip())
        )
        is_right = is_right and parts.username is None and (parts.port is None or parts.port > 0)
    except ValueError:
        return "url", message
    return None if is_right else ("url", message)


def _account(one: Field, value: str) -> Outcome:
    if value != value.strip():  # S1-86: kept to the letter, so a space at the end would be part of the name
        return "account", _("“%(title)s” begins or ends with a space.") % {"title": one.title}
    return None


WRITTEN: dict[str, Callable[[Field, str], Outcome]] = {
    "phone": _phone,
    "email": _email,
    "postcode": _postcode,
    "url": _url,
    "account": _account,
}


def _number(one: Field, value: Any, _is_final: bool) -> Outcome:
    found = as_number(value)
    if found is None:
        return "number", _("“%(title)s” is a number.") % {"title": one.title}
    values: dict[str, object] = {"title": one.title, "least": one.least, "most": one.most}
    if one.least is not None and found < one.least:
        return "least", _("“%(title)s” is at least %(least)d.") % values
    if one.most is not None and found > one.most:
        return "most", _("“%(title)s” is at most %(most)d.") % values
    return None


def _date(one: Field, value: Any, _is_final: bool) -> Outcome:
    return (
        None
        if as_day(value)
        else ("date", _("“%(title)s” is a day, for example 2021-04-30.") % {"title": one.title})
    )


def _yes_no(one: Field, value: Any, _is_final: bool) -> Outcome:
    return None if isinstance(value, bool) else _kind(one)


def _choice(one: Field, value: Any, _is_final: bool) -> Outcome:
    if isinstance(value, str) and one.option(value):
        return None
    return "option", _("“%(title)s”: not one of the options.") % {"title": one.title}


def _choices(one: Field, value: Any, is_final: bool) -> Outcome:
    keys = value.get("keys", []) if isinstance(value, Mapping) else None
    own = value.get("own", "") if isinstance(value, Mapping) else None
    if not isinstance(keys, list) or not isinstance(own or "", str):
        return _kind(one)
    chosen = [one.option(key) if isinstance(key, str) else None for key in keys]
    has_own = bool(own and own.strip())
    if None in chosen or len({str(key) for key in keys}) < len(keys) or (has_own and not one.own):
        return "option", _("“%(title)s”: not one of the options.") % {"title": one.title}
    if has_own and (
        wrong := _text(Field(key=one.key, title=one.title, most_length=one.most_length), own, is_final)
    ):
        return wrong
    number = len(keys) + has_own  # S2-09: one's own wording counts as one
    exclusive = next((option for option in chosen if option and option.exclusive), None)
    if exclusive and number > 1:  # S2-62
        values: dict[str, object] = {"title": one.title, "option": exclusive.title}
        return "exclusive", _("“%(title)s”: who chooses “%(option)s” chooses nothing else.") % values
    values = {"title": one.title, "number": number, "least": one.least, "most": one.most}
    if one.most is not None and number > one.most:  # S2-07
        return "most", _("“%(title)s”: %(number)d chosen, at most %(most)d are possible.") % values
    if one.least is not None and number < one.least and is_final:
        return "least", _("“%(title)s”: %(number)d chosen, at least %(least)d are needed.") % values
    return None


def _files(one: Field, value: Any, is_final: bool) -> Outcome:
    if (
        not isinstance(value, list)
        or not all(type(pk) is int for pk in value)
        or len(set(value)) < len(value)
    ):
        return _kind(one)
    values: dict[str, object] = {
        "title": one.title,
        "number": len(value),
        "least": one.least,
        "most": one.most,
    }
    if one.most is not None and len(value) > one.most:
        return "most", _("“%(title)s”: %(number)d files, at most %(most)d are possible.") % values
    if one.least is not None and len(value) < one.least and is_final:
        return "least", _("“%(title)s”: %(number)d files, at least %(least)d are needed.") % values
    return None


BY_TYPE: dict[str, Callable[[Field, Any, bool], Outcome]] = {
    "number": _number,
    "date": _date,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "files": _files,
}
