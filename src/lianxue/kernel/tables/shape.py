"""What a table should look like, what was read from one, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from lianxue.kernel.errors import Text

Kind = Literal["text", "integer", "date", "choice"]
CellValue = str | int | date | None

MAX_FAULTS = 1000


@dataclass(frozen=True)
class Column:
    """One column of a table that people fill in.

    ``choices`` are (value, label) pairs as Django has them; people write the label, the row holds the value.
    ``width`` counts half-width characters. ``hint`` is shown on the title of the blank sheet.
    """

    key: str
    title: Text
    kind: Kind = "text"
    required: bool = True
    choices: Sequence[tuple[str, Text]] | None = None
    width: int = 16
    hint: Text = ""
    max_length: int = 200
    minimum: int = 0
    maximum: int = 2_147_483_647


@dataclass(frozen=True)
class SheetShape:
    """The columns of a table, in the order of the blank sheet; ``title`` names the sheet."""

    title: Text
    columns: Sequence[Column]
    max_rows: int = 20_000


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where: sheet, row, column letter and column title ("" when it is a whole row)."""

    sheet: str
    row: int
    column: str
    column_title: str
    message: str

    @property
    def place(self) -> str:
        """Return the address as Excel writes it: ``C7``, or ``7`` for a whole row."""
        return f"{self.column}{self.row}"


class SheetRow(dict[str, CellValue]):
    """The values of one row by column key; ``number`` is the row's number in the sheet."""

    def __init__(self, number: int, values: Mapping[str, CellValue]) -> None:
        super().__init__(values)
        self.number = number


@dataclass
class SheetRead:
    """What was read: the rows without fault, and every fault (at most MAX_FAULTS; ``left_out`` counts the rest)."""

    sheet: str
    rows: list[SheetRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: int = 0
    places: dict[str, tuple[str, str]] = field(default_factory=dict)  # key -> (column letter, column title)

    def add_fault(self, row: int | SheetRow, key: str, message: Text) -> None:
        """Note a fault in the column ``key`` of a row; features add their own here ("no such organisation")."""
        letter, title = self.places.get(key, ("", ""))
        number = row.number if isinstance(row, SheetRow) else row
        self.add(Fault(self.sheet, number, letter, title, str(message)))

    def add(self, fault: Fault) -> None:
        """Note a fault, up to the limit."""
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(fault)
        else:
            self.left_out += 1
