"""A table form as a workbook: the printed form on A4, and real numbers and days for whoever counts on."""

import math
from collections.abc import Sequence
from datetime import date
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from lianxue.kernel.rendering.table_form import PrintColumn, PrintValue, TableForm, printed
from lianxue.kernel.tables.writing import FIXED_DATE, OPTIONS, cells_wide, sheet_title

PIXELS_PER_MM = 96 / 25.4
HALF_CHARACTER_MM, LINE_MM, CELL_PADDING_MM = 1.86, 5.0, 2.0  # of 10.5 pt text
POINTS_PER_MM = 2.835
A4 = 9
WRITTEN_DAY = 'yyyy"年"m"月"d"日"'
PLAIN = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}


def table_xlsx(document: TableForm) -> bytes:
    """Return ``document`` as an .xlsx file."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {**OPTIONS, "in_memory": True})
    book.set_properties({"created": FIXED_DATE, "title": document.title})
    sheet = book.add_worksheet(sheet_title(document.title))
    _set_page(sheet, document)
    head = _write_above(book, sheet, document)
    last = _write_table(book, sheet, document, head)
    _write_below(book, sheet, document, last + 1)
    sheet.repeat_rows(head)
    sheet.freeze_panes(head + 1, 0)
    book.close()
    return target.getvalue()


def _set_page(sheet: Worksheet, document: TableForm) -> None:
    sheet.set_paper(A4)
    if document.landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.55, right=0.55, top=0.8, bottom=0.8)
    sheet.set_footer("&C&14— &P —")
    for at, column in enumerate(document.columns):
        sheet.set_column_pixels(at, at, round(column.width_mm * PIXELS_PER_MM))


def _write_above(book: Workbook, sheet: Worksheet, document: TableForm) -> int:
    """Write mark, title and lines; return the row of the column titles."""
    row, last = 0, len(document.columns) - 1
    if document.mark:
        sheet.write_string(row, 0, document.mark, book.add_format({"font_name": "黑体", "font_size": 16}))
        sheet.set_row(row, 24)
        row += 1
    title = {"font_name": "方正小标宋简体", "font_size": 22, "align": "center", "valign": "vcenter"}
    _write_across(sheet, row, last, document.title, book.add_format(title))
    sheet.set_row(row, 40)
    for line in document.header_lines:
        row += 1
        _write_across(sheet, row, last, line, book.add_format(PLAIN))
    return row + 1


def _write_table(book: Workbook, sheet: Worksheet, document: TableForm, head: int) -> int:
    titles = book.add_format(
        {**PLAIN, "font_name": "黑体", "align": "center", "border": 1, "text_wrap": True}
    )
    sheet.set_row(head, 42)
    for at, column in enumerate(document.columns):
        sheet.write_string(head, at, column.title, titles)
    formats = [_cell_formats(book, column) for column in document.columns]
    row = head
    for row, values in enumerate(document.printed_rows(), start=head + 1):
        sheet.set_row(row, _height_mm(values, document) * POINTS_PER_MM)
        for at, value in enumerate(values):
            _write_value(sheet, row, at, value, formats[at])
    return row


def _cell_formats(book: Workbook, column: PrintColumn) -> tuple[Format, Format]:
    look = {**PLAIN, "align": column.align, "border": 1, "text_wrap": True}
    return book.add_format(look), book.add_format({**look, "num_format": WRITTEN_DAY})


def _height_mm(values: Sequence[PrintValue], document: TableForm) -> float:
    """Return the height that the fullest cell needs: a row with a set height does not grow by itself."""
    lines = 1
    for value, column in zip(values, document.columns, strict=True):
        needed = cells_wide(printed(value)) * HALF_CHARACTER_MM
        lines = max(lines, math.ceil(needed / (column.width_mm - CELL_PADDING_MM)))
    return max(document.row_height_mm, lines * LINE_MM + CELL_PADDING_MM)


def _write_value(
    sheet: Worksheet, row: int, at: int, value: PrintValue, formats: tuple[Format, Format]
) -> None:
    plain, day = formats
    if isinstance(value, date):
        sheet.write_datetime(row, at, value, day)
    elif isinstance(value, int):
        sheet.write_number(row, at, value, plain)
    elif value:
        sheet.write_string(row, at, value, plain)
    else:
        sheet.write_blank(row, at, None, plain)


def _write_below(book: Workbook, sheet: Worksheet, document: TableForm, row: int) -> None:
    last, plain = len(document.columns) - 1, book.add_format(PLAIN)
    if document.note:
        _write_across(sheet, row, last, document.note, plain)
    step = max(len(document.columns) // max(len(document.signatures), 1), 1)
    for at, words in enumerate(document.signatures):
        sheet.write_string(row + 2, min(at * step, last), f"{words}：", plain)


def _write_across(sheet: Worksheet, row: int, last: int, text: str, look: Format) -> None:
    if last > 0:
        sheet.merge_range(row, 0, row, last, text, look)
    else:
        sheet.write_string(row, 0, text, look)
