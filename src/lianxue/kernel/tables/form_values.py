"""One answer of a form: what stands in its cell, read as the kind of value that the question asks for."""

import re
import unicodedata
from collections.abc import Callable

from django.utils.translation import gettext as _

from lianxue.kernel.tables.cells import (
    CONTROL,
    CellError,
    Formula,
    RawValue,
    Unreadable,
    as_text,
    plain,
    read_cell,
)
from lianxue.kernel.tables.form_shape import FormField, FormValue, Ticked
from lianxue.kernel.tables.shape import Column

TICKS, BOXES = "☑☒✓✔√■✅●", "☐□◻▢❑❏○"
MARKS = re.compile(f"[{TICKS}{BOXES}]")
NOT_CLEAR = re.compile(rf"[{TICKS}][\s　]+[{BOXES}]")
DECIMAL = re.compile(r"[+-]?\d{1,15}(\.\d{1,9})?")
EMPTY_DAY = re.compile(r"[\s_/－-]*年?[\s_]*月?[\s_]*日?[\s_]*")
LINE_BREAKS = re.compile(r"\r\n?|_x000D_\n?")
YES, NO = ("是", "有", "yes", "true", "√", "✓", "✔", "☑"), ("否", "无", "不是", "no", "false", "×", "☐", "□")


def read_value(raw: RawValue | None, asked: FormField) -> FormValue:
    """Return the answer in ``raw``. Raise ``Unreadable`` with what to do."""
    if isinstance(raw, Formula):
        raise Unreadable(_("The cell holds a formula or field. Please put in its value as plain text."))
    if isinstance(raw, CellError):
        raise Unreadable(_("The cell shows the error “%(code)s”.") % {"code": raw.code})
    if isinstance(raw, str):
        raw = without_frame(raw, asked)
    if raw is None or raw == "":
        if asked.required:
            raise Unreadable(_("This must be filled in."))
        return {"choices": Ticked(), "date": None, "number": None, "yes_no": None}.get(asked.kind, "")
    return READERS[asked.kind](raw, asked)


def without_frame(text: str, asked: FormField) -> str:
    """Return what somebody wrote in a cell: without the guide words above it and the lines to sign below it."""
    text = LINE_BREAKS.sub("\n", text).strip()
    text = _after_guide(text, asked.guide) if asked.guide else text
    return _before_signature(text, asked.sign) if asked.sign else text


