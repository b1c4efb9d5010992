"""A form in an Excel workbook."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.utils import get_column_letter

from lianxue.kernel.tables.form_grid import Block, FormGrid
from lianxue.kernel.tables.grid import Grid
from lianxue.kernel.tables.workbook import workbook_grid

MOST_ROWS, MOST_COLUMNS = 5_000, 200
TOO_LONG = gettext_lazy("The sheet has more than %(limit)d filled rows; so long a form cannot be read.")


def workbook_form(content: bytes, title: str) -> FormGrid:
    """Return the sheet called ``title``, or else the first visible one. Raise ``Invalid``."""
    grid = workbook_grid(content, title, most_rows=MOST_ROWS, too_long=TOO_LONG)
    form = FormGrid(grid.sheet)
    covered: set[tuple[int, int]] = set()
    for area in grid.merged:
        corner = grid.rows.get(area.first_row, {}).get(area.first_column)
        if area.last_column > MOST_COLUMNS:
            continue
        rows, columns = area.last_row - area.first_row + 1, area.last_column - area.first_column + 1
        place = f"{get_column_letter(area.first_column)}{area.first_row}"
        form.add(Block(area.first_row, area.first_column, rows, columns, corner, place))
        covered.update(
            (row, column)
            for row in range(area.first_row, area.last_row + 1)
            for column in range(area.first_column, area.last_column + 1)
        )
    for number, row in grid.rows.items():
        for at, raw in row.items():
            if (number, at) not in covered:
                form.add(Block(number, at, 1, 1, raw, f"{get_column_letter(at)}{number}"))
    _note_hidden(grid, form)
    return form


def _note_hidden(grid: Grid, form: FormGrid) -> None:
    for number in sorted(grid.hidden_rows & grid.rows.keys()):
        form.troubles.append((str(number), _("This row is hidden. Please show or delete it.")))
    used = {at for row in grid.rows.values() for at in row}
    for at in sorted(grid.hidden_columns & used):
        message = _("This column is hidden. Please show it or delete it.")
        form.troubles.append((get_column_letter(at), message))
