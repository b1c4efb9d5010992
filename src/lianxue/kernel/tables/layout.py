"""The layout of each sheet of a workbook, read from its XML in one pass: merged areas, hidden rows and columns.

openpyxl in its streaming mode tells none of this; in its other mode it makes one object for each cell of a merged or
linked area, so that forty bytes of XML could fill the memory. Hence the areas are measured here first.
"""

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree

from openpyxl.utils.cell import range_boundaries

from lianxue.kernel.errors import Invalid
from lianxue.kernel.office_package import BROKEN, CONTENT_TYPES, TOO_LARGE
from lianxue.kernel.tables.grid import Area

MAX_CELLS = 600_000
MAX_AREA = 200_000
WORKSHEET_PART = re.compile(rb'PartName="/?([^"]+)"[^>]*spreadsheetml\.worksheet\+xml')


@dataclass
class Layout:
    """What is merged and hidden in one sheet."""

    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_layouts(content: bytes) -> dict[str, Layout]:
    """Return the layout of every worksheet by the name of its part. Raises Invalid when there is too much in it."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        names = {name.decode() for name in WORKSHEET_PART.findall(package.read(CONTENT_TYPES))}
        names |= {
            name for name in package.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")
        }
        budget = _Budget()
        try:
            return {
                name: _layout(package.read(name), budget)
                for name in sorted(names)
                if name in package.namelist()
            }
        except (ElementTree.ParseError, ValueError, TypeError) as broken:
            raise Invalid(BROKEN) from broken


@dataclass
class _Budget:
    cells: int = MAX_CELLS
    area: int = MAX_AREA

    def take(self, *, cells: int = 0, area: int = 0) -> None:
        self.cells -= cells
        self.area -= area
        if self.cells < 0 or self.area < 0:
            raise Invalid(TOO_LARGE)


def _layout(part: bytes, budget: _Budget) -> Layout:
    layout, row_number = Layout(), 0
    for event, element in ElementTree.iterparse(BytesIO(part), events=("start", "end")):  # noqa: S314  # no part has a DTD: office_package looked
        name = element.tag.rpartition("}")[2]
        if event == "end":
            if name in ("row", "c"):
                element.clear()
            continue
        if name == "c":
            budget.take(cells=1)
        elif name == "row":
            row_number = int(element.get("r") or row_number + 1)
            if _is_true(element.get("hidden")):
                layout.hidden_rows.add(row_number)
        elif name == "col" and _is_true(element.get("hidden")):
            first, last = int(element.get("min", "1")), int(element.get("max", "1"))
            layout.hidden_columns.update(range(first, min(last, first + 500) + 1))
        elif name in ("mergeCell", "hyperlink"):
            area = _area(element.get("ref", ""))
            budget.take(area=area.size)
            if name == "mergeCell":
                layout.merged.append(area)
    return layout


def _area(reference: str) -> Area:
    first_column, first_row, last_column, last_row = range_boundaries(reference)
    if first_column is None or first_row is None or last_column is None or last_row is None:
        raise Invalid(TOO_LARGE)  # a whole row or column
    return Area(first_row, last_row, first_column, last_column)


def _is_true(value: str | None) -> bool:
    return value in ("1", "true")
