"""Reading a form that a person sends in, as we print it or as an official typed it: nothing is guessed, every fault named.

A question is found by the words of its cell, wherever it stands; its value is right of it, or below. A table is found by
the titles of its columns. Spaces, line breaks, full or half width and the kind of brackets do not count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel.errors import Invalid
from lianxue.kernel.office_package import ZIP_MAGIC, check_not_ole, check_office_package
from lianxue.kernel.tables.cells import Formula, Unreadable
from lianxue.kernel.tables.form_grid import Block, FormGrid
from lianxue.kernel.tables.form_shape import FormField, FormRead, FormReadRow, FormShape, FormTable, FormValue
from lianxue.kernel.tables.form_values import folded, label_key, read_value
from lianxue.kernel.tables.form_word import word_form
from lianxue.kernel.tables.form_workbook import workbook_form
from lianxue.kernel.tables.reading import take_table

NOT_A_FORM = gettext_lazy(
    "Please send the filled form as an Excel workbook (.xlsx) or a Word document (.docx)."
)
NOTES = ("注:", "备注:", "说明:", "填表说明", "填报说明")
BLANKS = " \t　_＿"


def read_form(upload: "File[bytes] | bytes", shape: FormShape) -> FormRead:
    """Return the answers of a filled form and everything that is wrong with it.

    Raise ``Invalid`` when the file as a whole cannot be read (type, password, macros, damage, size, tracked changes).
    """
    content = take_table(upload)
    check_not_ole(content)
    if not content.startswith(ZIP_MAGIC):
        raise Invalid(NOT_A_FORM)
    kind = check_office_package(content)
    if kind not in ("docx", "xlsx"):
        raise Invalid(NOT_A_FORM)
    return read_form_grid(
        word_form(content) if kind == "docx" else workbook_form(content, shape.title), shape
    )


def read_form_grid(grid: FormGrid, shape: FormShape) -> FormRead:
    """Read the cells of a form against ``shape``."""
    read = FormRead(grid.sheet)
    for place, message in grid.troubles:
        read.add(place, "", message)
    places = _Places(grid)
    places.captions = {
        block.row
        for table in shape.tables
        if table.caption
        for block in places.of(table.caption)
        if places.is_wide(block)
    }
    heads = {table.key: _find_titles(grid, table, places) for table in shape.tables}
    values = {asked.key: _find_value(asked, places) for asked in shape.fields}
    _read_lines(grid, shape.lines, places, read)
    for asked in shape.fields:
        _read_field(asked, values[asked.key], read)
    for table in shape.tables:
        _read_table(table, heads[table.key], places, read)
    return read


@dataclass
class _Places:
    """Where titles stand, and what is already known to be a title or a value."""

    grid: FormGrid
    by_words: dict[str, list[Block]] = field(default_factory=dict)
    taken: set[Block] = field(default_factory=set)
    titles: set[int] = field(default_factory=set)  # rows with the titles of a table
    labels: set[int] = field(default_factory=set)  # rows with a question
    captions: set[int] = field(default_factory=set)  # rows with the words above a table

    def __post_init__(self) -> None:
        for block in self.grid.blocks():
            if isinstance(block.raw, str):
                key = label_key(block.raw)
                self.by_words.setdefault(key, []).append(block)
                if (bare := _bare(key)) != key:
                    self.by_words.setdefault(bare, []).append(block)

    def is_wide(self, block: Block) -> bool:
        """Tell whether a cell reaches over the whole width of the form."""
        return self.grid.starting_in(block.row) == [block] and block.last_column >= self.grid.last_column

    def of(self, words: str) -> list[Block]:
        """Return the cells that hold these words, or these without what stands in brackets at their end."""
        key = label_key(words)
        return self.by_words.get(key) or self.by_words.get(_bare(key), [])


def _bare(key: str) -> str:
    return key.partition("(")[0] if key.endswith(")") and not key.startswith("(") else key


def _find_value(asked: FormField, places: _Places) -> Block | None:
    """Return the cell of an answer, or None when its question is not there."""
    sides = [block for block in places.of(asked.beside) if block not in places.taken] if asked.beside else []
    for label in places.of(asked.title):
        if label in places.taken or label.row in places.titles | places.captions:
            continue
        if asked.beside and not any(
            side.row <= label.row <= side.last_row and side.last_column < label.column for side in sides
        ):
            continue
        value = places.grid.at(label.row, label.last_column + 1)
        if value is None and label.last_column >= places.grid.last_column:
            value = places.grid.at(label.last_row + 1, label.column)
        places.taken |= {label} | ({value} if value else set())
        places.labels.add(label.row)
        # An empty cell that nothing surrounds is not in a workbook at all.
        beside = label.last_column + 1
        return value or Block(label.row, beside, 1, 1, None, places.grid.named(label.row, beside))
    return None


def _read_field(asked: FormField, block: Block | None, read: FormRead) -> None:
    if block is None:
        message = _("“%(title)s” was not found in the form. Please fill in the form as it is printed here.")
        read.add("", asked.title, message % {"title": asked.title})
        return
    read.places[asked.key] = block.place
    try:
        read.values[asked.key] = read_value(block.raw, asked)
    except Unreadable as unreadable:
        read.add(block.place, asked.title, str(unreadable))


def _read_lines(grid: FormGrid, asked: Iterable[FormField], places: _Places, read: FormRead) -> None:
    """Read what is written behind the words of the lines above and below the table: 报送单位：（公章）… 联系人姓名：…."""
    wanted = {one.key: one for one in asked}
    if not wanted:
        return
    first = min(places.titles | places.labels, default=grid.last_row + 1)
    texts = [(text, "") for text in grid.lines]
    texts += [(str(b.raw), b.place) for b in grid.blocks() if b.row < first and isinstance(b.raw, str)]
    for text, place in texts:
        key, at = folded(text)
        found = _labels_in(key, wanted)
        for nth, (_start, end, one) in enumerate(found):
            until = at[found[nth + 1][0]] if nth + 1 < len(found) else len(text)
            _read_field(one, Block(0, 0, 1, 1, text[at[end - 1] + 1 : until].strip(BLANKS), place), read)
            del wanted[one.key]
    formulas = [b for b in grid.blocks() if b.row < first and isinstance(b.raw, Formula)]
    for one in wanted.values():
        _read_field(one, formulas[0] if formulas else None, read)


def _labels_in(key: str, wanted: Mapping[str, FormField]) -> list[tuple[int, int, FormField]]:
    """Return where the words of each line stand in a text; of words within longer ones only the longer count."""
    found: list[tuple[int, int, FormField]] = []
    for one in sorted(wanted.values(), key=lambda one: -len(one.title)):
        words = folded(one.title)[0]
        start = key.find(words)
        while start >= 0 and any(start < end and begin < start + len(words) for begin, end, _one in found):
            start = key.find(words, start + 1)
        if start >= 0:
            found.append((start, start + len(words), one))
    return sorted(found, key=lambda span: span[0])


def _find_titles(grid: FormGrid, table: FormTable, places: _Places) -> dict[str, Block] | None:
    """Return the cells with the titles of a table's columns, from the row that looks most like it."""
    best: dict[str, Block] = {}
    best_score = 0.5  # at least half of the titles of the table and of the row
    rows = {b.row for one in table.columns for b in places.of(one.title)} - places.titles
    for row in sorted(rows):
        blocks = grid.starting_in(row)
        found: dict[str, Block] = {}
        for one in table.columns:
            matching = [b for b in places.of(one.title) if b.row == row and b not in found.values()]
            if matching:
                found[one.key] = matching[0]
        score = 2 * len(found) / (len(table.columns) + sum(b.raw is not None for b in blocks))
        if score > best_score:
            best, best_score = found, score
    if not best:
        return None
    places.titles.add(next(iter(best.values())).row)
    places.taken |= set(best.values())
    return best


