"""Answers as words that people read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxue.programmes.errors import AnswerChanged
from lianxue.programmes.models.definition import Field, Grid
from lianxue.programmes.rules.checks import as_day


def told(asked: Field | Grid, value: Any, areas: Mapping[str, str]) -> str:
    """Return an answer in words: titles of options, names of areas, days as people write them."""
    if isinstance(asked, Grid):
        rows = [row for row in value or [] if isinstance(row, Mapping)]
        return "\n".join(
            "，".join(filter(None, (told(one, row.get(one.key), areas) for one in asked.columns)))
            for row in rows
        )
    if asked.type == "choices":
        kept = value if isinstance(value, Mapping) else {}
        titles = [one.title for one in asked.options if one.key in kept.get("keys", [])]
        return "；".join([*titles, *filter(None, [str(kept.get("own") or "")])])
    if asked.type == "choice":
        option = asked.option(str(value))
        return option.title if option else str(value or "")
    if asked.type == "area":
        return areas.get(str(value), str(value or ""))
    if asked.type == "yes_no":
        return "" if value is None else str(_("yes") if value else _("no"))
    if asked.type == "date":
        day: date | None = as_day(value)
        return date_format(day) if day else str(value or "")
    if asked.type == "files":
        return ""
    return "" if value is None else str(value)


def told_apart(
    asked: Field | Grid, mine: Any, clash: AnswerChanged, areas: Mapping[str, str]
) -> tuple[str, str]:
    """Return two answers to one question in words; of grids only the rows that both changed, or else in which they differ."""
    theirs: Any = clash.theirs
    if isinstance(asked, Grid):
        first, second = mine or [], theirs or []
        mine = [row for row in first if row not in second and _is_meant(row, clash)]
        theirs = [row for row in second if row not in first and _is_meant(row, clash)]
    return told(asked, mine, areas), told(asked, theirs, areas)


def _is_meant(row: Mapping[str, Any], clash: AnswerChanged) -> bool:
    return not clash.rows or row.get("_id") in clash.rows
