"""What a sent form holds: the answers by question, with the counts and fingerprints under which they were shown.

Names of inputs: ``a.<question>``, ``a.<grid>.<row>.<column>``, ``o.<grid>`` (the rows in their order), ``m.<question>``
(the count of changes), ``d.<question>`` (the fingerprint of what was shown), ``s.<grid>`` (those of its rows).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from lianxue.kernel.errors import NotFound
from lianxue.programmes.models.definition import Field, Form, Grid
from lianxue.programmes.operations.filings.putting import RowsSeen, Written
from lianxue.programmes.operations.filings.shapes import ROW_NAME
from lianxue.programmes.rules.fingerprints import digest_of, read_seen, seen_text
from lianxue.programmes.rules.merging import Preferred
from lianxue.programmes.rules.written import pasted_rows

MOST_DIGITS = 12
UP, DOWN, DROP = "up", "down", "drop"


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer as it was sent: its value, the count and the fingerprint under which it was shown."""

    value: Any
    mark: int
    digest: str
    seen: RowsSeen | None = None

    @property
    def is_changed(self) -> bool:
        """Tell whether it is another value than the one that was shown."""
        return digest_of(self.value) != self.digest

    @property
    def written(self) -> Written:
        """Return it as the operation takes it."""
        return Written(self.value, self.mark, self.seen)


def sent_answers(form: Form, data: QueryDict) -> dict[str, Sent]:
    """Return every answer that a form sent; questions that were not on the page are left out."""
    asked: Mapping[str, Field | Grid] = {**form.fields(), **form.grids()}
    return {
        key: Sent(sent_value(one, data), mark_of(data, key), data.get(f"d.{key}", ""), seen_in(data, one))
        for key, one in asked.items()
        if f"m.{key}" in data and not (isinstance(one, Field) and one.type == "files")
    }


def as_sent(sent: Mapping[str, Sent]) -> dict[str, Any]:
    """Return what a page shows in the place of what is kept: answers as they were sent, with what their writer had seen."""
    return {
        "shown": {key: one.value for key, one in sent.items()},
        "seen_marks": {key: one.mark for key, one in sent.items()},
        "seen_rows": {key: seen_text(one.seen.digests) for key, one in sent.items() if one.seen is not None},
    }


def mark_of(data: QueryDict, key: str) -> int:
    """Return the count of changes that came with an answer; what is no number is the count of nothing."""
    return number_in(data.get(f"m.{key}", ""))


def seen_in(data: QueryDict, asked: Field | Grid) -> RowsSeen | None:
    """Return the rows of a grid as its page has seen them, with what its writer has settled; ``None`` when it sent none."""
    text = data.get(f"s.{asked.key}")
    if text is None or not isinstance(asked, Grid):
        return None
    which, key, mark = settled_in(data)
    if key != asked.key:
        return RowsSeen(read_seen(text))
    return RowsSeen(read_seen(text), which, mark)


def settled_in(data: QueryDict) -> tuple[Preferred, str, int]:
    """Return which of two texts was chosen, for which question, at which count: ``mine:<question>:<count>``."""
    parts = data.get("settle", "").split(":")
    if len(parts) != 3 or parts[0] not in ("mine", "theirs"):  # noqa: PLR2004 - which, question, count
        return "", "", -1
    return ("mine" if parts[0] == "mine" else "theirs"), parts[1], number_in(parts[2])


def number_in(text: str) -> int:
    """Return a number that a page sends back, -1 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else -1


def sent_value(asked: Field | Grid, data: QueryDict) -> Any:
    """Return the value of one answer."""
    if isinstance(asked, Grid):
        return _rows(asked, data)
    return _cell(asked, f"a.{asked.key}", data)


def _cell(asked: Field, name: str, data: QueryDict) -> Any:
    if asked.type == "choices":
        keys = [one.key for one in asked.options if one.key in data.getlist(name)]
        return {"keys": keys, "own": data.get(f"{name}.own", "").strip()}
    text = data.get(name, "")
    if asked.type == "yes_no":
        return {"yes": True, "no": False}.get(text)
    text = text.replace("\r\n", "\n")
    return text if asked.type == "long_text" else text.strip()


def _rows(grid: Grid, data: QueryDict) -> list[dict[str, Any]]:
    names = [name for name in dict.fromkeys(data.getlist(f"o.{grid.key}")) if ROW_NAME.fullmatch(name)]
    names = _moved(names, data.get("move", ""), grid.key)
    rows: list[dict[str, Any]] = [
        {
            "_id": name,
            **{one.key: _cell(one, f"a.{grid.key}.{name}.{one.key}", data) for one in grid.columns},
        }
        for name in names
    ]
    if grid.row_titles:
        return rows
    return [row for row in rows if any(value not in ("", None) for key, value in row.items() if key != "_id")]


def _moved(names: list[str], word: str, grid: str) -> list[str]:
    """Return the rows after a press on one of their buttons: ``<grid>.<row>.up``, ``….down`` or ``….drop``."""
    parts = word.split(".")
    if len(parts) != 3 or parts[0] != grid or parts[1] not in names:  # noqa: PLR2004 - grid, row, where
        return names
    at, rest = names.index(parts[1]), [name for name in names if name != parts[1]]
    if parts[2] == DROP:
        return rest
    rest.insert(max(at - 1, 0) if parts[2] == UP else at + 1, parts[1])
    return rest


def settled(sent: dict[str, Sent], data: QueryDict) -> dict[str, Sent]:
    """Return the answers after a choice between two texts; of a grid it is a choice between rows, made when it is saved."""
    which, key, mark = settled_in(data)
    if key not in sent or mark < 0:
        return sent
    if sent[key].seen is not None:
        return {**sent, key: replace(sent[key], digest="")}
    if which == "theirs":
        return {name: one for name, one in sent.items() if name != key}
    return {**sent, key: replace(sent[key], mark=mark, digest="")}


def with_pasted(
    form: Form, areas: Mapping[str, str], sent: dict[str, Sent], data: QueryDict
) -> tuple[dict[str, Sent], dict[str, Any]]:
    """Return the answers with the rows that were pasted into a grid, or what is wrong in them; nothing half.

    Raise ``NotFound`` when there is no such grid.
    """
    asked_for = data.get("then", "")
    if not asked_for.startswith("paste:"):
        return sent, {}
    key = asked_for.removeprefix("paste:")
    grid, text = form.grids().get(key), data.get(f"p.{key}", "")
    if grid is None or key not in sent:
        raise NotFound
    pasted = pasted_rows(grid, text, areas)
    if pasted.faults:
        return sent, {key: " ".join(pasted.faults)}
    one = sent[key]
    taken = {row["_id"] for row in one.value}
    if grid.row_titles:
        rows = [
            {**row, **(pasted.rows[at] if at < len(pasted.rows) else {})} for at, row in enumerate(one.value)
        ]
    else:
        free = (name for name in (f"p{at}" for at in range(1, 10_000)) if name not in taken)
        rows = [*one.value, *({"_id": name, **row} for name, row in zip(free, pasted.rows, strict=False))]
    return {**sent, key: replace(one, value=rows, digest="")}, {}


def place_after(form: Form, data: QueryDict) -> str:
    """Return where the page goes on after a save, to stand behind its address: at the question that was at hand."""
    kind, _colon, key = data.get("then", "").partition(":")
    place = key if kind in ("rows", "paste") else data.get("move", "").partition(".")[0]
    place = place or settled_in(data)[1]
    if place not in form.grids() and place not in form.fields():
        return ""
    return f"?rows={place}#q-{place}" if kind == "rows" else f"#q-{place}"
