"""CSV files as grids: UTF-8 with or without mark, UTF-16 with mark, or GB18030; comma, semicolon or tab."""

import csv
from io import StringIO

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Invalid
from lianxue.kernel.office_package import TOO_LARGE
from lianxue.kernel.tables.grid import Grid

NOT_TABLE = _("This is not a table. Please send an Excel workbook (.xlsx) or a CSV file.")
MAX_CELLS = 600_000
OTHER_FILES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"MZ",
    b"\x7fELF",
)


def csv_grid(content: bytes, sheet: str) -> Grid:
    """Read CSV; cells are text, blank cells are left out. Raises Invalid."""
    text = decoded(content)
    grid, cells = Grid(sheet), 0
    try:
        for number, record in enumerate(
            csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text)), start=1
        ):
            cells += len(record)
            if cells > MAX_CELLS:
                raise Invalid(TOO_LARGE)
            filled = {at: value for at, value in enumerate(record, start=1) if value.strip()}
            if filled:
                grid.rows[number] = dict(filled)
    except csv.Error as broken:
        raise Invalid(NOT_TABLE) from broken
    return grid


def decoded(content: bytes) -> str:
    """Return the text of a CSV file whichever of the usual encodings it has. Raises Invalid."""
    if content.startswith(OTHER_FILES):
        raise Invalid(NOT_TABLE)
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text or text.lstrip()[:20].lower().startswith(("<html", "<!doctype", "<?xml", "{\\rtf")):
            break
        return text
    raise Invalid(NOT_TABLE)


def _delimiter(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    return max((",", "\t", ";"), key=first.count)
