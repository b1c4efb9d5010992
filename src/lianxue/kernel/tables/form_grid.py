"""The cells of a form as they lie in a workbook or a Word document, merged ones as one block each."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from lianxue.kernel.tables.cells import RawValue


@dataclass(frozen=True, slots=True)
class Block:
    """One cell, merged or not: its upper left corner and size, what is in it, and how people say where it is."""

    row: int
    column: int
    rows: int
    columns: int
    raw: RawValue | None
    place: str

    @property
    def last_row(self) -> int:
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        return self.column + self.columns - 1


@dataclass
class FormGrid:
    """All blocks of a form; ``lines`` are paragraphs outside tables, ``troubles`` are (place, message) of hidden rows."""

    sheet: str
    is_word: bool = False
    lines: list[str] = field(default_factory=list)
    troubles: list[tuple[str, str]] = field(default_factory=list)
    _rows: dict[int, list[Block]] = field(default_factory=dict)
    _owners: dict[tuple[int, int], Block] = field(default_factory=dict)

    def add(self, block: Block) -> None:
        """Put a block into its place."""
        self._rows.setdefault(block.row, []).append(block)
        for row in range(block.row, block.row + block.rows):
            for column in range(block.column, block.column + block.columns):
                self._owners[row, column] = block

    def at(self, row: int, column: int) -> Block | None:
        """Return the block that covers a place."""
        return self._owners.get((row, column))

    def named(self, row: int, column: int) -> str:
        """Return how people call a place, also one where a workbook has no cell because nobody wrote there."""
        block = self.at(row, column)
        return block.place if block else f"{get_column_letter(column)}{row}"

    def starting_in(self, row: int) -> list[Block]:
        """Return the blocks whose first row this is, from left to right."""
        return sorted(self._rows.get(row, ()), key=lambda block: block.column)

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks in reading order."""
        for row in sorted(self._rows):
            yield from self.starting_in(row)

    @property
    def last_row(self) -> int:
        return max((block.last_row for blocks in self._rows.values() for block in blocks), default=0)

    @property
    def last_column(self) -> int:
        return max((block.last_column for blocks in self._rows.values() for block in blocks), default=0)