def _read_table(table: FormTable, head: dict[str, Block] | None, places: _Places, read: FormRead) -> None:
    rows = read.grids.setdefault(table.key, [])
    if head is None:
        titles = " / ".join(one.title for one in table.columns)
        message = _("No row with the column titles was found. Expected titles: %(titles)s.") % {
            "titles": titles
        }
        read.add("", "", message)
        return
    for one in table.columns:
        if one.key not in head:
            message = _("The column “%(title)s” is missing.") % {"title": one.title}
            read.add(next(iter(head.values())).place, one.title, message)
    body = _Body(places.grid, table, head)
    stops = (places.titles | places.labels | places.captions) - {body.title_row}
    merged: set[Block] = set()
    for row in range(body.last_title_row + 1, places.grid.last_row + 1):
        if row in stops or body.is_note(row):
            break
        cells = body.cells(row, merged, read)
        if table.named_rows and len(rows) == table.named_rows:
            break
        is_empty = cells is not None and all(block is None or block.raw is None for block in cells.values())
        if cells is None or (is_empty and not table.named_rows):
            continue
        if len(rows) == table.most_rows:
            message = _("The table has more than %(limit)d rows. Please send them in parts.")
            read.add(_place(cells), "", message % {"limit": table.most_rows})
            break
        if (answer := body.read_row(row, cells, read)) is not None:
            rows.append(answer)