def folded(text: str) -> tuple[str, list[int]]:
    """Return ``text`` as it is compared (no spaces, no width, no case), and for each letter of that its place in ``text``."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        for part in unicodedata.normalize("NFKC", letter).casefold():
            if not part.isspace():
                letters.append(part)
                places.append(at)
    return "".join(letters), places


def label_key(text: str) -> str:
    """Return the form under which titles are compared: no colon at the end, no asterisk, no space, width or case."""
    return folded(text)[0].replace("*", "").rstrip(":")


def _after_guide(text: str, guide: str) -> str:
    key, places = folded(text)
    wanted = folded(guide)[0]
    if not key.startswith(wanted):
        return text
    return text[places[len(wanted) - 1] + 1 :].strip()


def _before_signature(text: str, sign: tuple[str, ...]) -> str:
    """Cut the lines to sign from the end, if all are there in their order: 单位负责人签字：王芳 公章： 2013年3月5日."""
    lines = text.split("\n")
    at = len(lines)
    for words in reversed(sign):
        at -= 1
        while at >= 0 and not lines[at].strip():
            at -= 1
        if at < 0 or not _is_signed_line(lines[at], words):
            return text
    return "\n".join(lines[:at]).strip()


def _is_signed_line(line: str, words: str) -> bool:
    key = folded(words)[0]
    if key.strip("_") in ("年月日", ""):
        return bool(re.fullmatch(r"[\d_]*年[\d_]*月[\d_]*日", folded(line)[0]))
    return folded(line)[0].startswith(key.rstrip(":"))


def _text(raw: RawValue, asked: FormField) -> str:
    text = LINE_BREAKS.sub("\n", as_text(raw)).strip()
    if CONTROL.search(text):
        raise Unreadable(_("The cell contains characters that cannot be printed."))
    if len(text) > asked.max_length:
        raise Unreadable(
            _("The text has %(length)d characters; at most %(limit)d are allowed.")
            % {"length": len(text), "limit": asked.max_length}
        )
    return text


def _number(raw: RawValue, _asked: FormField) -> FormValue:
    text = plain(as_text(raw)).replace(",", "")
    if not DECIMAL.fullmatch(text):
        raise Unreadable(_("“%(value)s” is not a number.") % {"value": text[:30]})
    whole, _point, rest = text.partition(".")
    return int(whole) if not rest.strip("0") else text.rstrip("0")


def _day(raw: RawValue, asked: FormField) -> FormValue:
    if isinstance(raw, str) and EMPTY_DAY.fullmatch(raw):
        return None
    return read_cell(raw, Column(asked.key, asked.title, "date", required=False))


def _yes_no(raw: RawValue, asked: FormField) -> FormValue:
    text = _text(raw, asked)
    if MARKS.search(text) and len(text) > 1:
        ticked = _ticked(text, (("yes", "是"), ("no", "否")), "").keys
        if len(ticked) > 1:
            raise Unreadable(_("Both are ticked. Please leave one."))
        return ticked == ("yes",) if ticked else None
    key = label_key(text)
    if key in YES or key in NO:
        return key in YES
    raise Unreadable(_("“%(value)s” is neither 是 nor 否.") % {"value": text[:30]})


def _choice(raw: RawValue, asked: FormField) -> FormValue:
    text = _text(raw, asked)
    for key, words in asked.options:
        if label_key(text) in (label_key(words), label_key(key)):
            return key
    if MARKS.search(text):
        found = _ticked(text, asked.options, asked.own)
        if len(found.keys) > 1:
            raise Unreadable(_("More than one is ticked. Please leave one."))
        return found.keys[0] if found.keys else found.own
    words_offered = " / ".join(words for _key, words in asked.options[:10])
    raise Unreadable(
        _("“%(value)s” is not one of: %(choices)s.") % {"value": text[:30], "choices": words_offered}
    )


def _choices(raw: RawValue, asked: FormField) -> FormValue:
    return _ticked(_text(raw, asked), asked.options, asked.own)


def _ticked(text: str, options: tuple[tuple[str, str], ...], own: str) -> Ticked:
    """Return what is ticked among the printed words, whether the mark stands before or behind them."""
    key, places = folded(text)
    spans = _spans(key, options)
    own_at = key.find(folded(own)[0], max((end for _k, _s, end in spans), default=0)) if own else -1
    if own_at >= 0:
        spans.append(("", own_at, own_at + len(folded(own)[0])))
    if not spans:
        raise Unreadable(_("None of the printed words is there. Please tick the boxes of the form."))
    end_of_last = places[spans[-1][2] - 1] + 1
    if not MARKS.search(text[:end_of_last] if own_at >= 0 else text):
        # Whoever left only what applies has chosen it; all of them without any mark is a form as it was printed.
        wording = text[end_of_last:].strip(" \t\n　_") if own_at >= 0 else ""
        is_as_printed = len(spans) == len(options) + bool(own) and not wording
        return Ticked(() if is_as_printed else tuple(k for k, _s, _e in spans if k), wording)
    before = MARKS.search(text[: places[spans[0][1]]]) is not None
    ticked: list[str] = []
    wording = ""
    for at, (option, start, end) in enumerate(spans):
        if before:
            gap = text[(places[spans[at - 1][2] - 1] + 1) if at else 0 : places[start]]
        else:
            gap = text[places[end - 1] + 1 : places[spans[at + 1][1]] if at + 1 < len(spans) else len(text)]
        if NOT_CLEAR.search(gap):
            raise Unreadable(_("It is not clear which box is ticked. Please put the tick in the box itself."))
        if any(mark in gap for mark in TICKS):
            if option:
                ticked.append(option)
            else:
                wording = text[end_of_last:].strip(" \t　_")
    return Ticked(tuple(ticked), wording.strip())


def _spans(key: str, options: tuple[tuple[str, str], ...]) -> list[tuple[str, int, int]]:
    """Return where the words of each option stand, in their order on paper."""
    found: list[tuple[str, int, int]] = []
    last = 0
    for option, words in options:
        wanted = folded(words)[0]
        at = key.find(wanted, last)
        if at < 0:
            at = key.find(wanted)
        if at >= 0:
            found.append((option, at, at + len(wanted)))
            last = at + len(wanted)
    return sorted(found, key=lambda span: span[1])


READERS: dict[str, Callable[[RawValue, FormField], FormValue]] = {
    "text": _text,
    "long_text": _text,
    "number": _number,
    "date": _day,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
}
