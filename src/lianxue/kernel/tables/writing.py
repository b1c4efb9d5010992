"""Giving tables away: streamed workbooks and CSV, and the blank sheet that people fill in.

Text stays text: what somebody typed into a form never becomes a formula or a link in the reader's spreadsheet.
"""

import csv
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from lianxue.kernel.clock import SHANGHAI
from lianxue.kernel.errors import Text
from lianxue.kernel.tables.shape import Column, SheetShape

CHUNK_BYTES = 64 * 1024
ROWS_PER_SHEET = 1_000_000
MAX_TEXT = 32_767
SAFE_INTEGER = 10**15
FIXED_DATE = datetime(2020, 1, 1)  # noqa: DTZ001  # file properties carry no zone; fixed, so equal data gives equal bytes
FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
WIDEST, NARROWEST = 60, 8
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": False,
}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # Excel takes full-width ones too


def stream_xlsx(
    title: Text, columns: Sequence[Column | Text], rows: Iterable[Sequence[object]]
) -> Iterator[bytes]:
    """Yield an .xlsx file with one heading row, in memory that does not grow with the rows.

    Dates and moments become real dates (Shanghai time), numbers real numbers, everything else text.
    """
    with tempfile.TemporaryFile() as target:
        _write_export(target, str(title), columns, rows)
        target.seek(0)
        while chunk := target.read(CHUNK_BYTES):
            yield chunk


