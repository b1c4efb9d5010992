"""A form as a Word document: real merged cells, the typefaces of Chinese offices, the QR code in the header."""

from collections.abc import Sequence
from io import BytesIO

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row, CT_Tc
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from lianxue.kernel.rendering.form_paper import FormCell, FormPaper, Placed
from lianxue.kernel.rendering.qr import qr_png
from lianxue.kernel.rendering.table_docx import ALIGNMENTS
from lianxue.kernel.rendering.word import (
    BODY_FACE,
    HEADING_FACE,
    SIZE_2,
    SIZE_5,
    TABLE_FACE,
    TITLE_FACE,
    TWIPS_PER_MM,
    add_line,
    add_table,
    document_bytes,
    new_document,
    write,
)
from lianxue.kernel.tables.writing import cells_wide

QR_MM, HEADER_MM = 19, 7
TOP_MM, TOP_WITH_QR_MM, BOTTOM_MM = 25, 33, 24
MIDDLE, TOP = WD_CELL_VERTICAL_ALIGNMENT.CENTER, WD_CELL_VERTICAL_ALIGNMENT.TOP


def form_docx(paper: FormPaper) -> bytes:
    """Return ``paper`` as a .docx file."""
    side = paper.side_margin_mm
    top = TOP_WITH_QR_MM if paper.qr_text else TOP_MM
    word = new_document(paper.name, margins=(top, BOTTOM_MM, side, side), landscape=paper.landscape)
    if paper.qr_text:
        _add_code(word, paper)
    if paper.mark:
        add_line(word, paper.mark, face=HEADING_FACE)
    for line in paper.title_lines:
        title = add_line(word, line, face=TITLE_FACE, size=SIZE_2, align=WD_ALIGN_PARAGRAPH.CENTER)
    title.paragraph_format.space_after = Pt(8)
    for line in paper.lines:
        add_line(word, line, face=BODY_FACE, size=Pt(paper.size_pt)).paragraph_format.space_after = Pt(4)
    _fill(word, paper)
    for line in paper.note.split("\n") if paper.note else ():
        add_line(word, line, face=TABLE_FACE, size=SIZE_5).paragraph_format.space_before = Pt(3)
    if paper.footer:
        foot = word.sections[0].footer.add_paragraph()
        write(foot, paper.footer, face=TABLE_FACE, size=Pt(8.5))
    return document_bytes(word)


def _add_code(word: Document, paper: FormPaper) -> None:
    section = word.sections[0]
    section.header_distance = Mm(HEADER_MM)
    picture = section.header.paragraphs[0]
    picture.add_run().add_picture(BytesIO(qr_png(paper.qr_text, scale=8, border=2)), width=Mm(QR_MM))
    caption = section.header.add_paragraph()
    write(caption, paper.qr_caption, face=HEADING_FACE, size=Pt(6.5))
    for paragraph in (picture, caption):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _close(paragraph)


def _fill(word: Document, paper: FormPaper) -> None:
    """Lay the table out cell by cell: gridSpan across, vMerge down, each covered cell with its own vMerge as Word has it."""
    table = add_table(word, paper.widths_mm, 0)
    covering: dict[
        int, tuple[Placed, int]
    ] = {}  # column -> the cell that reaches down here, and until which row
    for at, (row, placed) in enumerate(zip(paper.rows, paper.layout(), strict=True)):
        tr = _new_row(table)
        properties = tr.get_or_add_trPr()
        if not paper.may_break(placed):
            properties.append(OxmlElement("w:cantSplit"))
        if at < paper.headings:
            properties.append(OxmlElement("w:tblHeader"))
        by_column = {one.column: one for one in placed}
        column = 0
        while column < len(paper.widths_mm):
            one = by_column.get(column)
            if one is None:
                one = covering[column][0]
                _new_cell(tr, one, merge="continue")
            else:
                cell = _Cell(_new_cell(tr, one, merge="restart" if one.cell.down > 1 else ""), table)
                _write_cell(cell, one, paper, row.height_mm)
                covering[column] = (one, at + one.cell.down)
            column += one.cell.across
        laid = table.rows[-1]
        laid.height_rule, laid.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(row.height_mm)


def _new_row(table: Table) -> CT_Row:
    tr = OxmlElement("w:tr")
    table._tbl.append(tr)  # noqa: SLF001  # python-docx has no public name for it
    return tr


def _new_cell(tr: CT_Row, one: Placed, *, merge: str) -> CT_Tc:
    """Append a cell; the order of its properties is fixed: width, gridSpan, vMerge."""
    cell, properties = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    _property(properties, "w:tcW", {"w:w": str(round(one.width_mm * TWIPS_PER_MM)), "w:type": "dxa"})
    if one.cell.across > 1:
        _property(properties, "w:gridSpan", {"w:val": str(one.cell.across)})
    if merge:
        _property(properties, "w:vMerge", {"w:val": merge})
    cell.append(properties)
    cell.append(OxmlElement("w:p"))
    tr.append(cell)
    return cell


def _property(parent: OxmlElement, name: str, values: dict[str, str]) -> None:  # type: ignore[valid-type]  # a function, used as a type by python-docx's own code
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(key), value)
    parent.append(element)  # type: ignore[attr-defined]  # it is there; the stubs do not tell


def _write_cell(laid: _Cell, one: Placed, paper: FormPaper, height_mm: float) -> None:
    cell, size = one.cell, Pt(paper.size_pt)
    laid.vertical_alignment = TOP if cell.sign or cell.guide else MIDDLE
    paragraph = laid.paragraphs[0]
    if cell.guide:
        write(paragraph, cell.guide, face=TABLE_FACE, size=Pt(paper.size_pt - 1.5))
        _close(paragraph)
        paragraph.paragraph_format.space_after = Pt(3)
        paragraph = laid.add_paragraph()
    _write_lines(laid, paragraph, cell.words.split("\n"), one, size)
    if cell.sign:
        spare = height_mm - paper.text_height_mm(one)
        _write_signature(laid, cell, size, Mm(cell.seal_room_mm + max(spare, 0)))


def _write_lines(laid: _Cell, first: Paragraph, lines: Sequence[str], one: Placed, size: Pt) -> None:
    face = HEADING_FACE if one.cell.is_label else BODY_FACE
    for at, line in enumerate(lines):
        paragraph = first if at == 0 else laid.add_paragraph()
        paragraph.alignment = ALIGNMENTS[one.cell.align]
        _close(paragraph)
        write(paragraph, line, face=face, size=size)


def _write_signature(laid: _Cell, cell: FormCell, size: Pt, room: Mm) -> None:
    """Put the lines to sign at the lower right, all beginning at the same place, the seal's room above them."""
    lines = cell.sign
    longest = max(cells_wide(line) for line in lines) / 2
    left = laid.width - Mm(cell.sign_room_mm) - Pt(size.pt * (longest + 1)) if laid.width else Mm(0)
    for at, line in enumerate(lines):
        paragraph = laid.add_paragraph()
        _close(paragraph)
        form = paragraph.paragraph_format
        form.left_indent = max(left, 0)
        form.space_before = room if at == 0 else Pt(6)
        form.keep_together, form.keep_with_next = True, at + 1 < len(lines)
        write(paragraph, line, face=BODY_FACE, size=size)


def _close(paragraph: Paragraph) -> None:
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
