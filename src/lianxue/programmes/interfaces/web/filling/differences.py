"""What differs between two versions of a filing: word for word in texts, row for row in grids."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lianxue.programmes.interfaces.web.filling.told import told
from lianxue.programmes.models.definition import Field, Form, Grid

# Words of letters and figures stay whole; every Chinese character counts as a word.
WORDS = re.compile(r"[A-Za-z0-9_.@/:-]+|\s+|.", re.DOTALL)
SHORT = 60  # characters: up to here a cell is replaced as a whole
MOST_WORDS = 6_000  # beyond, whole lines are compared: reckoning word by word would take too long


@dataclass(frozen=True, slots=True)
class Difference:
    """One question whose answer differs: old and new words, marked; or the rows of a grid that differ."""

    key: str
    title: str
    marked: SafeString
    rows: Sequence["RowDifference"] = ()


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One row of a grid that is new, gone or changed."""

    kind: str  # added, removed, changed
    label: str
    marked: SafeString


def differences(
    form: Form,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    areas: Mapping[str, str],
    *,
    files: tuple[Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]] = ((), ()),
) -> list[Difference]:
    """Return the questions whose answers differ, in the order of the form."""
    found: list[Difference] = []
    for part in form.sections:
        if isinstance(part, Grid):
            rows = _row_differences(part, old.get(part.key), new.get(part.key), areas)
            if rows:
                found.append(Difference(part.key, part.title, SafeString(""), rows))
            continue
        for one in part.fields:
            before, after = _words(one, old, areas, files[0]), _words(one, new, areas, files[1])
            if before != after:
                found.append(Difference(one.key, one.title, marked(before, after)))
    return found


def _words(
    one: Field, answers: Mapping[str, Any], areas: Mapping[str, str], files: Sequence[Mapping[str, Any]]
) -> str:
    if one.type == "files":
        return "\n".join(str(file["name"]) for file in files if file["key"] == one.key)
    return told(one, answers.get(one.key), areas)


def marked(before: str, after: str) -> SafeString:
    """Return both texts in one, with what went struck out and what came underlined."""
    first, second = WORDS.findall(before), WORDS.findall(after)
    if len(first) + len(second) > MOST_WORDS:
        first, second = before.splitlines(keepends=True), after.splitlines(keepends=True)
    parts: list[str] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(a=first, b=second, autojunk=False).get_opcodes():
        gone, come = "".join(first[a:b]), "".join(second[c:d])
        if kind == "equal":
            parts.append(gone)
        else:
            parts += [format_html("<del>{}</del>", gone)] if gone else []
            parts += [format_html("<ins>{}</ins>", come)] if come else []
    return format_html_join("", "{}", ((part,) for part in parts))


def _cell(before: str, after: str) -> SafeString:
    """Return what a cell says now beside what it said: a name that is half struck out nobody can read."""
    if max(len(before), len(after)) > SHORT:
        return marked(before, after)
    gone = format_html("<del>{}</del> ", before) if before else ""
    return format_html("{}{}", gone, format_html("<ins>{}</ins>", after) if after else "")


def _row_differences(grid: Grid, old: Any, new: Any, areas: Mapping[str, str]) -> list[RowDifference]:
    before = {str(row.get("_id")): row for row in old or []}
    after = {str(row.get("_id")): row for row in new or []}
    found: list[RowDifference] = []
    for row_id, row in after.items():
        if row_id not in before:
            found.append(RowDifference("added", _("new"), marked("", _line(grid, row, areas))))
        elif before[row_id] != row:
            cells = [
                (
                    one.title,
                    _cell(told(one, before[row_id].get(one.key), areas), told(one, row.get(one.key), areas)),
                )
                for one in grid.columns
                if before[row_id].get(one.key) != row.get(one.key)
            ]
            name = _name(grid, row, areas)
            found.append(RowDifference("changed", name, format_html_join("，", "{}：{}", cells)))
    found += [
        RowDifference("removed", _("removed"), marked(_line(grid, row, areas), ""))
        for row_id, row in before.items()
        if row_id not in after
    ]
    return found


def _line(grid: Grid, row: Mapping[str, Any], areas: Mapping[str, str]) -> str:
    return "，".join(filter(None, (told(one, row.get(one.key), areas) for one in grid.columns)))


def _name(grid: Grid, row: Mapping[str, Any], areas: Mapping[str, str]) -> str:
    """Return the first two answers of a row, by which people know it: the area and the name."""
    return " ".join(filter(None, (told(one, row.get(one.key), areas) for one in grid.columns[:2])))
