"""A sheet as it lies in the file: filled cells by row and column, before anybody asks what they mean."""

from dataclasses import dataclass, field

from lianxue.kernel.tables.cells import RawValue


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, both ends included, counted from 1."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int

    @property
    def size(self) -> int:
        """Return how many cells it covers."""
        return (self.last_row - self.first_row + 1) * (self.last_column - self.first_column + 1)


@dataclass
class Grid:
    """The filled cells of one sheet, and what about its layout would make reading it a guess."""

    sheet: str
    rows: dict[int, dict[int, RawValue]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
