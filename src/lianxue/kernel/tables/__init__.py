"""Tables that people send in and take away: reading with every fault named, marking, blank sheets, exports."""

from lianxue.kernel.tables.marking import mark_faults
from lianxue.kernel.tables.reading import read_sheet
from lianxue.kernel.tables.shape import CellValue, Column, Fault, SheetRead, SheetRow, SheetShape
from lianxue.kernel.tables.writing import blank_sheet, stream_csv, stream_xlsx

__all__ = [
    "CellValue",
    "Column",
    "Fault",
    "SheetRead",
    "SheetRow",
    "SheetShape",
    "blank_sheet",
    "mark_faults",
    "read_sheet",
    "stream_csv",
    "stream_xlsx",
]
