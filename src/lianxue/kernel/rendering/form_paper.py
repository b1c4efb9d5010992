"""An official form as it stands on paper: one table of cells, some of them merged, described once for all renderers.

Cells that a cell above or beside them covers are left out of their rows, as in HTML. ``layout`` gives each cell its
place and refuses a table with gaps or overlaps.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lianxue.kernel.rendering.plain_text import printable
from lianxue.kernel.rendering.table_form import A4_HEIGHT_MM, A4_WIDTH_MM, Align
from lianxue.kernel.rendering.titles import title_lines
from lianxue.kernel.tables.writing import cells_wide

TICKED, UNTICKED = "☑", "☐"
BETWEEN_BOXES = "　　"
LINE_HEIGHT = 1.45  # of the size of its characters
POINT_MM = 25.4 / 72
LONG_LINES = 6  # a cell with more of them may break across pages
CELL_PADDING_MM = 2.4
TITLE_MM = 22 * POINT_MM  # 二号
SIGN_ROOM_MM, SIGN_EDGE_MM = 30, 6  # right of the lines to sign: for a name to be written, or only the edge


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCell:
    """One cell: fixed words, or a value below its ``guide`` words, or boxes to tick, or any of these with a place to sign.

    ``boxes`` are (ticked, words). ``sign`` are the lines at the lower right (单位负责人签字：, 公章：, 年 月 日), with
    ``seal_room_mm`` left free above them.
    """

    text: str = ""
    across: int = 1
    down: int = 1
    align: Align = "center"
    is_label: bool = False
    guide: str = ""
    boxes: tuple[tuple[bool, str], ...] = ()
    sign: tuple[str, ...] = ()
    seal_room_mm: float = 0

    @property
    def words(self) -> str:
        """Return the text and the boxes, as they stand below the guide words."""
        boxes = BETWEEN_BOXES.join(f"{TICKED if ticked else UNTICKED}{words}" for ticked, words in self.boxes)
        return printable("\n".join(part for part in (boxes, self.text) if part))

    @property
    def sign_room_mm(self) -> float:
        """Return what stays free right of the lines to sign: more where somebody writes a name behind a colon."""
        return (
            SIGN_ROOM_MM if any(line.rstrip().endswith(("：", ":")) for line in self.sign) else SIGN_EDGE_MM
        )

    @property
    def content(self) -> str:
        """Return everything that stands in the cell but the place to sign."""
        return "\n".join(part for part in (printable(self.guide), self.words) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One row, at least ``height_mm`` high. Titles of columns that stand on every page say ``repeats_as_heading``.

    They do so until other titles follow, or a row that ``ends_heading``.
    """

    cells: tuple[FormCell, ...]
    height_mm: float = 9
    repeats_as_heading: bool = False
    ends_heading: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with the row and column of its upper left corner, counted from 0, and its width."""

    cell: FormCell
    row: int
    column: int
    width_mm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPaper:
    """A whole form: mark (附件1), title, lines above the table, the table, a note below it.

    A long ``title`` is broken where it says so. With ``qr_text`` each page carries it as a QR code at the upper right, with ``qr_caption`` below in letters.
    ``footer`` stands beside the page number.
    """

    title: str
    widths_mm: tuple[float, ...]
    rows: tuple[FormRow, ...]
    mark: str = ""
    landscape: bool = False
    lines: tuple[str, ...] = ()
    note: str = ""
    qr_text: str = ""
    qr_caption: str = ""
    footer: str = ""
    size_pt: float = 12

    @property
    def side_margin_mm(self) -> float:
        """Return the margin left and right that puts the table in the middle of the paper."""
        paper = A4_HEIGHT_MM if self.landscape else A4_WIDTH_MM
        return max((paper - sum(self.widths_mm)) / 2, 8)

    @property
    def name(self) -> str:
        """Return the title on one line."""
        return "".join(self.title.split("\n"))

    @property
    def title_lines(self) -> list[str]:
        """Return the lines of the title: broken where it says so, or else evenly between words."""
        return title_lines(self.title, sum(self.widths_mm), TITLE_MM)

    @property
    def headings(self) -> int:
        """Return how many of the first rows stand on every page where a document can repeat no others.

        None do when other titles follow further down, or rows without: the first ones would stand above columns that are
        not theirs.
        """
        repeated = [at for at, row in enumerate(self.rows) if row.repeats_as_heading]
        if any(row.ends_heading for row in self.rows):
            return 0
        return len(repeated) if repeated == list(range(len(repeated))) else 0

    def layout(self) -> list[list[Placed]]:
        """Return the cells of each row with their places. Raise ``ValueError`` when the table has a gap or an overlap."""
        taken: set[tuple[int, int]] = set()
        rows = [list(self._place(at, row, taken)) for at, row in enumerate(self.rows)]
        if len(taken) != len(self.rows) * len(self.widths_mm):
            raise ValueError(f"{self.title!r}: a merged cell reaches below the last row")
        return rows

    def _place(self, at: int, row: FormRow, taken: set[tuple[int, int]]) -> Iterator[Placed]:
        column, columns = 0, len(self.widths_mm)
        for cell in row.cells:
            while (at, column) in taken:
                column += 1
            covered = {(at + y, column + x) for y in range(cell.down) for x in range(cell.across)}
            if column + cell.across > columns or covered & taken:
                raise ValueError(
                    f"{self.title!r}: the cells of row {at + 1} do not fit into {columns} columns"
                )
            taken |= covered
            yield Placed(cell, at, column, sum(self.widths_mm[column : column + cell.across]))
            column += cell.across
        if missing := [x for x in range(columns) if (at, x) not in taken]:
            raise ValueError(f"{self.title!r}: row {at + 1} has no cell in column {missing[0] + 1}")

    def lines_of(self, placed: Placed, text: str) -> int:
        """Return about how many lines ``text`` takes in its cell."""
        half = self.size_pt * POINT_MM / 2
        room = max(int((placed.width_mm - CELL_PADDING_MM) / half), 2)
        return sum(max(-(-cells_wide(line) // room), 1) for line in text.split("\n")) if text else 0

    def text_height_mm(self, placed: Placed) -> float:
        """Return about how high the cell's content is, the place to sign included."""
        lines = self.lines_of(placed, placed.cell.content) + 1.4 * len(placed.cell.sign)
        return lines * self.line_mm + placed.cell.seal_room_mm + 2

    @property
    def line_mm(self) -> float:
        """Return the height of one line."""
        return self.size_pt * POINT_MM * LINE_HEIGHT

    def may_break(self, row: Sequence[Placed]) -> bool:
        """Tell whether a row may go on on the next page: only rows with long text do."""
        return any(self.lines_of(one, one.cell.content) > LONG_LINES for one in row if not one.cell.is_label)
