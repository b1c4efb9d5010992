"""A letter as PDF, in free typefaces, and as Word document, in those of Chinese offices (GB/T 9704)."""

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from lianxue.documents.enums import LetterKind
from lianxue.documents.models.letter import Letter
from lianxue.documents.models.letter_paper import LetterPaper
from lianxue.documents.operations.templates import template
from lianxue.kernel.rendering import pdf, title_lines, written_day
from lianxue.kernel.rendering.word import (
    BODY_FACE,
    HEADING_FACE,
    SIZE_2,
    SIZE_3,
    SIZE_4,
    TITLE_FACE,
    add_line,
    document_bytes,
    new_document,
    write,
)

WITHDRAWN = "（本件已作废）"
KAI_FACE = "楷体_GB2312"
RED = RGBColor(0xD4, 0x14, 0x14)
LINE_PT = 28.95
CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
LETTER_TOP_MM = 30  # from the edge of the paper to the mark of a 函
MARK_PT, LONGEST_MARK = 38, 12
TYPE_AREA_MM, LETTER_LINE_MM = 156, 170
LETTER_FOOT_MM, NUMBER_MM = (
    20,
    23,
)  # from the edge of the paper up to the lower double line of a 函, and to page numbers
TITLE_MM = SIZE_2.pt * 25.4 / 72


def paper_of(letter: Letter) -> LetterPaper:
    """Return what stands on a letter that was issued."""
    return LetterPaper(
        issuer=letter.issuer.name,
        number=letter.full_number,
        title=letter.title,
        body=letter.body,
        dated_on=letter.dated_on,
        addressee=letter.addressee,
        attachments=tuple(line.strip() for line in letter.attachments.splitlines() if line.strip()),
        copies_to=letter.copies_to,
        between_offices=letter.kind == LetterKind.LETTER,
        withdrawn=WITHDRAWN if letter.is_withdrawn else "",
    )


def letter_pdf(paper: LetterPaper) -> bytes:
    """Return the letter as PDF."""
    return pdf(
        template("letter.typ"),
        {
            "title": "".join(paper.title.split("\n")),
            "title_lines": title_lines(paper.title, TYPE_AREA_MM, TITLE_MM),
            "mark": paper.mark,
            "number": paper.number,
            "addressee": _addressed(paper),
            "paragraphs": [
                {"level": level, "heading": heading, "words": words}
                for level, heading, words in paper.paragraphs
            ],
            "attachments": [{"lead": lead, "title": title} for lead, title in paper.attachment_lines],
            "issuer": paper.issuer,
            "day": written_day(paper.dated_on),
            "copies": paper.copies_to.rstrip("。"),
            "between_offices": paper.between_offices,
            "withdrawn": paper.withdrawn,
            "landscape": False,
        },
    )


def letter_docx(paper: LetterPaper) -> bytes:
    """Return the letter as a Word document: 22 lines of 28 characters, the same words in the same order as the PDF."""
    word = new_document("".join(paper.title.split("\n")))
    _set_grid(word, first_page_bare=paper.between_offices)
    _add_head(word, paper)
    _add_title(word, paper.title)
    if paper.addressee:
        _line(word, _addressed(paper))
    for level, heading, words in paper.paragraphs:
        line = _line(word, heading or words, face=(BODY_FACE, HEADING_FACE, KAI_FACE)[level], indent=True)
        if heading and words:
            write(line, words)
        line.paragraph_format.keep_with_next = bool(heading and not words)
    _add_attachments(word, paper)
    _add_signature(word, paper)
    _add_copies(word, paper)
    return document_bytes(word)


def _add_attachments(word: Document, paper: LetterPaper) -> None:
    """Add 附件说明, one line below the text; a long title goes on below its own first character."""
    for at, (lead, title) in enumerate(paper.attachment_lines):
        line = _line(word, lead + title)
        form, hanging = line.paragraph_format, SIZE_3.pt * _characters(lead)
        form.left_indent, form.first_line_indent = Pt(2 * SIZE_3.pt + hanging), Pt(-hanging)
        form.space_before = Pt(LINE_PT if at == 0 else 0)


def _addressed(paper: LetterPaper) -> str:
    return f"{paper.addressee.rstrip('：:')}：" if paper.addressee else ""


def _line(word: Document, text: str, *, face: str = BODY_FACE, indent: bool = False) -> Paragraph:
    line = add_line(word, text, face=face, indent=indent)
    line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    return line


