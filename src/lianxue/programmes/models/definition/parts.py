"""What a programme's definition is made of: plain values, read from YAML by ``reading`` and never changed.

Titles and labels are the published wording, word for word and in the published order. Where a document leaves a number
open there is none here either: the office gives it when it opens a call. ``ids`` name the requirements that a part fulfils.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

FieldType = Literal[
    "text",  # one line
    "long_text",  # paragraphs
    "number",
    "date",
    "yes_no",
    "choice",  # one of the options
    "choices",  # several of the options
    "area",  # one of the areas of the filing unit: itself and the divisions below it
    "phone",
    "email",
    "postcode",
    "url",
    "account",  # S1-86: kept to the letter, case counts
    "files",
]
TEXT_TYPES = frozenset({"text", "long_text", "phone", "email", "postcode", "url", "account"})
OPTION_TYPES = frozenset({"choice", "choices"})
GRID_TYPES = frozenset(
    {"text", "number", "date", "yes_no", "choice", "area", "phone", "email", "url", "account"}
)
FileKind = Literal["pdf", "docx", "xlsx", "picture"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a definition's file; lines count from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen. Whoever ticks an ``exclusive`` one can tick no other (S2-62: 从未参与)."""

    key: str
    title: str
    exclusive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question, or one column of a grid.

    ``guide_length`` is how many characters the form asks for in about (S4-38: 约200字); ``least_length`` and
    ``most_length`` are limits. ``least`` and ``most`` bound a number, the ticked options, or the files. ``own`` allows
    one answer in one's own words beside the options (S2-09); it counts as one. ``personal`` values are kept sealed and
    shown masked. ``print_as`` is the wording on paper where it differs from ``title``.
    """

    key: str
    title: str
    type: FieldType = "text"
    required: bool = False
    hint: str = ""
    guide_length: int | None = None
    least_length: int = 0
    most_length: int = 200
    least: int | None = None
    most: int | None = None
    options: tuple[Option, ...] = ()
    own: bool = False
    personal: bool = False
    kinds: tuple[FileKind, ...] = ()
    print_as: str = ""
    ids: tuple[str, ...] = ()
    place: Place | None = None

    @property
    def printed_title(self) -> str:
        return self.print_as or self.title

    def option(self, key: str) -> Option | None:
        """Return the option called ``key``."""
        return next((one for one in self.options if one.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many rows of a grid each area must have (S1-41: exactly 1; S1-44: 3 to 5)."""

    column: str  # the column of type ``area`` by which rows are counted
    least: int
    most: int | None
    ids: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A rule over several answers: ``rule`` names one in ``programmes.rules.checks``, ``given`` is what it needs."""

    rule: str
    given: Mapping[str, Any] = field(default_factory=dict)
    says: str = ""
    ids: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """A part of a form that is a row of questions."""

    key: str
    title: str
    fields: tuple[Field, ...]
    hint: str = ""
    ids: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A part of a form that is a table: fixed rows with names (``row_titles``), or as many as are needed.

    ``least_rows`` and ``most_rows`` bound rows that can be added; with names there are as many rows as names, and a name
    may stand several times (S4-62: five 网站管理员).
    """

    key: str
    title: str
    columns: tuple[Field, ...]
    row_titles: tuple[str, ...] = ()
    least_rows: int = 0
    most_rows: int = 500
    quotas: tuple[Quota, ...] = ()
    hint: str = ""
    ids: tuple[str, ...] = ()
    place: Place | None = None

    def column(self, key: str) -> Field | None:
        """Return the column called ``key``."""
        return next((one for one in self.columns if one.key == key), None)


