"""Excel workbooks (.xlsx) as grids."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import cast

import openpyxl
from django.utils.translation import gettext_lazy as _
from openpyxl.cell import Cell
from openpyxl.cell.cell import MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from lianxue.kernel.errors import Invalid, Text
from lianxue.kernel.office_package import BROKEN, TOO_LARGE, check_office_package
from lianxue.kernel.tables.cells import CellError, Formula, RawValue, matching_key
from lianxue.kernel.tables.grid import Grid
from lianxue.kernel.tables.layout import Layout, read_layouts

NO_SHEET = _("The workbook has no visible sheet with cells.")
NOT_WORKBOOK = _("This is a Word or PowerPoint file. Please send an Excel workbook (.xlsx) or a CSV file.")
TOO_LONG = _("The sheet has more than %(limit)d filled rows. Please send them in parts.")

MAX_SPREAD = 3_000_000  # filled and empty cells up to the last filled one of each row


def workbook_grid(content: bytes, title: str, *, most_rows: int, too_long: Text = TOO_LONG) -> Grid:
    """Read the sheet named ``title``, or else the first visible one.

    Raises Invalid; of more than ``most_rows`` filled rows no more are read than it takes to know that, and it is said
    with the words ``too_long``.
    """
    layouts = check_workbook(content)
    with opened(content, streaming=True) as book:
        sheet = _chosen(book, title)
        # Only this attribute tells which part of the package a sheet is.
        layout = layouts.get(str(getattr(sheet, "_worksheet_path", "")).lstrip("/"), Layout())
        grid = Grid(sheet.title, {}, layout.merged, layout.hidden_rows, layout.hidden_columns)
        sheet.reset_dimensions()  # the size that a file states of itself is often wrong
        spread = 0
        for number, cells in enumerate(sheet.rows, start=1):
            spread += len(cells)
            if spread > MAX_SPREAD:
                raise Invalid(TOO_LARGE)
            filled = {
                at: value for at, cell in enumerate(cells, start=1) if (value := _value(cell)) is not None
            }
            if filled:
                grid.rows[number] = filled
            if len(grid.rows) > most_rows:
                raise Invalid(str(too_long) % {"limit": most_rows})
    return grid


def check_workbook(content: bytes) -> dict[str, Layout]:
    """Make sure that ``content`` is a workbook that is safe to open; return the layout of its sheets."""
    if check_office_package(content) != "xlsx":
        raise Invalid(NOT_WORKBOOK)
    return read_layouts(content)


@contextmanager
def opened(content: bytes, *, streaming: bool) -> Iterator[Workbook]:
    """Open a checked workbook; whatever the parser stumbles over on the way becomes Invalid."""
    book: Workbook | None = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of features that it leaves out
            book = openpyxl.load_workbook(BytesIO(content), read_only=streaming, keep_links=False)
            yield book
    except Invalid:
        raise
    except (
        Exception
    ) as broken:  # the parser has no common error: a hostile file can raise nearly anything from it
        raise Invalid(BROKEN) from broken
    finally:
        if book is not None:
            book.close()


def _chosen(book: Workbook, title: str) -> ReadOnlyWorksheet:
    sheets = [s for s in cast("list[ReadOnlyWorksheet]", book.worksheets) if s.sheet_state == "visible"]
    if not sheets:
        raise Invalid(NO_SHEET)
    return next((s for s in sheets if matching_key(s.title) == matching_key(title)), sheets[0])


def _value(cell: Cell | MergedCell) -> RawValue | None:
    kind, value = cell.data_type, cell.value
    if value is None or value == "":
        return None
    if kind == "f":
        return Formula()
    if kind == "e":
        return CellError(str(value))
    if isinstance(value, str):
        return value if value.strip() else None
    return value  # type: ignore[return-value]  # numbers, booleans, dates, times: the stub says Any kind of value
