"""Reading the two registers in their published layout, as we print them or as somebody typed them."""

from collections.abc import Sequence
from dataclasses import replace

from django.core.files.base import File

from lianxue.documents.enums import PrintedKind
from lianxue.documents.operations.registers import ISSUE_COLUMNS, LOAN_COLUMNS, MORE_ROWS
from lianxue.kernel.rendering import PrintColumn
from lianxue.kernel.tables import (
    Column,
    Grid,
    SheetRead,
    SheetShape,
    as_grid,
    is_word,
    matching_key,
    read_grid,
    take_table,
    word_grid,
)

MOST_ROWS = 2000
TITLES_WITHIN = 20  # the row of titles stands among this many
KINDS = [*((kind.name.lower(), kind.value) for kind in PrintedKind), ("other", "其他")]


def read_loan_register(upload: "File[bytes] | bytes", *, name: str) -> SheetRead:
    """Return the rows of 附件1 (``unit``, ``title``, ``kind``, ``quantity``, ``name``, ``day``, ``returned_on``) and its faults.

    Raise ``Invalid`` for a file that cannot be read.
    """
    return _read(upload, name, "借阅记录", LOAN_COLUMNS, ("name", "day", "returned_on"))


def read_issue_register(upload: "File[bytes] | bytes", *, name: str) -> SheetRead:
    """Return the rows of 附件2 (``unit``, ``title``, ``kind``, ``quantity``, ``name``, ``day``) and its faults."""
    return _read(upload, name, "发放记录", ISSUE_COLUMNS, ("name", "day"))


def _read(
    upload: "File[bytes] | bytes",
    name: str,
    sheet: str,
    printed: Sequence[PrintColumn],
    last_keys: Sequence[str],
) -> SheetRead:
    shape = SheetShape(sheet, _columns(printed, last_keys), max_rows=MOST_ROWS)
    content = take_table(upload)
    # Twice, for the titles and the empty rows of printed forms that stand below each other.
    grid = word_grid(content) if is_word(content) else as_grid(content, sheet, name, most_rows=2 * MOST_ROWS)
    return read_grid(_without_empty_forms(_with_published_titles(grid, printed)), shape)


def _columns(printed: Sequence[PrintColumn], last_keys: Sequence[str]) -> list[Column]:
    number, unit, title, kind, quantity, *last = (column.title for column in printed)
    columns = [
        Column("number", number, required=False),
        Column("unit", unit, required=False),
        Column("title", title),
        Column("kind", kind, "choice", required=False, choices=KINDS),
        Column("quantity", quantity, "integer", required=False, minimum=1, maximum=9999),
        Column("name", last[0], max_length=60),
        Column("day", last[1], "date"),
    ]
    if "returned_on" in last_keys:
        columns.append(Column("returned_on", last[2], "date", required=False))
    return columns


def _with_published_titles(grid: Grid, printed: Sequence[PrintColumn]) -> Grid:
    """Put the published titles in the place of shortened ones: people leave out what stands in brackets."""
    published = {matching_key(_bare(column.title)): column.title for column in printed}
    rows = dict(grid.rows)
    for number in list(rows)[:TITLES_WITHIN]:
        titles = {
            at: published.get(matching_key(_bare(value)), value) if isinstance(value, str) else value
            for at, value in rows[number].items()
        }
        if sum(value in published.values() for value in titles.values()) > len(published) // 2:
            rows[number] = titles
            break
    return replace(grid, rows=rows)


def _bare(title: str) -> str:
    return title.replace("(", "（").partition("（")[0]


def _without_empty_forms(grid: Grid) -> Grid:
    """Leave out the rows that a form has for writing by hand, of which only the number is filled in, and the note below."""
    note = matching_key(MORE_ROWS)

    def is_empty(row: dict[int, object]) -> bool:
        (at, value), *others = row.items()
        if others:
            return False
        is_number = isinstance(value, int | float) or (isinstance(value, str) and value.strip().isdecimal())
        return (at == 1 and is_number) or (isinstance(value, str) and matching_key(value) == note)

    rows = {number: row for number, row in grid.rows.items() if not is_empty(dict(row))}
    merged = [
        area for area in grid.merged if any(n in rows for n in range(area.first_row, area.last_row + 1))
    ]
    return replace(grid, rows=rows, merged=merged)
