"""Every published form and register, cell for cell: title, columns, order, notes, boxes, places to sign (`published.py`).

What is compared is the empty form as the platform prints it from its definition, in all the ways in which it is printed.
"""

import re
from collections.abc import Sequence
from io import BytesIO

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.documents import filled_in
from tests.documents.printed import pdf_pages
from tests.documents.published import FORMS, SITES, STREETS

from lianxue.kernel.rendering import FormPaper, TableDocument, form_docx, form_pdf, form_xlsx, title_lines
from lianxue.kernel.tables.writing import cells_wide

EACH = pytest.mark.parametrize("name", sorted(FORMS))
MM = 25.4 / 72


def squeezed(text: str) -> str:
    """Return words without the white space and the lines that only part them; brackets of both widths are the same."""
    return re.sub(r"[\s_]", "", text).replace("（", "(").replace("）", ")")


def published_rows(paper: FormPaper) -> list[list[str]]:
    """Return the words of each cell of each row; what is signed stands behind what is asked."""
    return [[squeezed(cell.content + "".join(cell.sign)) for cell in row.cells] for row in paper.rows]


def word_rows(content: bytes) -> list[list[str]]:
    """Return the same of a Word document; cells that only go on from above are left out, as in the published table."""
    rows = []
    for tr in docx.Document(BytesIO(content)).tables[0]._tbl.tr_lst:  # python-docx shows merged cells doubled
        cells = []
        for tc in tr.tc_lst:
            merge = tc.tcPr.find(qn("w:vMerge"))
            if merge is None or merge.get(qn("w:val")) == "restart":
                cells.append(squeezed("".join(text.text or "" for text in tc.iter(qn("w:t")))))
        rows.append(cells)
    return rows


def sheet_words(content: bytes) -> list[str]:
    """Return what stands in the first sheet, cell by cell from the upper left."""
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return [squeezed(str(cell)) for row in sheet.values for cell in row if cell not in (None, "")]


def files_of(name: str) -> tuple[bytes, bytes, bytes]:
    paper = filled_in.empty(name)
    if isinstance(paper, TableDocument):
        return paper.to_docx(), paper.to_xlsx(), paper.to_pdf()
    return form_docx(paper), form_xlsx(paper), form_pdf(paper)


def expected_sequence(paper: FormPaper) -> list[str]:
    """Return every word of a published form in reading order."""
    words = [paper.mark, paper.title, *paper.lines]
    for row in paper.rows:
        words += [cell.content for cell in row.cells]
        words += ["".join(cell.sign) for cell in row.cells]
    words += paper.note.split("\n")
    return [squeezed(one) for one in words if one]


@EACH
def test_the_word_document_is_the_published_table_cell_for_cell(name: str) -> None:
    word, _sheet, _pdf = files_of(name)
    published = FORMS[name]
    lines = [squeezed(p.text) for p in docx.Document(BytesIO(word)).paragraphs if p.text.strip()]
    assert "".join(lines) == "".join(
        squeezed(one) for one in (published.mark, published.title, *published.lines, published.note)
    )
    assert word_rows(word) == published_rows(published)


@EACH
def test_the_workbook_has_the_published_words_in_the_published_order(name: str) -> None:
    _word, sheet, _pdf = files_of(name)
    assert sheet_words(sheet) == expected_sequence(FORMS[name])


@EACH
def test_the_pdf_has_every_published_word_and_no_other(name: str) -> None:
    _word, _sheet, pdf = files_of(name)
    pages = pdf_pages(pdf)
    found = squeezed("".join(re.sub(r"—\d+—", "", page) for page in pages))
    assert sorted(found) == sorted("".join(expected_sequence(FORMS[name])))
    assert found.startswith(squeezed(FORMS[name].mark + FORMS[name].title))


