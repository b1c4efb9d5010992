"""A form as it is filled in: its sections and questions with what stands in them and what is wrong there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lianxue.programmes.errors import AnswerChanged
from lianxue.programmes.interfaces.web.filling.inputs import box, choices, upload
from lianxue.programmes.interfaces.web.filling.sent import digest_of
from lianxue.programmes.interfaces.web.filling.told import told
from lianxue.programmes.models.definition import Field, Form, Grid
from lianxue.programmes.queries.faults import anchor
from lianxue.programmes.rules.answers import AnswerFault
from lianxue.programmes.rules.one_answer import AreaCount, counts_by_area

GROUPS = ("choices", "choice", "yes_no")
MANY_OPTIONS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two texts for one answer: what the reader wrote, and what somebody else wrote meanwhile."""

    mine: str
    theirs: str
    mark: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question on the page."""

    key: str
    title: str
    kind: str  # box, area, group, file, grid
    control: SafeString
    mark: int
    digest: str
    required: bool = False
    hint: str = ""
    faults: Sequence[str] = ()
    guide_length: int | None = None
    most_length: int | None = None
    length: int = 0
    most: int | None = None
    clash: Clash | None = None
    files: Sequence[Any] = ()
    counts: Sequence[AreaCount] = ()
    can_add: bool = False
    number: int = 0

    @property
    def name(self) -> str:
        return f"a.{self.key}"

    @property
    def missing(self) -> list[AreaCount]:
        return [one for one in self.counts if not one.is_right]


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the form: a row of questions, or one grid."""

    key: str
    title: str
    hint: str
    questions: list[Question]

    @property
    def is_grid(self) -> bool:
        return any(one.kind == "grid" for one in self.questions)


@dataclass(slots=True)
class Filled:
    """What a form is shown with. ``answers`` are opened; ``files`` are the attached ones by question."""

    form: Form
    answers: Mapping[str, Any]
    marks: Mapping[str, int]
    areas: Mapping[str, str]
    faults: Sequence[AnswerFault] = ()
    notes: Sequence[AnswerFault] = ()
    refused: Mapping[str, Any] = field(default_factory=dict)
    clashes: Mapping[str, AnswerChanged] = field(default_factory=dict)
    shown: Mapping[str, Any] = field(default_factory=dict)  # answers as typed, where they could not be saved
    seen_marks: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    spare_rows: Mapping[str, int] = field(default_factory=dict)

    def sections(self) -> list[Section]:
        """Return the sections of the form in its order."""
        found = []
        for part in self.form.sections:
            asked: Iterable[Field | Grid] = (part,) if isinstance(part, Grid) else part.fields
            hint = "" if isinstance(part, Grid) else part.hint
            found.append(Section(part.key, part.title, hint, [self.question(one) for one in asked]))
        return found

    def question(self, asked: Field | Grid) -> Question:
        """Return one question with its box."""
        key = asked.key
        kept = self.answers.get(key)
        value = self.shown.get(key, kept)
        clash = self.clashes.get(key)
        faults = self._faults_at(asked)
        common: dict[str, Any] = {
            "key": key,
            "title": asked.title,
            "mark": self.seen_marks.get(key, int(self.marks.get(key, 0))),
            "digest": digest_of(kept) if key not in self.shown else "",
            "hint": asked.hint,
            "clash": clash
            and Clash(
                mine=told(asked, value, self.areas),
                theirs=told(asked, clash.theirs, self.areas),
                mark=clash.mark,
            ),
        }
        if isinstance(asked, Grid):
            return self._grid(asked, value, common)
        return self._field(asked, value, faults, common)

    def _faults_at(self, asked: Field | Grid) -> list[str]:
        key = asked.key
        refused = [str(self.refused[key])] if key in self.refused else []
        if isinstance(asked, Grid):
            here = [one for one in self.faults if one.section == key and not one.row]
        else:
            here = [
                one for one in [*self.faults] if one.key == key and not one.row and not self._is_column(one)
            ]
        return [*refused, *(one.message for one in here)]

    def _is_column(self, fault: AnswerFault) -> bool:
        return fault.section in self.form.grids()

    def _field(self, asked: Field, value: Any, faults: list[str], common: dict[str, Any]) -> Question:
        name = f"a.{asked.key}"
        described = _described(asked.key, faults, bool(asked.hint))
        text = value if isinstance(value, str) else ""
        notes = [one.message for one in self.notes if one.key == asked.key]
        common |= {"required": asked.required, "faults": faults}
        if asked.type == "files":
            control = upload(asked, f"f.{asked.key}", described)
            attached = self.files.get(asked.key, ())
            return Question(**common, kind="file", control=control, files=attached, most=asked.most)
        is_group = asked.type == "choices" or (
            asked.type in GROUPS and (asked.type == "yes_no" or len(asked.options) <= MANY_OPTIONS)
        )
        if is_group:
            control = choices(asked, name, value, described="")
            return Question(**common, kind="group", control=control, most=asked.most)
        control = box(asked, name, value, self.areas, attributes=described)
        if asked.type != "long_text":
            return Question(**common, kind="box", control=control)
        common["hint"] = "\n".join([asked.hint, *notes]).strip()
        return Question(
            **common,
            kind="area",
            control=control,
            guide_length=asked.guide_length,
            most_length=asked.most_length,
            length=len(text.strip()),
        )

    def _grid(self, grid: Grid, value: Any, common: dict[str, Any]) -> Question:
        rows = [row for row in value or [] if isinstance(row, Mapping)]
        counts = counts_by_area(grid, rows, self.areas)
        faults = self._faults_at(grid)
        if counts:  # the line of counts says it already
            faults = [one for one in faults if one not in self._quota_words(grid)]
        return Question(
            **common,
            kind="grid",
            control=grid_table(
                grid, rows, self.areas, self._cell_faults(grid), self.spare_rows.get(grid.key, 1)
            ),
            faults=faults,
            counts=counts,
            can_add=not grid.row_titles,
            number=len(rows),
        )

    def _quota_words(self, grid: Grid) -> set[str]:
        return {one.message for one in self.faults if one.section == grid.key and one.code == "quota"}

    def _cell_faults(self, grid: Grid) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for fault in self.faults:
            if fault.section == grid.key and fault.row:
                found.setdefault(anchor(fault), []).append(fault.message)
        return found


