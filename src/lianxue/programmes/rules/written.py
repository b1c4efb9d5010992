"""Answers as people write them in a spreadsheet: words in the place of keys, days in many ways."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from lianxue.programmes.models.definition.parts import Field, Grid

YES = frozenset({"是", "有", "√", "✓", "☑", "y", "yes", "true", "1"})
NO = frozenset({"否", "无", "×", "✗", "☐", "n", "no", "false", "0"})
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_GAPS = re.compile(r"[\s（）()：:、，,]+")
_ENDINGS = ("自治县", "县", "市", "区", "街道", "镇", "乡")


class NotUnderstood(ValueError):
    """A written value is none that its question knows."""


def value_of(asked: Field, text: str, areas: Mapping[str, str]) -> Any:
    """Return the value that ``text`` means for a question. Raise ``NotUnderstood`` with words."""
    text = text.strip() if asked.type != "long_text" else text
    if asked.type == "yes_no":
        return _yes_or_no(asked, text)
    if not text:
        return ""
    if asked.type == "choice":
        found = next((one.key for one in asked.options if _plain(one.title) == _plain(text)), None)
        found = found or next((one.key for one in asked.options if one.key == text), None)
        if found is None:
            words = "、".join(one.title for one in asked.options)
            raise NotUnderstood(
                _("“%(text)s” is none of: %(options)s.") % {"text": text[:40], "options": words}
            )
        return found
    if asked.type == "area":
        return area_of(text, areas)
    if asked.type == "date":
        found_day = DAY.fullmatch(text)
        if found_day is None:
            raise NotUnderstood(_("“%(text)s” is no day; write it as 2021-04-30.") % {"text": text[:40]})
        year, month, day = (int(part) for part in found_day.groups())
        return f"{year:04}-{month:02}-{day:02}"
    return text


def area_of(text: str, areas: Mapping[str, str]) -> str:
    """Return the code of the area that is named, with or without 县、市、区 at its end. Raise ``NotUnderstood``."""
    if text in areas:
        return text
    for shorten in (lambda name: name, _stem):
        found = [code for code, name in areas.items() if shorten(name) == shorten(text)]
        if len(found) == 1:
            return found[0]
    raise NotUnderstood(_("“%(text)s” is none of your areas.") % {"text": text[:40]})


def _stem(name: str) -> str:
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name


def _yes_or_no(asked: Field, text: str) -> bool | None:
    if not text:
        return None
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise NotUnderstood(_("“%(title)s” is yes or no.") % {"title": asked.title})


def _plain(text: str) -> str:
    return _GAPS.sub("", text).lower()


@dataclass
class Pasted:
    """Rows read from pasted text, and every fault with row and column, as people count them."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


MOST_FAULTS = 50


def pasted_rows(grid: Grid, text: str, areas: Mapping[str, str]) -> Pasted:
    """Read rows that were copied from a spreadsheet: columns apart by tabs, in the order of the form or under titles."""
    found = Pasted()
    try:
        lines = list(csv.reader(io.StringIO(text.replace("\x00", "")), delimiter="\t", strict=True))
    except csv.Error:
        found.faults.append(_("This cannot be read as rows of a table: a quotation mark is not closed."))
        return found
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    columns, has_titles = _columns(grid, lines[0] if lines else [])
    for number, line in enumerate(lines[1:] if has_titles else lines, start=2 if has_titles else 1):
        _read_line(found, columns, number, line, areas)
    if len(lines) - has_titles > grid.most_rows:
        values = {"number": len(lines) - has_titles, "most": grid.most_rows}
        found.faults.insert(0, _("%(number)d rows, at most %(most)d are possible.") % values)
    return found


def _columns(grid: Grid, head: list[str]) -> tuple[list[Field | None], bool]:
    """Return which column each place holds; titles in any order are recognised when at least half are known."""
    known = {_plain(one.title): one for one in grid.columns} | {
        _plain(one.printed_title): one for one in grid.columns
    }
    named = [known.get(_plain(cell)) for cell in head]
    if head and 2 * sum(one is not None for one in named) >= len([cell for cell in head if cell.strip()]):
        return named, True
    return list(grid.columns), False


def _read_line(
    found: Pasted, columns: list[Field | None], number: int, line: list[str], areas: Mapping[str, str]
) -> None:
    row: dict[str, Any] = {}
    for place, cell in enumerate(line):
        if place >= len(columns):
            if cell.strip():
                words = {"row": number, "column": place + 1}
                found.faults.append(_("Row %(row)d, column %(column)d: the form has no such column.") % words)
            continue
        asked = columns[place]
        if asked is None:
            continue  # a column of their own, such as a running number
        try:
            row[asked.key] = value_of(asked, cell, areas)
        except NotUnderstood as wrong:
            named = {"row": str(number), "column": asked.title, "fault": str(wrong)}
            found.faults.append(_("Row %(row)s, %(column)s: %(fault)s") % named)
    found.rows.append(row)
    del found.faults[MOST_FAULTS:]
