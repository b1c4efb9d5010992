"""Tables that people send in and take away: reading with every fault named, marking, blank sheets, exports."""

from lianxue.kernel.tables.cells import matching_key
from lianxue.kernel.tables.form_reading import read_form
from lianxue.kernel.tables.form_shape import (
    FormFault,
    FormField,
    FormRead,
    FormReadRow,
    FormShape,
    FormTable,
    FormValue,
    Ticked,
)
from lianxue.kernel.tables.grid import Grid
from lianxue.kernel.tables.marking import mark_faults
from lianxue.kernel.tables.reading import as_grid, read_grid, read_sheet, take_table
from lianxue.kernel.tables.shape import CellValue, Column, Fault, SheetRead, SheetRow, SheetShape
from lianxue.kernel.tables.word import is_word, word_grid
from lianxue.kernel.tables.writing import blank_sheet, stream_csv, stream_xlsx

__all__ = [
    "CellValue",
    "Column",
    "Fault",
    "FormFault",
    "FormField",
    "FormRead",
    "FormReadRow",
    "FormShape",
    "FormTable",
    "FormValue",
    "Grid",
    "SheetRead",
    "SheetRow",
    "SheetShape",
    "Ticked",
    "as_grid",
    "blank_sheet",
    "is_word",
    "mark_faults",
    "matching_key",
    "read_form",
    "read_grid",
    "read_sheet",
    "stream_csv",
    "stream_xlsx",
    "take_table",
    "word_grid",
]
