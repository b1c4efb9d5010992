"""The yearly effect report (S0-30, S0-53) as PDF and as Word document: the same words in the same order."""

from base64 import b64encode
from collections.abc import Sequence
from io import BytesIO

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from lianxue.documents.models import EffectReportPaper, PaperPicture
from lianxue.documents.operations.templates import template
from lianxue.kernel.rendering import pdf, written_day
from lianxue.kernel.rendering.word import (
    BODY_FACE,
    HEADING_FACE,
    SIZE_2,
    SIZE_3,
    SIZE_4,
    TITLE_FACE,
    add_line,
    add_table,
    document_bytes,
    new_document,
    write,
)

TITLE = "上海终身教育配送资源使用效果报告"
DRAFT = "（草稿，未提交）"
PICTURES_TITLE = "六、照片"
OPEN_DAY = "　　　　年　　月　　日"
SEAL_ROOM_MM = 20  # above name and date, so that the seal covers both and touches no text
FIGURE_WIDTHS_MM = (56, 22, 56, 22)
PICTURE_WIDTHS_MM = (78, 78)
PICTURE_BOX_MM = (72, 54)  # width and height into which each photograph fits
LEFT, CENTER, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def effect_report_pdf(paper: EffectReportPaper) -> bytes:
    """Return the report as PDF, with places for signature, seal and date."""
    return pdf(
        template("effect_report.typ"),
        {
            "title": TITLE,
            "year": _year(paper),
            "unit": paper.unit,
            "draft": _draft(paper),
            "figures": [[figure.label, str(figure.value)] for figure in paper.figures],
            "sections": [{"title": title, "paragraphs": lines} for title, lines in _sections(paper)],
            "pictures_title": PICTURES_TITLE,
            "pictures": [[_drawing(picture), picture.caption] for picture in paper.pictures],
            "day": _day(paper),
        },
    )


def effect_report_docx(paper: EffectReportPaper) -> bytes:
    """Return the report as a Word document that can be worked on, signed and stamped."""
    word = new_document(TITLE)
    add_line(word, TITLE, face=TITLE_FACE, size=SIZE_2, align=CENTER)
    year = add_line(word, f"{_year(paper)}{_draft(paper)}", align=CENTER)
    year.paragraph_format.space_after = Pt(14)
    add_line(word, f"单位：{paper.unit}")
    sections = _sections(paper)
    _add_heading(word, sections[0][0])
    _add_figures(word, paper)
    for title, lines in sections[1:]:
        paragraph = _add_heading(word, title)
        for line in lines:
            paragraph = add_line(word, line, indent=True)
    if paper.pictures:
        _add_heading(word, PICTURES_TITLE)
        _add_pictures(word, paper.pictures)
    else:
        paragraph.paragraph_format.keep_with_next = True  # the signature never stands on a page without text
    _add_signature(word, paper)
    return document_bytes(word)


def _sections(paper: EffectReportPaper) -> list[tuple[str, list[str]]]:
    """Return the figures' heading and the four contents of S0-53: 资源发放和使用对象、形式、效果以及建议."""
    return [
        ("一、全年数据", []),
        ("二、资源发放和使用对象", paragraphs(paper.recipients)),
        ("三、资源发放和使用形式", paragraphs(paper.forms)),
        ("四、资源使用效果", paragraphs(paper.effects)),
        ("五、意见和建议", paragraphs(paper.suggestions)),
    ]


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs that somebody wrote, without empty lines."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _year(paper: EffectReportPaper) -> str:
    return f"（{paper.year}年度）"


def _draft(paper: EffectReportPaper) -> str:
    return "" if paper.submitted_on else DRAFT


def _day(paper: EffectReportPaper) -> str:
    return written_day(paper.submitted_on) if paper.submitted_on else OPEN_DAY


def _add_heading(word: Document, text: str) -> Paragraph:
    heading = add_line(word, text, face=HEADING_FACE, indent=True)
    heading.paragraph_format.keep_with_next = True
    return heading


def _add_figures(word: Document, paper: EffectReportPaper) -> None:
    """Put the figures in two pairs of columns, down the left pair first."""
    half = (len(paper.figures) + 1) // 2
    table = add_table(word, FIGURE_WIDTHS_MM, half)
    for at, figure in enumerate(paper.figures):
        row, left = at % half, 2 * (at // half)
        for offset, text, align in ((0, figure.label, LEFT), (1, str(figure.value), CENTER)):
            paragraph = table.cell(row, left + offset).paragraphs[0]
            paragraph.alignment = align
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
            write(paragraph, text, face=BODY_FACE, size=SIZE_4)


def _add_pictures(word: Document, pictures: Sequence[PaperPicture]) -> None:
    """Put the photographs two by two, each with what it shows below it."""
    table = add_table(word, PICTURE_WIDTHS_MM, (len(pictures) + 1) // 2)
    for at, picture in enumerate(pictures):
        cell = table.cell(at // 2, at % 2)
        place = cell.paragraphs[0]
        place.alignment = CENTER
        place.paragraph_format.space_before = place.paragraph_format.space_after = Pt(3)
        scale = min(PICTURE_BOX_MM[0] / picture.width, PICTURE_BOX_MM[1] / picture.height)
        place.add_run().add_picture(BytesIO(picture.content), width=Mm(picture.width * scale))
        caption = cell.add_paragraph()
        caption.alignment = CENTER
        write(caption, picture.caption, face=BODY_FACE, size=SIZE_4)


def _drawing(picture: PaperPicture) -> str:
    """Return a photograph as SVG: the typesetter takes its data as text, and this is the shortest way in."""
    link = f"data:{picture.media_type};base64,{b64encode(picture.content).decode()}"
    size = f'width="{picture.width}" height="{picture.height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="{link}"/></svg>'


def _add_signature(word: Document, paper: EffectReportPaper) -> None:
    signatures = add_line(word, "负责人（签字）：　　　　　　　　填报人（签字）：", size=SIZE_3)
    signatures.paragraph_format.space_before = Mm(10)
    name = add_line(word, f"{paper.unit}（公章）", align=RIGHT)
    name.paragraph_format.space_before = Mm(SEAL_ROOM_MM)
    name.paragraph_format.keep_with_next = signatures.paragraph_format.keep_with_next = True
    day = add_line(word, _day(paper), align=RIGHT)
    day.paragraph_format.right_indent = Pt(4 * SIZE_3.pt)
