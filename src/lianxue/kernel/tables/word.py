"""Tables in Word documents (.docx) as grids."""

import re
from io import BytesIO

import docx
from django.utils.translation import gettext_lazy as _
from docx.table import Table

from lianxue.kernel.errors import Invalid
from lianxue.kernel.office_package import BROKEN, TOO_LARGE, ZIP_MAGIC, check_office_package
from lianxue.kernel.tables.grid import Area, Grid

NO_TABLE = _("There is no table in this Word document.")
MAX_ROWS, MAX_COLUMNS = 5_000, 60
SPACES = re.compile(r"\s+")


def is_word(content: bytes) -> bool:
    """Tell whether ``content`` is a Word document. Raises Invalid when it is no office file that may be opened."""
    return content.startswith(ZIP_MAGIC) and check_office_package(content) == "docx"


def word_grid(content: bytes) -> Grid:
    """Read the longest table of a checked Word document; rows are counted from the first of that table. Raises Invalid."""
    try:
        tables = docx.Document(BytesIO(content)).tables
    except (
        Exception
    ) as broken:  # the parser has no common error: a hostile file can raise nearly anything from it
        raise Invalid(BROKEN) from broken
    if not tables:
        raise Invalid(NO_TABLE)
    longest = max(tables, key=lambda table: len(table._tbl.tr_lst))  # noqa: SLF001  # rows would build every cell
    if len(longest._tbl.tr_lst) > MAX_ROWS:  # noqa: SLF001
        raise Invalid(TOO_LARGE)
    return _grid(longest)


def _grid(table: Table) -> Grid:
    grid = Grid("Word")
    above: dict[int, object] = {}
    for number, row in enumerate(table.rows, start=1):
        cells = row.cells
        if len(cells) > MAX_COLUMNS:
            raise Invalid(TOO_LARGE)
        filled: dict[int, object] = {}
        here: dict[int, object] = {}
        for at, cell in enumerate(cells, start=1):
            here[at] = cell._tc  # noqa: SLF001  # the same element in two places is how python-docx tells of merging
            if at > 1 and here[at] is here[at - 1]:
                grid.merged.append(Area(number, number, at - 1, at))
            elif here[at] is above.get(at):
                grid.merged.append(Area(number - 1, number, at, at))
            elif text := SPACES.sub(" ", cell.text).strip():
                filled[at] = text
        if filled:
            grid.rows[number] = filled  # type: ignore[assignment]  # texts are raw values
        above = here
    return grid
