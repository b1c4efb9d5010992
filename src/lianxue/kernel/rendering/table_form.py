"""A form that is one table, described once for all the ways in which it is printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lianxue.kernel.rendering.plain_text import printable

Align = Literal["left", "center", "right"]
PrintValue = str | int | date | None

A4_WIDTH_MM, A4_HEIGHT_MM = 210, 297


@dataclass(frozen=True)
class PrintColumn:
    """One printed column; the bracketed part of ``title`` goes on a line of its own."""

    title: str
    width_mm: float
    align: Align = "center"


@dataclass(frozen=True, kw_only=True)
class TableForm:
    """A form with a mark (附件1), a title, lines above the table, the table itself, a note and places to sign.

    With ``numbered`` the first column counts the rows and ``rows`` leave it out. Fewer rows than ``minimum_rows`` are
    filled up with empty ones to write in by hand; more rows go on over as many pages as they need, with the column
    titles on each page. Days are printed as 2026年3月5日 and are real dates in the workbook.
    """

    title: str
    columns: Sequence[PrintColumn]
    rows: Sequence[Sequence[PrintValue]]
    mark: str = ""
    header_lines: Sequence[str] = ()
    note: str = ""
    signatures: Sequence[str] = ()
    minimum_rows: int = 0
    numbered: bool = False
    landscape: bool = False
    row_height_mm: float = 10.5

    def __post_init__(self) -> None:
        own = len(self.columns) - self.numbered
        if any(len(row) != own for row in self.rows):
            raise ValueError(f"every row of {self.title!r} needs {own} values")

    @property
    def side_margin_mm(self) -> float:
        """Return the margin left and right that puts the table in the middle of the paper."""
        paper = A4_HEIGHT_MM if self.landscape else A4_WIDTH_MM
        return (paper - sum(column.width_mm for column in self.columns)) / 2

    def printed_rows(self) -> Iterator[list[PrintValue]]:
        """Yield the rows as they stand on paper: numbered if asked, the empty ones included."""
        empty: Sequence[PrintValue] = [""] * (len(self.columns) - self.numbered)
        for at in range(max(len(self.rows), self.minimum_rows)):
            row = self.rows[at] if at < len(self.rows) else empty
            yield [at + 1, *row] if self.numbered else [*row]


def written_day(day: date) -> str:
    """Return a day as forms write it: 2026年3月5日 (年月日)."""
    return f"{day.year}年{day.month}月{day.day}日"


def printed(value: PrintValue) -> str:
    """Return a value as it stands on paper."""
    if value is None:
        return ""
    return written_day(value) if isinstance(value, date) else printable(str(value))
