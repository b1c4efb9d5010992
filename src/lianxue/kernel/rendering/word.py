"""Word documents as Chinese offices expect them: their typefaces by name, their sizes, their page numbers.

The typefaces (仿宋_GB2312, 方正小标宋简体, 黑体) are on office computers and are only named here; a computer without
them shows a substitute. The same data gives the same bytes.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import cast

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from lianxue.kernel.office_package import settled
from lianxue.kernel.rendering.plain_text import printable

BODY_FACE, TITLE_FACE, HEADING_FACE = "仿宋_GB2312", "方正小标宋简体", "黑体"
TABLE_FACE = NUMBER_FACE = "宋体"
LATIN_FACE = "Times New Roman"
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = Pt(22), Pt(16), Pt(14), Pt(10.5)  # 二号 三号 四号 五号
TWIPS_PER_MM = 56.7
LINE_PITCH = Pt(28.95)  # 22 lines on 225 mm
MADE_AT = datetime(2020, 1, 1, tzinfo=UTC)
Margins = tuple[float, float, float, float]  # top, bottom, left, right in millimetres
OFFICIAL_MARGINS: Margins = (37, 35, 28, 26)


def new_document(title: str, *, margins: Margins = OFFICIAL_MARGINS, landscape: bool = False) -> Document:
    """Return an empty A4 document in 仿宋 三号, Chinese throughout, with page numbers at its foot."""
    document = docx.Document()
    _set_paper(document, margins, landscape=landscape)
    _set_typefaces(document)
    _add_page_number(document)
    properties = document.core_properties
    properties.title, properties.language = title[:255], "zh-CN"
    properties.author = properties.comments = ""
    properties.created = properties.modified = MADE_AT
    properties.last_modified_by, properties.revision = "", 1
    return document


def document_bytes(document: Document) -> bytes:
    """Return the document as a .docx file."""
    target = BytesIO()
    document.save(target)
    return settled(target.getvalue())


def add_line(
    document: Document | _Cell,
    text: str,
    *,
    face: str = BODY_FACE,
    size: Pt = SIZE_3,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    indent: bool = False,
) -> Paragraph:
    """Add a paragraph; ``indent`` leaves two characters free as running text has it."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    if size >= SIZE_4:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE_PITCH
    if indent:
        form.first_line_indent = Pt(2 * size.pt)
    write(paragraph, text, face=face, size=size)
    return paragraph


def write(paragraph: Paragraph, text: str, *, face: str = BODY_FACE, size: Pt = SIZE_3) -> Run:
    """Add text in a typeface that Word also takes for its Chinese characters."""
    run = paragraph.add_run(printable(text))
    run.font.name, run.font.size = LATIN_FACE, size
    _east_asian(run.element.get_or_add_rPr(), face)
    return run


def add_table(document: Document, widths_mm: Sequence[float], rows: int) -> Table:
    """Add a table with lines around every cell, fixed widths, in the middle of the page; cells are empty."""
    table = cast("Table", document.add_table(rows=rows, cols=len(widths_mm)))
    _set_cell_margins(table, 0.8)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for at, cell in enumerate(table._cells):  # noqa: SLF001  # columns and rows build this list anew each time
        cell.width = Mm(widths_mm[at % len(widths_mm)])
    return table


def _set_cell_margins(table: Table, margin_mm: float) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        edge = OxmlElement(side)
        edge.set(qn("w:w"), str(round(margin_mm * TWIPS_PER_MM)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    look = table._tblPr.find(qn("w:tblLook"))  # noqa: SLF001  # python-docx has no public name for it
    look.addprevious(margins)  # the order of a table's properties is fixed


def repeat_first_row(table: Table) -> None:
    """Make the first row the heading of the table on every page."""
    _add_row_property(table.rows[0], "w:tblHeader")


def keep_rows_whole(table: Table) -> None:
    """Never break a row across pages."""
    for row in table.rows:
        _add_row_property(row, "w:cantSplit")


def _add_row_property(row: _Row, name: str) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001  # python-docx has no public name for it
    properties.append(OxmlElement(name))


def _set_paper(document: Document, margins: Margins, *, landscape: bool) -> None:
    section = document.sections[0]
    short, long = Mm(210), Mm(297)
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(m) for m in margins
    )
    section.footer_distance = Mm(max(margins[1] - 12, 8))


def _set_typefaces(document: Document) -> None:
    style = cast("ParagraphStyle", document.styles["Normal"])
    style.font.name, style.font.size = LATIN_FACE, SIZE_3
    _east_asian(style.element.get_or_add_rPr(), BODY_FACE)
    defaults = document.styles.element.find(".//" + qn("w:rPrDefault") + "/" + qn("w:rPr"))
    if defaults is not None:
        _east_asian(defaults, BODY_FACE)
        _set_language(defaults)
    _set_no_gaps(style.element.get_or_add_pPr())
    paragraphs = document.styles.element.find(".//" + qn("w:pPrDefault") + "/" + qn("w:pPr"))
    if paragraphs is not None:
        _set_no_gaps(paragraphs)
    theme_language = document.settings.element.find(qn("w:themeFontLang"))
    if theme_language is not None:
        theme_language.set(qn("w:val"), "en-US")
        theme_language.set(qn("w:eastAsia"), "zh-CN")  # python-docx's own template says ja-JP


def _east_asian(properties: BaseOxmlElement, face: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)  # a theme's typeface would go before the named one
    for script, name in (("w:ascii", LATIN_FACE), ("w:hAnsi", LATIN_FACE), ("w:eastAsia", face)):
        fonts.set(qn(script), name)


def _set_no_gaps(properties: BaseOxmlElement) -> None:
    """Leave no gap between Chinese characters and the letters or digits beside them."""
    for at, name in enumerate(("w:autoSpaceDE", "w:autoSpaceDN")):
        off = OxmlElement(name)
        off.set(qn("w:val"), "0")
        properties.insert(at, off)


def _set_language(properties: BaseOxmlElement) -> None:
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")


def _add_page_number(document: Document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(paragraph, "— ", face=NUMBER_FACE, size=SIZE_4)
    field = write(paragraph, "", face=NUMBER_FACE, size=SIZE_4).element
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = text
        field.append(mark)
    write(paragraph, " —", face=NUMBER_FACE, size=SIZE_4)
