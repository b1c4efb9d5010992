"""A form as a workbook: the merged table on A4, every value as text, nothing that computes.

A sheet's row is at most 409 pt high, so a form's row that needs more is laid over several rows of the sheet, merged;
the place to sign stands in a cell of its own at the foot of its row, without a line between.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from lianxue.kernel.rendering.form_paper import FormCell, FormPaper, Placed
from lianxue.kernel.rendering.plain_text import printable
from lianxue.kernel.rendering.qr import qr_png
from lianxue.kernel.tables.writing import FIXED_DATE, OPTIONS, cells_wide, sheet_title

PIXELS_PER_MM = 96 / 25.4
POINTS_PER_MM = 72 / 25.4
A4 = 9
HIGHEST_PT = 400.0
SIGN_LINE = 1.9  # of the size of its characters
QR_SCALE, QR_DPI = 6, 400
BODY, HEADING, TABLE, TITLE = "仿宋_GB2312", "黑体", "宋体", "方正小标宋简体"


def form_xlsx(paper: FormPaper) -> bytes:
    """Return ``paper`` as an .xlsx file."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {**OPTIONS, "in_memory": True})
    book.set_properties({"created": FIXED_DATE, "title": paper.name[:255], "author": ""})
    _Sheet(book, book.add_worksheet(sheet_title(paper.name)), paper).write()
    book.close()
    return target.getvalue()


@dataclass
class _Band:
    """The rows of the sheet that one row of the form takes; ``sign`` is the one for signatures, if there are any."""

    first: int
    last: int
    sign: int | None


class _Sheet:
    def __init__(self, book: Workbook, sheet: Worksheet, paper: FormPaper) -> None:
        self.book, self.sheet, self.paper = book, sheet, paper
        self.last_column = len(paper.widths_mm) - 1
        self.formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def write(self) -> None:
        self._set_page()
        at = self._write_above()
        bands = self._set_rows(at)
        for row in self.paper.layout():
            for one in row:
                self._write_cell(one, bands)
        if self.paper.headings:
            self.sheet.repeat_rows(bands[0].first, bands[self.paper.headings - 1].last)
        at = bands[-1].last + 1
        for line in self.paper.note.split("\n") if self.paper.note else ():
            look = self._look(font_name=TABLE, font_size=10.5, text_wrap=True, valign="top")
            self._across(at, printable(line), look, 10.5)
            at += 1

    def _set_page(self) -> None:
        sheet, paper = self.sheet, self.paper
        sheet.set_paper(A4)
        if paper.landscape:
            sheet.set_landscape()
        sheet.hide_gridlines(2)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        margin = paper.side_margin_mm / 25.4
        sheet.set_margins(left=margin, right=margin, top=1.35 if paper.qr_text else 0.9, bottom=0.9)
        foot = paper.footer.replace("&", "&&")
        sheet.set_footer(f"&L&8{foot}&C&14— &P —" if foot else "&C&14— &P —")
        if paper.qr_text:
            picture = BytesIO(qr_png(paper.qr_text, scale=QR_SCALE, border=2, dpi=QR_DPI))
            caption = paper.qr_caption.replace("&", "&&")
            sheet.set_header(
                f"&R&G\n&7{caption}", {"image_right": "code.png", "image_data_right": picture, "margin": 0.3}
            )
        for at, width in enumerate(paper.widths_mm):
            sheet.set_column_pixels(at, at, round(width * PIXELS_PER_MM))

    def _write_above(self) -> int:
        paper, row = self.paper, 0
        if paper.mark:
            self._across(row, paper.mark, self._look(font_name=HEADING, font_size=16), 16)
            row += 1
        title = self._look(font_name=TITLE, font_size=22, align="center", valign="vcenter", text_wrap=True)
        self._across(row, "\n".join(paper.title_lines), title, 22)
        for line in paper.lines:
            row += 1
            look = self._look(font_name=BODY, font_size=paper.size_pt, valign="vcenter", text_wrap=True)
            self._across(row, printable(line), look, paper.size_pt)
        return row + 1

    def _set_rows(self, first: int) -> list[_Band]:
        """Give each row of the form its rows in the sheet, and these their heights."""
        bands: list[_Band] = []
        size = self.paper.size_pt
        for row, placed in zip(self.paper.rows, self.paper.layout(), strict=True):
            signed = max((one.cell for one in placed), key=lambda cell: len(cell.sign))
            below = len(signed.sign) * size * SIGN_LINE
            text = max(
                (
                    self.paper.lines_of(one, one.cell.content) * size * 1.5 + 6
                    for one in placed
                    if one.cell.down == 1
                ),
                default=0,
            )
            text += signed.seal_room_mm * POINTS_PER_MM
            text = max(text, row.height_mm * POINTS_PER_MM - below)
            parts = math.ceil(text / HIGHEST_PT)
            for at in range(parts):
                self.sheet.set_row(first + at, text / parts)
            last = first + parts - 1
            if signed.sign:
                last += 1
                self.sheet.set_row(last, below)
            bands.append(_Band(first, last, last if signed.sign else None))
            first = last + 1
        return bands

    def _write_cell(self, one: Placed, bands: list[_Band]) -> None:
        cell, band = one.cell, bands[one.row]
        last = bands[one.row + cell.down - 1].last
        face = HEADING if cell.is_label else BODY
        look: Mapping[str, object] = {
            "font_name": face, "font_size": self.paper.size_pt, "align": cell.align, "text_wrap": True, "border": 1,
            "valign": "top" if cell.guide or cell.sign else "vcenter", "num_format": "@",
        }  # fmt: skip
        if not cell.sign or band.sign is None:
            self._area(band.first, last, one, cell.content, self._look(**look))
            return
        self._area(band.first, band.sign - 1, one, cell.content, self._look(**look, bottom=0))
        signed = self._look(**{**look, "align": "right", "valign": "bottom", "indent": 2}, top=0)
        lines = self._evened(cell)
        self._area(band.sign, band.sign, one, lines, signed)

    def _evened(self, cell: FormCell) -> str:
        """Return the lines to sign, filled up to one width so that they begin at the same place, with room for a name."""
        room = 2 * round(cell.sign_room_mm / (self.paper.size_pt * 25.4 / 72))
        wide = max(cells_wide(line) for line in cell.sign) + room
        return "\n".join(printable(line) + "　" * ((wide - cells_wide(line)) // 2) for line in cell.sign)

    def _area(self, first: int, last: int, one: Placed, text: str, look: Format) -> None:
        right = one.column + one.cell.across - 1
        if first == last and right == one.column:
            self.sheet.write_blank(first, one.column, None, look)
        else:
            self.sheet.merge_range(first, one.column, last, right, "", look)
        if text:
            self.sheet.write_string(first, one.column, text, look)

    def _across(self, row: int, text: str, look: Format, size: float) -> None:
        room = max(sum(self.paper.widths_mm) / (size * 25.4 / 72 / 2), 2)
        lines = sum(math.ceil(cells_wide(line) / room) for line in text.split("\n"))
        self.sheet.set_row(row, max(lines, 1) * size * 1.5 + 4)
        if self.last_column:
            self.sheet.merge_range(row, 0, row, self.last_column, "", look)
        self.sheet.write_string(row, 0, text, look)

    def _look(self, **properties: object) -> Format:
        """Return a format, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]
