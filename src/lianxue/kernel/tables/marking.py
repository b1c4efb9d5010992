"""Handing a faulty table back: the person's own workbook, its faulty cells red with a comment, and a list of all."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import cast

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from lianxue.kernel.office_package import ZIP_MAGIC
from lianxue.kernel.tables.comma_separated import csv_grid
from lianxue.kernel.tables.grid import Grid
from lianxue.kernel.tables.shape import Fault
from lianxue.kernel.tables.word import is_word, word_grid
from lianxue.kernel.tables.workbook import check_workbook, opened
from lianxue.kernel.tables.writing import sheet_title

AUTHOR = "Lianxue"
RED = PatternFill("solid", fgColor="FFFFC7CE")
LIST_WIDTHS = (18, 8, 8, 26, 80)


def mark_faults(content: bytes, faults: Iterable[Fault]) -> bytes:
    """Return the workbook with every faulty cell marked and a sheet of all faults at its end.

    A CSV file or a Word table comes back as a workbook. Marks of an earlier round are taken away first. Raises Invalid.
    """
    listed = list(faults)
    if not content.startswith(ZIP_MAGIC):
        name = listed[0].sheet if listed else "CSV"
        return _marked(_from_grid(csv_grid(content, name), name), listed)
    if is_word(content):
        return _marked(_from_grid(word_grid(content), "Word"), listed)
    check_workbook(content)
    with opened(content, streaming=False) as book:
        return _marked(book, listed)


def _marked(book: Workbook, faults: Sequence[Fault]) -> bytes:
    for old in [s for s in book.worksheets if s.sheet_properties.codeName == AUTHOR]:
        book.remove(old)
    for sheet in book.worksheets:
        _remove_old_marks(sheet)
    by_title = {sheet_title(str(sheet.title)): sheet for sheet in book.worksheets}
    for fault in faults:
        if (marked := by_title.get(sheet_title(fault.sheet))) is not None:
            _mark(marked, fault)
    if faults:
        _add_list(book, faults)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _remove_old_marks(sheet: Worksheet) -> None:
    for cell in sheet._cells.values():  # noqa: SLF001  # iter_rows() would make a cell for every gap
        if isinstance(cell, Cell) and cell.comment is not None and cell.comment.author == AUTHOR:
            cell.comment = None
            cell.fill = PatternFill()


def _mark(sheet: Worksheet, fault: Fault) -> None:
    cell = _top_left(sheet, fault)
    cell.fill = RED
    earlier = f"{cell.comment.text}\n" if cell.comment is not None else ""
    cell.comment = Comment(earlier + fault.message, AUTHOR, width=320, height=110)


def _top_left(sheet: Worksheet, fault: Fault) -> Cell:
    place = f"{fault.column or 'A'}{fault.row}"
    corners = [(area.min_row, area.min_col) for area in sheet.merged_cells.ranges if place in area]
    row, column = corners[0] if corners else (fault.row, column_index_from_string(fault.column or "A"))
    return cast("Cell", sheet.cell(row, column))


def _add_list(book: Workbook, faults: Sequence[Fault]) -> None:
    sheet = cast("Worksheet", book.create_sheet(_("Faults")))
    sheet.sheet_properties.codeName = AUTHOR
    heading = (_("Sheet"), _("Row"), _("Column"), _("Column title"), _("What is wrong"))
    for number, values in enumerate([heading, *_list_rows(faults)], start=1):
        for at, value in enumerate(values, start=1):
            cell = _write_text(sheet, number, at, value)
            cell.font = Font(bold=number == 1)
            cell.alignment = Alignment(vertical="top", wrap_text=at == len(heading))
    for at, width in enumerate(LIST_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A2"


def _list_rows(faults: Sequence[Fault]) -> Iterable[tuple[str, ...]]:
    for fault in faults:
        yield fault.sheet, str(fault.row), fault.column, fault.column_title, fault.message


def _write_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write text so that it stays text, even when it begins like a formula."""
    cell = cast("Cell", sheet.cell(row, column))
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    return cell


def _from_grid(grid: Grid, sheet_name: str) -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = sheet_title(sheet_name)
    for number, row in grid.rows.items():
        for at, value in row.items():
            _write_text(sheet, number, at, str(value))
    return book