def _place(cells: Mapping[str, Block | None]) -> str:
    return next(block.place for block in cells.values() if block is not None)


class _Body:
    """The rows below the titles of a table."""

    def __init__(self, grid: FormGrid, table: FormTable, head: Mapping[str, Block]) -> None:
        self.grid, self.table, self.head = grid, table, head
        self.ordered = sorted(head.values(), key=lambda block: block.column)
        self.title_row = self.ordered[0].row
        self.last_title_row = max(block.last_row for block in self.ordered)
        self.first, self.last = self.ordered[0].column, self.ordered[-1].last_column

    def is_note(self, row: int) -> bool:
        """Tell whether what stands below the table begins here: a single cell with words that begin like a note."""
        filled = [block for block in self.grid.starting_in(row) if block.raw is not None]
        return (
            len(filled) == 1 and isinstance(filled[0].raw, str) and folded(filled[0].raw)[0].startswith(NOTES)
        )

    def cells(self, row: int, merged: set[Block], read: FormRead) -> dict[str, Block | None] | None:
        """Return the cell of each column; note what is merged over several, or stands under no title."""
        starting = [b for b in self.grid.starting_in(row) if b.column >= self.first]
        by_order = self.grid.is_word and len(starting) == len(self.ordered)
        at_title = dict(zip(self.ordered, starting, strict=True)) if by_order else {}
        cells: dict[str, Block | None] = {}
        for key, title in self.head.items():
            block = at_title.get(title) or self.grid.at(row, title.column)
            if block is not None and not by_order and self._hides_others(block):
                if block not in merged and block.raw is not None:
                    merged.add(block)
                    read.add(
                        block.place, title.raw if isinstance(title.raw, str) else "",
                        _("This cell is merged over several. Please split it and fill in each."),
                    )  # fmt: skip
                if block.raw is not None:
                    return None
            cells[key] = block
        known = {id(block) for block in cells.values()}
        for block in starting:
            if id(block) not in known and block.raw is not None:
                read.add(block.place, "", _("There is something in this cell, but its column has no title."))
        return cells

    def _hides_others(self, block: Block) -> bool:
        """Tell whether one cell lies over several rows or columns of the table."""
        titles = sum(block.column <= title.column <= block.last_column for title in self.ordered)
        return block.rows > 1 or titles > 1

    def read_row(self, row: int, cells: Mapping[str, Block | None], read: FormRead) -> FormReadRow | None:
        """Return the answers of a row, or None when something in it is wrong."""
        values: dict[str, FormValue] = {}
        places: dict[str, str] = {}
        before = len(read.faults) + read.left_out
        for one in self.table.columns:
            block = cells.get(one.key)
            title = self.head.get(one.key)
            places[one.key] = block.place if block else self.grid.named(row, title.column) if title else ""
            try:
                values[one.key] = read_value(block.raw if block else None, one)
            except Unreadable as unreadable:
                read.add(places[one.key], one.title, str(unreadable))
        return FormReadRow(values, places) if len(read.faults) + read.left_out == before else None
