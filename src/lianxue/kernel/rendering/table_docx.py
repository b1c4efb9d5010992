"""A table form as a Word document."""

from copy import deepcopy

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell

from lianxue.kernel.rendering.table_form import Align, TableForm, printed
from lianxue.kernel.rendering.word import (
    BODY_FACE,
    HEADING_FACE,
    SIZE_2,
    SIZE_3,
    SIZE_5,
    TABLE_FACE,
    TITLE_FACE,
    add_line,
    add_table,
    document_bytes,
    keep_rows_whole,
    new_document,
    repeat_first_row,
    write,
)

TABLE_SIZE = Pt(10)
ALIGNMENTS: dict[Align, WD_ALIGN_PARAGRAPH] = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def table_docx(document: TableForm) -> bytes:
    """Return ``document`` as a .docx file."""
    side = document.side_margin_mm
    word = new_document(document.title, margins=(25, 22, side, side), landscape=document.landscape)
    if document.mark:
        add_line(word, document.mark, face=HEADING_FACE)
    title = add_line(word, document.title, face=TITLE_FACE, size=SIZE_2, align=WD_ALIGN_PARAGRAPH.CENTER)
    title.paragraph_format.space_after = Pt(8)
    for line in document.header_lines:
        add_line(word, line, face=BODY_FACE, size=SIZE_5)
    _fill(word, document)
    if document.note:
        note = add_line(word, document.note, face=TABLE_FACE, size=SIZE_5)
        note.paragraph_format.space_before = Pt(6)
    if document.signatures:
        _add_signatures(word, document)
    return document_bytes(word)


def _fill(word: Document, document: TableForm) -> None:
    """Lay out the titles and one row; all other rows are copies of that one with other words (ten times as fast)."""
    table = add_table(word, [column.width_mm for column in document.columns], 2)
    for at, column in enumerate(document.columns):
        _put(table.cell(0, at), column.title.replace("（", "\n（"), "center", face=HEADING_FACE)
        _put(table.cell(1, at), ".", column.align)
    for row in table.rows:
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(document.row_height_mm)
    repeat_first_row(table)
    keep_rows_whole(table)
    pattern = table.rows[1]._tr  # noqa: SLF001  # python-docx has no public name for it
    for values in document.printed_rows():
        copied = deepcopy(pattern)
        for run, value in zip(copied.iter(qn("w:r")), values, strict=True):
            run.text = printed(value)
        pattern.addprevious(copied)
    pattern.getparent().remove(pattern)


def _put(cell: _Cell, text: str, align: Align, *, face: str = TABLE_FACE) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = ALIGNMENTS[align]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    write(paragraph, text, face=face, size=TABLE_SIZE)


def _add_signatures(word: Document, document: TableForm) -> None:
    width = sum(column.width_mm for column in document.columns) / len(document.signatures)
    spacer = add_line(word, "", size=SIZE_3)
    spacer.paragraph_format.space_before = Pt(6)
    table = word.add_table(rows=1, cols=len(document.signatures))
    for cell, words in zip(table.rows[0].cells, document.signatures, strict=True):
        cell.width = Mm(width)
        write(cell.paragraphs[0], f"{words}：", face=TABLE_FACE, size=SIZE_5)