@EACH
def test_what_is_filled_in_leaves_the_published_words_where_they_are(name: str) -> None:
    paper = filled_in.filled(name)
    pdf = paper.to_pdf() if isinstance(paper, TableDocument) else form_pdf(paper)
    found = squeezed("".join(pdf_pages(pdf)))
    for words in expected_sequence(FORMS[name])[:2]:
        assert words in found
    labels = [
        cell.text for row in FORMS[name].rows for cell in row.cells if cell.is_label and "☐" not in cell.text
    ]
    parts = [
        squeezed(part) for label in labels for part in label.split()
    ]  # lines of one cell stand beside others
    assert [words for words in parts if words not in found] == []


def places(content: bytes, words: Sequence[str]) -> dict[str, tuple[int, float, float]]:
    """Return page, left edge and distance from the upper edge in mm of the first place of each of some words."""
    document = pypdfium2.PdfDocument(content)
    found: dict[str, tuple[int, float, float]] = {}
    for at, page in enumerate(document):
        text = page.get_textpage()
        for one in words:
            searcher = text.search(one)
            if one not in found and (hit := searcher.get_next()):
                left, _bottom, _right, top = text.get_charbox(hit[0])
                found[one] = (at, left * MM, (page.get_height() - top) * MM)
            searcher.close()
        text.close()
        page.close()
    document.close()
    return found


@pytest.mark.parametrize("kind", ["empty", "filled"])
def test_signature_stamp_and_day_stand_at_the_lower_right_of_their_cell(kind: str) -> None:
    paper = filled_in.empty("streets") if kind == "empty" else filled_in.filled("streets")
    assert isinstance(paper, FormPaper)
    below = "基本内容应包括" if kind == "empty" else "二、依托上海学习网"
    stands = places(form_pdf(paper), [below, "单位负责人签字", "公章", "区县教育行政部门"])
    page, left, top = stands["单位负责人签字"]
    assert 105 < left < 140  # the right half, with room behind it to write a name
    assert stands["公章"][0] == page
    assert (stands["公章"][1], stands["公章"][2] > top) == (pytest.approx(left, abs=0.5), True)
    assert (page, top) > (stands[below][0], stands[below][2] + 10)
    assert (page, top) < stands["区县教育行政部门"][::2]


def test_long_text_pushes_nothing_to_a_further_page() -> None:
    paper = filled_in.filled("streets")
    assert isinstance(paper, FormPaper)
    assert len(pdf_pages(form_pdf(paper))) == 2
    sites = filled_in.filled("sites")
    assert isinstance(sites, FormPaper)
    assert len(pdf_pages(form_pdf(sites))) == 1


def test_titles_of_columns_end_with_their_grid() -> None:
    sites = filled_in.filled("sites")
    assert isinstance(sites, FormPaper)
    tall = FormPaper(
        title=sites.title, widths_mm=sites.widths_mm, lines=sites.lines, note=sites.note,
        rows=(*sites.rows, *sites.rows[-2:], *sites.rows[-2:], *sites.rows[-2:]),
    )  # fmt: skip
    pages = pdf_pages(form_pdf(tall))
    assert len(pages) > 1
    assert ["QQ号" in page for page in pages] == [True] + [False] * (len(pages) - 1)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (STREETS.title, ["2013-2014 年度上海市社区教育", "示范街镇创建单位备案登记表"]),
        (SITES.title, [SITES.title]),
        ("甲\n乙", ["甲", "乙"]),
        (
            "关于甪直路街道社区教育示范街镇创建工作备案的意见",
            ["关于甪直路街道社区教育", "示范街镇创建工作备案的意见"],
        ),
    ],
)
def test_a_long_title_is_broken_between_words_into_even_lines(title: str, lines: list[str]) -> None:
    assert title_lines(title, 170, 22 * MM) == lines


@given(st.text("上海市社区教育示范街镇创建工作，、的和（）“”2013- 甪垟", min_size=1, max_size=120))
def test_a_broken_title_says_the_same_and_every_line_fits(title: str) -> None:
    lines = title_lines(title, 156, 22 * MM)
    assert squeezed("".join(lines)) == squeezed(title)
    assert max(map(cells_wide, lines), default=0) <= 2 * int(156 / (22 * MM))