def _add_head(word: Document, paper: LetterPaper) -> None:
    """Put the red head at its height: 35 mm below the type area's edge, or 30 mm below that of the paper for a 函."""
    size = Pt(min(MARK_PT, MARK_PT * LONGEST_MARK / max(len(paper.mark), 1)))
    mark = word.add_paragraph()
    mark.alignment = CENTER
    form = mark.paragraph_format
    form.space_before = Pt(0) if paper.between_offices else Mm(35)
    form.space_after = Pt(0) if paper.between_offices else Pt(2 * LINE_PT)
    run = write(mark, paper.mark, face=TITLE_FACE, size=size)
    run.font.color.rgb = RED
    if paper.between_offices:
        word.sections[0].top_margin = Mm(LETTER_TOP_MM)
        _rule(mark, "thickThinSmallGap", over_mm=(LETTER_LINE_MM - TYPE_AREA_MM) / 2)
        section = word.sections[0]
        section.footer_distance = Mm(LETTER_FOOT_MM)
        foot = section.first_page_footer.paragraphs[0]
        _rule(foot, "thinThickSmallGap", over_mm=(LETTER_LINE_MM - TYPE_AREA_MM) / 2, space_mm=0)
        for other in (section.footer, section.even_page_footer):
            other.paragraphs[0].paragraph_format.space_after = Mm(NUMBER_MM - LETTER_FOOT_MM)
        number = add_line(word, paper.number, align=RIGHT)
        number.paragraph_format.space_before = Pt(14)  # 7/8 of a character below the line
    else:
        number = add_line(word, paper.number, align=CENTER)
        _rule(number, "single", over_mm=0)
    if paper.withdrawn:
        add_line(word, paper.withdrawn, face=HEADING_FACE, align=CENTER)


def _rule(paragraph: Paragraph, kind: str, *, over_mm: float, space_mm: float = 4) -> None:
    """Draw the red line ``space_mm`` below a paragraph, ``over_mm`` wider than the text on either side."""
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="{kind}" w:sz="{18 if kind != "single" else 12}" '
        f'w:space="{round(space_mm * 72 / 25.4)}" w:color="D41414"/></w:pBdr>'
    )
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  # python-docx has no public name for it
    properties.insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )  # fmt: skip
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(-over_mm)


def _add_title(word: Document, title: str) -> None:
    for at, words in enumerate(title_lines(title, TYPE_AREA_MM, TITLE_MM)):
        line = add_line(word, words, face=TITLE_FACE, size=SIZE_2, align=CENTER)
        line.paragraph_format.space_before = Pt(2 * LINE_PT if at == 0 else 0)
    line.paragraph_format.space_after = Pt(LINE_PT)


def _add_signature(word: Document, paper: LetterPaper) -> None:
    """Put the name centred over the day, the day four characters from the right; the seal covers both."""
    day = written_day(paper.dated_on)
    half = len(paper.issuer) / 2 - _characters(day) / 2
    name = add_line(word, paper.issuer, align=RIGHT)
    name.paragraph_format.space_before = Pt(2 * LINE_PT)
    name.paragraph_format.right_indent = Pt(max(4 - half, 0) * SIZE_3.pt)
    name.paragraph_format.keep_with_next = True
    dated = add_line(word, day, align=RIGHT)
    dated.paragraph_format.right_indent = Pt(max(4, half) * SIZE_3.pt)


def _characters(text: str) -> float:
    return sum(0.5 if letter.isascii() else 1 for letter in text)


def _add_copies(word: Document, paper: LetterPaper) -> None:
    """Add the foot (版记): to whom copies go and who printed it when; a 函 names only the copies, without lines."""
    if not paper.copies_to and paper.between_offices:
        return
    lines = [f"抄送：{paper.copies_to.rstrip('。')}。"] if paper.copies_to else []
    if not paper.between_offices:
        lines.append(f"{paper.issuer}　　{written_day(paper.dated_on)}印发")
    for at, words in enumerate(lines):
        line = add_line(word, words, size=SIZE_4)
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(SIZE_4.pt)
        line.paragraph_format.space_before = Pt(2 * LINE_PT if at == 0 else 0)
        if not paper.between_offices:
            _frame(line)


def _frame(paragraph: Paragraph) -> None:
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/>'
        f'<w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/>'
        f'<w:between w:val="single" w:sz="4" w:space="1" w:color="000000"/></w:pBdr>'
    )
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  # python-docx has no public name for it
    properties.insert_element_before(
        border, "w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _set_grid(word: Document, *, first_page_bare: bool) -> None:
    """Set 22 lines to the page; odd and even pages have their number outside, a 函 none on its first page."""
    section = word.sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001  # python-docx has no public name for it
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)  # noqa: SLF001  # python-docx has no public name for it
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")
    section.different_first_page_header_footer = first_page_bare
    word.settings.odd_and_even_pages_header_footer = True
    odd = section.footer.paragraphs[0]
    odd.alignment = RIGHT
    odd.paragraph_format.right_indent = Pt(SIZE_4.pt)
    even = section.even_page_footer.paragraphs[0]
    even.alignment = WD_ALIGN_PARAGRAPH.LEFT
    even.paragraph_format.left_indent = Pt(SIZE_4.pt)
    for run in odd.runs:
        even._p.append(parse_xml(run._r.xml))  # noqa: SLF001  # python-docx has no public name for it