def stream_csv(columns: Sequence[Column | Text], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield a CSV file in UTF-8 with mark, so that Excel shows Chinese; text that looks like a formula is quoted."""
    yield "\ufeff".encode()
    yield _csv_line([_title(column) for column in columns])
    for row in rows:
        yield _csv_line([_csv_text(value) for value in row])


def blank_sheet(shape: SheetShape, rows: Iterable[Mapping[str, object]] = ()) -> bytes:
    """Return the workbook that people fill in: titles (required ones with *), hints, choices as lists, ``rows`` if any."""
    target = BytesIO()
    book = _workbook(target)
    sheet = book.add_worksheet(sheet_title(str(shape.title)))
    heading = book.add_format(
        {"bold": True, "bg_color": "#E8F0FE", "bottom": 1, "text_wrap": True, "valign": "top"}
    )
    formats = {kind: book.add_format({"num_format": code}) for kind, code in NUMBER_FORMATS.items()}
    for at, column in enumerate(shape.columns):
        sheet.set_column(at, at, column.width, formats[column.kind])
        sheet.write_string(0, at, f"{column.title}*" if column.required else str(column.title), heading)
        if column.hint:
            sheet.write_comment(0, at, str(column.hint))
    cells = _Cells(sheet, formats["date"], formats["date"])
    for number, row in enumerate(rows, start=1):
        for at, column in enumerate(shape.columns):
            value = row.get(column.key)
            labels = {stored: str(label) for stored, label in column.choices or ()}
            cells.write(number, at, labels.get(str(value), value))
    _offer_choices(book, sheet, shape)
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()


def sheet_title(text: str) -> str:
    """Return ``text`` as Excel allows it for a sheet: at most 31 characters, without ``[]:*?/\\``."""
    return FORBIDDEN_IN_TITLE.sub(" ", text).strip().strip("'")[:31].strip() or "Sheet1"


NUMBER_FORMATS = {"text": "@", "integer": "0", "date": "yyyy-mm-dd", "choice": "@"}


def _workbook(target: IO[bytes], *, constant_memory: bool = False) -> Workbook:
    book = xlsxwriter.Workbook(target, OPTIONS | {"constant_memory": constant_memory})
    book.set_properties({"created": FIXED_DATE, "author": "", "title": ""})
    return book


def _write_export(
    target: IO[bytes], title: str, columns: Sequence[Column | Text], rows: Iterable[Sequence[object]]
) -> None:
    book = _workbook(target, constant_memory=True)
    heading = book.add_format({"bold": True, "bg_color": "#F1F3F5", "bottom": 1})
    day, moment = (book.add_format({"num_format": code}) for code in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
    source, part, more = iter(rows), 1, True
    while more:
        sheet = book.add_worksheet(sheet_title(title) if part == 1 else f"{sheet_title(title)[:26]} {part}")
        widths = [cells_wide(_title(column)) for column in columns]
        for at, column in enumerate(columns):
            sheet.write_string(0, at, _title(column), heading)
        cells, written = _Cells(sheet, day, moment), 0
        for written, row in enumerate(source, start=1):  # the last number is read below
            for at, value in enumerate(row):
                shown = cells.write(written, at, value)
                widths[at] = max(widths[at], cells_wide(shown) if len(shown) < WIDEST else WIDEST)
            if written == ROWS_PER_SHEET:
                break
        more, part = written == ROWS_PER_SHEET, part + 1
        for at, (column, width) in enumerate(zip(columns, widths, strict=True)):
            fixed = column.width if isinstance(column, Column) else 0
            sheet.set_column(at, at, max(fixed, min(max(width + 2, NARROWEST), WIDEST)))
        sheet.freeze_panes(1, 0)
        if written:
            sheet.autofilter(0, 0, written, len(columns) - 1)
    book.close()


@dataclass(frozen=True)
class _Cells:
    """Writes values to a sheet as what they are: days and moments in their formats, numbers, text."""

    sheet: Worksheet
    day: Format
    moment: Format

    def write(self, row: int, at: int, value: object) -> str:
        """Write one value; return the text that it will roughly show."""
        if value is None or value == "":
            return ""
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool) and _fits(value):
            self.sheet.write_number(row, at, value)
            return str(value)
        if isinstance(value, datetime):
            local = value.astimezone(SHANGHAI) if value.tzinfo else value
            self.sheet.write_datetime(row, at, local.replace(tzinfo=None), self.moment)
            return "2026-03-05 08:00"
        if isinstance(value, date):
            self.sheet.write_datetime(row, at, value, self.day)
            return "2026-03-05"
        shown = _yes_or_no(value) if isinstance(value, bool) else str(value)[:MAX_TEXT]
        self.sheet.write_string(row, at, shown)
        return shown


def _fits(number: float | Decimal) -> bool:
    """Tell whether a spreadsheet keeps every digit; longer numbers are written as text."""
    return -SAFE_INTEGER < number < SAFE_INTEGER


def _yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")


def _offer_choices(book: Workbook, sheet: Worksheet, shape: SheetShape) -> None:
    """Put every list of choices on a hidden sheet: a list written into the rule itself may have 255 characters only."""
    with_choices = [(at, column) for at, column in enumerate(shape.columns) if column.choices]
    if not with_choices:
        return
    lists = book.add_worksheet("lists")
    lists.hide()
    for at, column in with_choices:
        choices = column.choices or ()
        for row, (_value, label) in enumerate(choices):
            lists.write_string(row, at, str(label))
        letter = xl_col_to_name(at)
        source = f"=lists!${letter}$1:${letter}${len(choices)}"
        rule = {"validate": "list", "source": source, "ignore_blank": not column.required}
        sheet.data_validation(1, at, shape.max_rows, at, rule)


def _title(column: Column | Text) -> str:
    return str(column.title) if isinstance(column, Column) else str(column)


def cells_wide(text: str) -> int:
    """Return the width of the longest line in half-width characters; a Han character counts two."""
    longest = max(text.split("\n"), key=len)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in longest)


def _csv_line(values: Sequence[str]) -> bytes:
    line = StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue().encode()


def _csv_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _yes_or_no(value)
    if isinstance(value, datetime):
        return (value.astimezone(SHANGHAI) if value.tzinfo else value).strftime("%Y-%m-%d %H:%M")
    text = str(value)
    harmless = isinstance(value, int | float | Decimal | date) or not text.startswith(FORMULA_STARTS)
    return text if harmless else f"'{text}"
