"""A form as it is filled in: its sections and questions with what stands in them and what is wrong there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from lianxue.programmes.errors import AnswerChanged
from lianxue.programmes.interfaces.web.filling.grids import grid_table
from lianxue.programmes.interfaces.web.filling.inputs import NOTHING, box, choices, upload
from lianxue.programmes.interfaces.web.filling.told import told_apart
from lianxue.programmes.models.definition import Field, Form, Grid
from lianxue.programmes.queries.faults import anchor
from lianxue.programmes.rules.answers import AnswerFault
from lianxue.programmes.rules.fingerprints import digest_of, seen_of
from lianxue.programmes.rules.one_answer import AreaCount, counts_by_area

GROUPS = ("choices", "choice", "yes_no")
MANY_OPTIONS = 8
SPARE_ROWS = 5  # empty ones, where rows are added without the script
WRONG = SafeString(' aria-invalid="true"')


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
    seen: str = ""  # of a grid: the fingerprints of its rows
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
    seen_rows: Mapping[str, str] = field(default_factory=dict)
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
        faults = self._faults_at(asked)
        common: dict[str, Any] = {
            "key": key,
            "title": asked.title,
            "mark": self.seen_marks.get(key, int(self.marks.get(key, 0))),
            "digest": digest_of(kept) if key not in self.shown else "",
            "hint": asked.hint,
            "clash": self._clash(asked, value),
        }
        if isinstance(asked, Grid):
            return self._grid(asked, value, common)
        return self._field(asked, value, faults, common)

    def _clash(self, asked: Field | Grid, value: Any) -> Clash | None:
        clash = self.clashes.get(asked.key)
        if clash is None:
            return None
        mine, theirs = told_apart(asked, value, clash, self.areas)
        return Clash(mine=mine, theirs=theirs, mark=clash.mark)

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
            control = choices(asked, name, value)
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
            seen=self.seen_rows.get(grid.key) or seen_of(self.answers.get(grid.key)),
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


def _described(key: str, faults: Sequence[str], has_hint: bool) -> SafeString:
    parts = [f"hint-{key}"] if has_hint else []
    words = " ".join([*parts, f"note-{key}"])
    return format_html(' aria-describedby="{}"{}', words, WRONG if faults else NOTHING)
