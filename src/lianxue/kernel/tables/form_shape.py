"""What a filled-in form should look like, what was read from one, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from lianxue.kernel.errors import Text

FormKind = Literal["text", "long_text", "number", "date", "yes_no", "choice", "choices"]
MAX_FAULTS = 200


@dataclass(frozen=True, slots=True)
class Ticked:
    """What is chosen among boxes: keys of the options, and the wording of one's own behind the last box."""

    keys: tuple[str, ...] = ()
    own: str = ""


FormValue = str | int | bool | date | Ticked | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One question as it stands on paper: the cell ``title`` and the value right of it or below it.

    ``beside`` are the words of the merged cell left of the title, where a title is there twice (姓名 of two people).
    ``guide`` are the words above the value in its own cell, ``sign`` the lines to sign below it. ``options`` are
    (key, printed words); ``own`` the words of a last box for a wording of one's own (其他：).
    A ``number`` comes back as int, or as text when it has decimals.
    """

    key: str
    title: str
    kind: FormKind = "text"
    beside: str = ""
    guide: str = ""
    sign: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    own: str = ""
    required: bool = False
    max_length: int = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTable:
    """A table in the form, found by the titles of its columns; its rows end with the next title, note or question.

    Of ``named_rows`` each counts, the empty ones too: they have their names in a column of their own. ``caption`` is what
    stands above its titles over the whole width, if anything does.
    """

    key: str
    columns: tuple[FormField, ...]
    most_rows: int = 500
    named_rows: int = 0
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormShape:
    """A whole form: words in the lines above the table (报送单位：…), questions, tables, all in the order of the paper."""

    title: str
    lines: tuple[FormField, ...] = ()
    fields: tuple[FormField, ...] = ()
    tables: tuple[FormTable, ...] = ()


@dataclass(frozen=True, slots=True)
class FormFault:
    """One thing that is wrong and what to do, with its place as people say it: ``C7``, 表1第3行第2列; "" for the whole file."""

    sheet: str
    place: str
    title: str
    message: str


class FormReadRow(dict[str, FormValue]):
    """The values of one row of a table by column; ``places`` says where each stands."""

    def __init__(self, values: Mapping[str, FormValue], places: Mapping[str, str]) -> None:
        super().__init__(values)
        self.places = dict(places)


@dataclass
class FormRead:
    """What was read, and every fault (at most MAX_FAULTS; ``left_out`` counts the rest)."""

    sheet: str
    values: dict[str, FormValue] = field(default_factory=dict)
    grids: dict[str, list[FormReadRow]] = field(default_factory=dict)
    faults: list[FormFault] = field(default_factory=list)
    left_out: int = 0
    places: dict[str, str] = field(default_factory=dict)  # question -> where its value stands

    def add(self, place: str, title: str, message: Text) -> None:
        """Note a fault, up to the limit; features add their own here ("exactly one per county")."""
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(FormFault(self.sheet, place, title, str(message)))
        else:
            self.left_out += 1


def word_place(table: int, row: int, column: int) -> str:
    """Return how people say where a cell of a Word document is."""
    return _("table %(table)d, row %(row)d, column %(column)d") % {
        "table": table,
        "row": row,
        "column": column,
    }
