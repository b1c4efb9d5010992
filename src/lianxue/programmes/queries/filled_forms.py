"""A filled-in form that comes back as a file: where each answer stands on the paper, and what it says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from lianxue.kernel.tables import FormField, FormRead, FormShape, FormTable, Ticked, read_form
from lianxue.kernel.tables.cells import Unreadable
from lianxue.kernel.tables.form_values import MARKS, label_key, read_value
from lianxue.programmes.models.definition import Field, Fields, Form, Grid, PrintCell, PrintGrid
from lianxue.programmes.queries.papers import OWN_WORDS
from lianxue.programmes.rules.written import NotUnderstood, area_of

KINDS = {
    "long_text": "long_text",
    "number": "number",
    "date": "date",
    "yes_no": "yes_no",
    "choice": "choice",
    "choices": "choices",
}
NUMBERED = re.compile(r"^[\s　]*[（(]?[0-9一二三四五六七八九十]{1,2}[)）.．、]")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
LONGEST = 60_000


@dataclass
class FormAnswers:
    """What a file answers, and every fault with its place; nothing of a file with faults may be saved."""

    answers: dict[str, Any] = field(default_factory=dict)
    read: FormRead | None = None

    @property
    def faults(self) -> list[Any]:
        return self.read.faults if self.read else []


def answers_in(form: Form, upload: "File[bytes] | bytes", areas: Mapping[str, str]) -> FormAnswers:
    """Read a filled-in form. Raise ``Invalid`` when the file as a whole cannot be read."""
    read = read_form(upload, shape_of(form))
    found = FormAnswers(read=read)
    asked = form.fields()
    for cell in _cells_with_more(form):
        _take_apart(cell, asked, read)
    for key, value in read.values.items():
        if key in asked:
            found.answers[key] = _value(asked[key], value, areas, read.places.get(key, ""), read)
    for key, rows in read.grids.items():
        grid = form.grids()[key]
        found.answers[key] = [
            {
                "_id": f"r{at}",
                **{
                    one.key: _value(one, row.get(one.key), areas, row.places.get(one.key, ""), read)
                    for one in grid.columns
                },
            }
            for at, row in enumerate(rows, start=1)
        ]
    return found


def _value(asked: Field, value: Any, areas: Mapping[str, str], place: str, read: FormRead) -> Any:
    if isinstance(value, Ticked):
        return {"keys": list(value.keys), "own": value.own}
    if isinstance(value, date):
        return value.isoformat()
    if asked.type == "yes_no":
        return value if isinstance(value, bool) else None
    text = "" if value is None else str(value)
    if asked.type == "area" and text:
        try:
            return area_of(text, areas)
        except NotUnderstood as wrong:
            read.add(place, asked.title, str(wrong))
    return text


def _take_apart(cell: PrintCell, asked: Mapping[str, Field], read: FormRead) -> None:
    """Part the answers that stand in one cell, each below its title."""
    raw, place = str(read.values.pop(cell.field, "") or ""), read.places.get(cell.field, "")
    parts: dict[str, str] = {}
    if not cell.boxes and cell.below:
        raw = _with_title(raw, asked[cell.field], asked[cell.below[0]])
    for key in reversed(cell.below):
        title = f"{asked[key].printed_title}："
        at = raw.find(title) if raw.startswith(title) else raw.find(f"\n{title}")
        if at < 0:
            if raw.strip():
                read.add(
                    place, asked[key].title, _("“%(title)s” is not in this cell any more.") % {"title": title}
                )
            continue
        raw, parts[key] = raw[:at], raw[at:].strip().removeprefix(title).strip()
    for key, text in {cell.field: raw.strip(), **parts}.items():
        read.places[key] = place
        try:
            if key == cell.field and not cell.boxes:
                read.values[key] = _chosen(text, asked[key])
            else:
                read.values[key] = read_value(text, _form_field(asked[key], asked[key].title))
        except Unreadable as wrong:
            read.add(place, asked[key].title, str(wrong))


def _with_title(raw: str, choices: Field, below: Field) -> str:
    """Put the title of the answer below in, where somebody wrote into the empty cell: first what is chosen, then it."""
    title = f"{below.printed_title}："
    lines = raw.split("\n")
    if not raw.strip() or any(line.startswith(title) for line in lines):
        return raw
    begun = next((at for at, line in enumerate(lines) if _option_on(line, choices) is None), len(lines))
    return "\n".join([*lines[:begun], title, *lines[begun:]])


def _chosen(text: str, asked: Field) -> Ticked:
    """Read options that stand each on its line without boxes. Raise ``Unreadable`` for a line that is none."""
    keys: list[str] = []
    own = ""
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        option = _option_on(line, asked)
        if option is None:
            if MARKS.search(text):  # boxes that somebody put there: as they are ticked
                value = read_value(text, _form_field(asked, asked.title))
                return value if isinstance(value, Ticked) else Ticked()
            titles = " / ".join([*(one.title for one in asked.options), *([OWN_WORDS] if asked.own else [])])
            values = {"value": line[:30], "choices": titles}
            raise Unreadable(_("“%(value)s” is not one of: %(choices)s.") % values)
        if option:
            keys.append(option)
        else:
            own = line.removeprefix(OWN_WORDS).strip()
    return Ticked(tuple(keys), own)


def _option_on(line: str, asked: Field) -> str | None:
    """Return the option that a line names, "" for one in own words, None for neither; a number before it does not count."""
    if asked.own and line.startswith(OWN_WORDS):
        return ""
    said = label_key(NUMBERED.sub("", line))
    return next((one.key for one in asked.options if label_key(one.title) == said), None)


def _cells_with_more(form: Form) -> list[PrintCell]:
    rows = form.paper.rows if form.paper else ()
    return [
        cell
        for row in rows
        if not isinstance(row, PrintGrid)
        for cell in row
        if cell.field and (cell.below or not cell.boxes)
    ]


def shape_of(form: Form) -> FormShape:
    """Return how the paper of a form is read: from its own table, or question by question where it has none."""
    if form.paper is None:
        asked = [one for part in form.sections if isinstance(part, Fields) for one in part.fields]
        fields = tuple(_form_field(one, one.printed_title) for one in asked if one.type != "files")
        tables = tuple(_table(part, part.title) for part in form.sections if isinstance(part, Grid))
        return FormShape(title=form.title, fields=fields, tables=tables)
    grids = [form.grids()[row.section] for row in form.paper.rows if isinstance(row, PrintGrid)]
    return FormShape(
        title=form.paper.title,
        lines=tuple(_line_fields(form)),
        fields=tuple(_cell_fields(form)),
        tables=tuple(_table(grid) for grid in grids),
    )


def _table(grid: Grid, caption: str = "") -> FormTable:
    columns = tuple(_form_field(one, one.printed_title) for one in grid.columns)
    return FormTable(
        key=grid.key,
        columns=columns,
        most_rows=grid.most_rows,
        named_rows=len(grid.row_titles),
        caption=caption,
    )


def _line_fields(form: Form) -> Iterator[FormField]:
    asked = form.fields()
    for line in form.paper.lines if form.paper else ():
        at = 0
        for found in PLACEHOLDER.finditer(line):
            title, at = line[at : found.start()].strip(), found.end()
            key = found.group(1)
            if key in asked:
                yield _form_field(asked[key], title)
            else:  # the unit and the day: read only to know where the answers beside them end
                yield FormField(key=f"_{key}", title=title)


def _cell_fields(form: Form) -> Iterator[FormField]:
    """Yield the questions of the table, each with the words left of it, and those further left where these recur."""
    asked = form.fields()
    side = ""  # the words of a merged cell that reaches down over the following rows
    left = 0
    for row in form.paper.rows if form.paper else ():
        if isinstance(row, PrintGrid):
            side = ""
            continue
        left -= 1
        labels = [side] if left > 0 and side else []
        for cell in row:
            if cell.is_label or (cell.text and not cell.field):
                labels.append(cell.text)
                if cell.down > 1:
                    side, left = cell.text, cell.down
            elif cell.field and asked[cell.field].type != "files":
                one = asked[cell.field]
                title = labels[-1] if labels else one.printed_title
                beside = labels[0] if len(labels) > 1 and side == labels[0] else ""
                if cell.below or not cell.boxes:
                    yield FormField(
                        key=one.key,
                        title=title,
                        kind="long_text",
                        beside=beside,
                        guide=cell.guide,
                        sign=cell.sign,
                        max_length=LONGEST,
                    )
                else:
                    yield _form_field(one, title, beside=beside, guide=cell.guide, sign=cell.sign)


def _form_field(
    one: Field, title: str, *, beside: str = "", guide: str = "", sign: tuple[str, ...] = ()
) -> FormField:
    return FormField(
        key=one.key,
        title=title,
        kind=KINDS.get(one.type, "text"),  # type: ignore[arg-type]  # the names are those of FormKind
        beside=beside,
        guide=guide,
        sign=sign,
        options=tuple((option.key, option.title) for option in one.options),
        own=OWN_WORDS if one.own else "",
        max_length=LONGEST,
    )
