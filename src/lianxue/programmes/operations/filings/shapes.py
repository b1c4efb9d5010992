"""The shape in which an answer is kept, whatever a page, a file or a program sends."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Invalid
from lianxue.programmes.models.definition import Field, Grid
from lianxue.programmes.models.definition.soundness.forms import MOST_ROWS

LONGEST = 60_000
ROW_NAME = re.compile(r"[A-Za-z0-9_-]{1,20}")  # it stands in addresses and in the names of inputs
_WRONG = _("This answer has another shape than its question.")


def shaped(asked: Field | Grid, value: Any) -> Any:
    """Return ``value`` as it is kept; raise ``Invalid`` when it cannot be an answer to this question at all."""
    if isinstance(asked, Grid):
        return _rows(asked, value)
    if asked.type == "yes_no":
        return value if isinstance(value, bool | None) else _refuse()
    if asked.type == "choices":
        return _choices(asked, value)
    if asked.type == "files":
        return [int(one) for one in value] if isinstance(value, list) else _refuse()
    return _text(asked, value)


def _text(asked: Field, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        _refuse()
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if len(text) > LONGEST:
        raise Invalid(_("This text is too long."))
    # S1-86: an account is kept to the letter; nothing is folded or put in lower case anywhere.
    return text if asked.type == "long_text" else " ".join(text.split("\n")).strip()


def _choices(asked: Field, value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping) or not isinstance(value.get("keys", []), list):
        _refuse()
    keys = [one.key for one in asked.options if one.key in value.get("keys", [])]
    own = value.get("own", "") if asked.own else ""
    return {"keys": keys, "own": _text(asked, own)}


def _rows(asked: Grid, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or len(value) > MOST_ROWS:
        _refuse()
    rows: list[dict[str, Any]] = []
    taken: set[str] = set()
    for at, row in enumerate(value, start=1):
        if not isinstance(row, Mapping):
            _refuse()
        cells = {column.key: shaped(column, row.get(column.key)) for column in asked.columns}
        name = str(row.get("_id") or "")
        if not ROW_NAME.fullmatch(name) or name in taken:
            name = _free_name(taken, at)
        taken.add(name)
        if asked.row_titles or any(cell not in ("", False, None) for cell in cells.values()):
            rows.append({"_id": name, **cells})
    return rows


def _free_name(taken: set[str], at: int) -> str:
    while f"r{at}" in taken:
        at += 1
    return f"r{at}"


def _refuse() -> Any:
    raise Invalid(_WRONG)