Section = Fields | Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintCell:
    """One cell of the printed table. One of ``text``, ``field`` or ``opinion`` says what it holds; none leaves it blank.

    ``text`` is fixed wording; ``field`` the answer to a question, and ``below`` further questions whose answers follow in
    the same cell; ``opinion`` the words of a level. ``sign`` lists the printed lines for signature, seal and date at the
    foot of the cell, such as 「负责人签字：」「公章：」「年 月 日」. ``across`` and ``down`` say over how many columns and rows
    the cell reaches; ``guide`` is published wording that stands above the answer in the same cell. ``boxes`` false: of a
    question with several options only those that are chosen are printed, each on its line, where the published form has
    no boxes.
    """

    text: str = ""
    field: str = ""
    below: tuple[str, ...] = ()
    opinion: str = ""
    sign: tuple[str, ...] = ()
    guide: str = ""
    across: int = 1
    down: int = 1
    height_mm: float = 0
    align: Literal["left", "center", "right"] = "center"
    is_label: bool = False
    boxes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintGrid:
    """A grid in the printed table: the section's title in a merged first cell, then its columns and rows.

    ``spans`` says how many columns of the paper each column of the grid takes. ``side`` is the wording of the cell at
    the side, which takes one column, and ``side_head`` that above it; without ``side_head`` the cell at the side begins
    beside the headings. ``least_rows`` are printed even when fewer are filled in. Where the rows of the grid have names
    (``row_titles``), these stand in the column at the side, ``side_head`` above them, and there is no ``side``.
    """

    section: str
    spans: tuple[int, ...]
    side: str = ""
    side_head: str = ""
    least_rows: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The printed form: lines above the table, one table of cells and grids, a note below. Widths in millimetres.

    ``mark``, ``title`` and ``note`` may hold the years and days of the call; ``lines`` hold {unit}, {day} and the keys of
    questions.
    """

    title: str
    mark: str = ""
    landscape: bool = False
    lines: tuple[str, ...] = ()  # may hold {field_key}, {unit}, {day}
    widths_mm: tuple[float, ...] = ()
    rows: tuple[tuple[PrintCell, ...] | PrintGrid, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a unit fills in, the checks over it, and its paper.

    ``title`` may hold the years and days of the call. ``scan`` says whether the printed form must come back stamped and
    scanned. ``table_file``: the electronic table goes with the scan; the platform makes it.
    """

    key: str
    title: str
    sections: tuple[Section, ...]
    checks: tuple[Check, ...] = ()
    paper: Paper | None = None
    scan: Literal["none", "optional", "required"] = "none"  # the stamped scan (S1-47, S1-87)
    table_file: bool = False  # the electronic table goes with the scan (S1-47); it is made by the platform
    place: Place | None = None

    def fields(self) -> dict[str, Field]:
        """Return all questions by key, without the columns of grids."""
        return {one.key: one for part in self.sections if isinstance(part, Fields) for one in part.fields}

    def grids(self) -> dict[str, Grid]:
        """Return all grids by key."""
        return {part.key: part for part in self.sections if isinstance(part, Grid)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreItem:
    """One line of a scoring sheet: 0 to ``most`` points, counted ``weight`` times."""

    key: str
    title: str
    most: int
    weight: int = 1
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelRule:
    """How a panel scores: how many draw lots, whether names stay hidden, and what is scored.

    ``size`` None: the office says. ``anonymous``: experts do not see who filed, and nobody below the office sees who scored.
    """

    items: tuple[ScoreItem, ...]
    size: int | None = None
    anonymous: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One desk on the way: who sits there (``seat`` names a rule in ``programmes.rules.seats``) and what is decided there.

    Every level gives an opinion; the last one decides. ``may`` are the verbs open to it.
    """

    key: str
    title: str
    seat: str
    given: Mapping[str, Any] = field(default_factory=dict)
    may: tuple[Literal["approve", "return", "decline"], ...] = ("approve", "return", "decline")
    panel: PanelRule | None = None
    ids: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateText:
    """The words of a certificate, from top to bottom; what is empty says what is usual for the kind.

    ``words`` lead from the holder's name to the title of the product (在{year}年度…中成绩突出，被评为). All three may hold
    {unit}, {call}, {year}, {years} and the days of the stage.
    """

    title: str = ""
    words: str = ""
    closing: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What an approval makes: ``roster`` (a grid becomes a roster in force), ``award`` (a certificate), ``status`` (with a term).

    ``term_years`` None: the office says when it opens the call. ``certificate``: its own words, for awards and statuses.
    """

    kind: Literal["roster", "award", "status"]
    key: str
    title: str
    grid: str = ""
    name_column: str = ""
    area_column: str = ""
    term_years: int | None = None
    certificate: CertificateText | None = None
    ids: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLetter:
    """The letter by which the deciding office tells a unit its decision (``on``); ``kind`` as in official letters.

    ``title`` and ``body`` may hold {unit}, {call}, {stage}, {decision}, {comment} and {valid_until}, and the years and days
    of the call. A paragraph of the body whose {comment} or {valid_until} is empty is left out.
    """

    on: Literal["approve", "decline"]
    title: str
    body: str
    kind: Literal["notice", "opinion", "decision", "reply", "letter"] = "reply"
    ids: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of a programme with its window and, if something is filed in it, its form and levels.

    ``opens`` and ``closes`` are the published days, ``2013-01-31`` or, for every year, ``10-31``; moved to the years
    of a call they are offered when it is opened; both may be missing and ``closes`` may stay open. ``after`` names the stage whose filing must be
    approved first. ``early``: may be filed before the window opens. ``late_by_consent``: later, if a level above consents.
    ``changes`` as ``notice``: what was approved is changed by a notice with its own opinion. ``letters`` are the words of
    the letters about decisions; without them plain ones are used. ``about`` may hold the years and days of the call.
    """

    key: str
    title: str
    opens: str = ""
    closes: str = ""
    form: str = ""
    levels: tuple[Level, ...] = ()
    after: str = ""
    early: bool = False  # may be filed before the window opens (S2-47)
    late_by_consent: bool = True
    changes: Literal["none", "notice"] = "none"  # after approval, by a notice with its own opinion (S1-48)
    products: tuple[Product, ...] = ()
    letters: tuple[DecisionLetter, ...] = ()
    about: str = ""
    ids: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """Something that evidence is kept for; items with the same ``group`` stand together (S2-10…23: the 14 basic items)."""

    key: str
    group: str
    title: str
    about: str = ""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Which organisations: of these kinds, on this depth of this chain; what is left out does not matter.

    Depth 1 is the top of the chain.
    """

    chain: str
    depth: int | None = None
    kinds: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A whole programme: who calls, who may apply, stages, forms, evidence.

    ``code`` and ``version`` name it. ``numbers`` are what the office must say when it opens a call. ``guides``: those above
    keep a log of their guidance. ``source`` is the document that it comes from.
    """

    code: str
    version: str
    title: str
    source: str
    office: Who
    units: Who
    stages: tuple[Stage, ...]
    forms: Mapping[str, Form]
    about: str = ""
    numbers: tuple[str, ...] = ()  # what the office must say on opening: keys of NUMBERS in programmes.enums
    evidence: tuple[EvidenceItem, ...] = ()
    guides: bool = False  # levels above keep a log of their guidance (S2-49)
    ids: tuple[str, ...] = ()
    place: Place | None = None

    def stage(self, key: str) -> Stage:
        """Return a stage; raise ``KeyError``."""
        return next(one for one in self.stages if one.key == key)

    def form_of(self, stage: Stage) -> Form | None:
        """Return the form that is filed in a stage, if any."""
        return self.forms[stage.form] if stage.form else None

    def filed_stages(self) -> Sequence[Stage]:
        """Return the stages in which something is filed."""
        return [one for one in self.stages if one.form]
