"""Reading a table that a person sends in: every wrong cell is named, nothing is guessed, nothing raises but Invalid."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from lianxue.kernel.errors import Invalid
from lianxue.kernel.office_package import ZIP_MAGIC, check_not_ole
from lianxue.kernel.tables.cells import Unreadable, empty_value, matching_key, read_cell
from lianxue.kernel.tables.comma_separated import csv_grid
from lianxue.kernel.tables.grid import Area, Grid
from lianxue.kernel.tables.shape import CellValue, Column, Fault, SheetRead, SheetRow, SheetShape
from lianxue.kernel.tables.workbook import workbook_grid

TITLES_WITHIN = 20  # the row of titles is looked for among this many filled rows


def read_sheet(upload: "File[bytes] | bytes", shape: SheetShape, *, name: str = "") -> SheetRead:
    """Read an .xlsx or .csv file against ``shape``.

    Returns the rows without fault and all faults, each with sheet, row, column letter and column title. Raises Invalid
    when the file as a whole cannot be read (type, password, macros, damage, size).
    """
    content = take_table(upload)
    file_name = name or str(getattr(upload, "name", "") or "")
    most_rows = shape.max_rows + TITLES_WITHIN  # of so many, more than ``max_rows`` stand below the titles
    return read_grid(as_grid(content, str(shape.title), file_name, most_rows=most_rows), shape)


def read_grid(grid: Grid, shape: SheetShape) -> SheetRead:
    """Read the cells of one sheet or Word table against ``shape``."""
    read = SheetRead(grid.sheet)
    header = _find_titles(grid, shape)
    if header is None:
        expected = " / ".join(str(column.title) for column in shape.columns)
        message = _("No row with the column titles was found. Expected titles: %(titles)s.") % {
            "titles": expected
        }
        read.add(Fault(grid.sheet, min(grid.rows, default=1), "", "", message))
        return read
    columns = _match_columns(grid, shape, header, read)
    data_rows = [number for number in grid.rows if number > header]
    if len(data_rows) > shape.max_rows:
        message = _("The table has %(rows)d rows; at most %(limit)d can be read at once.")
        counts = {"rows": len(data_rows), "limit": shape.max_rows}
        read.add(Fault(grid.sheet, data_rows[shape.max_rows], "", "", message % counts))
        return read
    if not data_rows:
        read.add(Fault(grid.sheet, header + 1, "", "", _("There is no row below the column titles.")))
    _check_layout(grid, header, read)
    absent = {column.key: empty_value(column) for column in shape.columns if column.key not in read.places}
    body = _Body(grid, header, columns, absent)
    for number in data_rows:
        _read_row(number, body, read)
    read.faults.sort(key=lambda fault: (fault.row, len(fault.column), fault.column))
    return read


def take_table(upload: "File[bytes] | bytes") -> bytes:
    """Return the bytes of an upload within the size limit. Raises Invalid."""
    limit: int = settings.TABLE_MAX_BYTES
    content = upload if isinstance(upload, bytes) else upload.read(limit + 1)
    if len(content) > limit:
        megabytes = {"limit": limit // (1024 * 1024)}
        raise Invalid(_("The file is larger than %(limit)d MB. Please split the table.") % megabytes)
    if not content.strip():
        raise Invalid(_("The file is empty."))
    return content


def as_grid(content: bytes, title: str, file_name: str, *, most_rows: int) -> Grid:
    """Return the sheet of a workbook or CSV file, told apart by content. Raises Invalid, also for a workbook of more rows."""
    check_not_ole(content)
    if content.startswith(ZIP_MAGIC):
        return workbook_grid(content, title, most_rows=most_rows)
    return csv_grid(content, PurePath(file_name).name or "CSV")


def _find_titles(grid: Grid, shape: SheetShape) -> int | None:
    """Return the row that looks most like the row of titles: at least half of the required ones are in it."""
    wanted = {matching_key(str(column.title)) for column in shape.columns}
    required = {matching_key(str(c.title)) for c in shape.columns if c.required} or wanted
    best, best_score = None, 0
    for number in list(grid.rows)[:TITLES_WITHIN]:
        found = {matching_key(v) for v in grid.rows[number].values() if isinstance(v, str)}
        score = len(found & wanted)
        if score > best_score and 2 * len(found & required) >= len(required):
            best, best_score = number, score
    return best


def _match_columns(grid: Grid, shape: SheetShape, header: int, read: SheetRead) -> Mapping[int, Column]:
    """Return which sheet column holds which of our columns; note titles that are missing, doubled or unknown."""
    by_title = {matching_key(str(column.title)): column for column in shape.columns}
    matched: dict[int, Column] = {}
    for at, raw in grid.rows[header].items():
        letter, title = get_column_letter(at), raw.strip() if isinstance(raw, str) else ""
        column = by_title.get(matching_key(title))
        if column is None:
            message = _("This column is not known here. Please delete it or mend its title.")
            read.add(Fault(grid.sheet, header, letter, title, message))
        elif column.key in read.places:
            message = _("This column title is there twice.")
            read.add(Fault(grid.sheet, header, letter, title, message))
        else:
            matched[at] = column
            read.places[column.key] = (letter, str(column.title))
    for column in shape.columns:
        if column.key not in read.places and column.required:
            message = _("The column “%(title)s” is missing.") % {"title": column.title}
            read.add(Fault(grid.sheet, header, "", str(column.title), message))
    return matched


def _check_layout(grid: Grid, header: int, read: SheetRead) -> None:
    """Note merged cells and hidden rows and columns: whoever filled in the table did not see what we would read."""
    titles = dict(read.places.values())
    last = max(grid.rows)
    for area in grid.merged:
        if area.last_row >= header and area.first_row <= last:
            letter = get_column_letter(area.first_column)
            message = _("The cells %(area)s are merged. Please unmerge them and fill in each.") % {
                "area": _name(area)
            }
            read.add(Fault(grid.sheet, area.first_row, letter, titles.get(letter, ""), message))
    for number in sorted(grid.hidden_rows & grid.rows.keys()):
        if number > header:
            read.add(Fault(grid.sheet, number, "", "", _("This row is hidden. Please show or delete it.")))
    for at in sorted(grid.hidden_columns):
        letter = get_column_letter(at)
        if letter in titles:
            message = _("This column is hidden. Please show it or delete it.")
            read.add(Fault(grid.sheet, header, letter, titles[letter], message))


@dataclass(frozen=True)
class _Body:
    """What reading a row needs to know: where the titles stand and which column is which."""

    grid: Grid
    header: int
    columns: Mapping[int, Column]
    absent: Mapping[str, CellValue]


def _read_row(number: int, body: _Body, read: SheetRead) -> None:
    raw, titled = body.grid.rows[number], body.grid.rows[body.header].keys()
    values: dict[str, CellValue] = dict(body.absent)
    faults_before = len(read.faults) + read.left_out
    for at, column in body.columns.items():
        try:
            values[column.key] = read_cell(raw.get(at), column)
        except Unreadable as unreadable:
            read.add_fault(number, column.key, str(unreadable))
    for at in sorted(raw.keys() - titled):
        message = _("There is something in this cell, but its column has no title.")
        read.add(Fault(read.sheet, number, get_column_letter(at), "", message))
    if len(read.faults) + read.left_out == faults_before:
        read.rows.append(SheetRow(number, values))


def _name(area: Area) -> str:
    first = f"{get_column_letter(area.first_column)}{area.first_row}"
    return f"{first}:{get_column_letter(area.last_column)}{area.last_row}"