def _described(key: str, faults: Sequence[str], has_hint: bool) -> str:
    parts = [f"hint-{key}"] if has_hint else []
    parts.append(f"note-{key}")
    wrong = ' aria-invalid="true"' if faults else ""
    return f' aria-describedby="{safe(" ".join(parts))}"{wrong}'


def grid_table(
    grid: Grid,
    rows: Sequence[Mapping[str, Any]],
    areas: Mapping[str, str],
    faults: Mapping[str, Sequence[str]],
    spare: int,
) -> SafeString:
    """Return a grid with its rows, some empty ones below, and a pattern from which the script makes more."""
    taken = {str(row.get("_id")) for row in rows}
    names = [f"n{at}" for at in range(1, len(rows) + spare + 2)]
    free = [name for name in names if name not in taken]
    if grid.row_titles:
        shown = [
            (str(rows[at].get("_id")), rows[at]) if at < len(rows) else (f"f{at + 1}", {})
            for at in range(len(grid.row_titles))
        ]
    else:
        room = max(min(spare, grid.most_rows - len(rows)), 0)
        shown = [(str(row.get("_id")), row) for row in rows] + [(name, {}) for name in free[:room]]
    body = "".join(
        _row(grid, at, name, row, areas=areas, faults=faults) for at, (name, row) in enumerate(shown)
    )
    heads = "".join(
        f'<th scope="col">{safe(one.title)}{_must(one)}{_small(one.hint)}</th>' for one in grid.columns
    )
    first = f'<th scope="col"><span class="visually-hidden">{safe(_("Row"))}</span></th>'
    last = (
        ""
        if grid.row_titles
        else f'<th scope="col"><span class="visually-hidden">{safe(_("Row"))}</span></th>'
    )
    pattern = ""
    if not grid.row_titles:
        pattern = f"<template>{_row(grid, 0, '__row__', {}, areas=areas, faults={})}</template>"
    return mark_safe(  # noqa: S308  # every value is escaped
        f'<div class="grid-frame"><table class="grid-table" data-grid="{safe(grid.key)}" '
        f'data-most-rows="{len(grid.row_titles) or grid.most_rows}">'
        f'<caption class="visually-hidden">{safe(grid.title)}</caption>'
        f"<thead><tr>{first}{heads}{last}</tr></thead><tbody>{body}</tbody></table>{pattern}</div>"
    )


def _must(one: Field) -> str:
    return f' <span class="must">{safe(_("must be filled in"))}</span>' if one.required else ""


def _small(hint: str) -> str:
    return f'<span class="column-hint">{safe(hint)}</span>' if hint else ""


def _row(
    grid: Grid,
    at: int,
    name: str,
    row: Mapping[str, Any],
    *,
    areas: Mapping[str, str],
    faults: Mapping[str, Sequence[str]],
) -> str:
    title = grid.row_titles[at] if grid.row_titles else str(at + 1)
    cells = []
    for one in grid.columns:
        place = f"{grid.key}.{name}.{one.key}"
        wrong = faults.get(place, ())
        fault = f"q-{place}-fault"
        attributes = f' aria-invalid="true" aria-describedby="{safe(fault)}"' if wrong else ""
        told_wrong = (
            f'<span class="cell-fault" id="{safe(fault)}">{safe(" ".join(wrong))}</span>' if wrong else ""
        )
        cells.append(
            f'<td><label for="a.{safe(place)}">{safe(one.title)}</label>'
            f"{box(one, f'a.{place}', row.get(one.key), areas, attributes=attributes)}{told_wrong}</td>"
        )
    tools = "" if grid.row_titles else f'<td class="row-tools">{_tools(grid.key, name)}</td>'
    return (
        f'<tr data-row="{safe(name)}"><th scope="row"><input type="hidden" name="o.{safe(grid.key)}" '
        f'value="{safe(name)}"><span data-number>{safe(title)}</span></th>{"".join(cells)}{tools}</tr>'
    )


def _tools(grid: str, row: str) -> str:
    words = {
        "up": ("↑", _("Move this row up")),
        "down": ("↓", _("Move this row down")),
        "drop": ("×", _("Remove this row")),
    }
    return "".join(
        f'<button type="submit" class="row-tool" name="move" value="{safe(grid)}.{safe(row)}.{where}" '
        f'data-move="{where}" aria-label="{safe(label)}" title="{safe(label)}">{sign}</button>'
        for where, (sign, label) in words.items()
    )
