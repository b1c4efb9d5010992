"""Forms as they are printed: column for column and title for title like the published ones, in every way of printing."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from io import BytesIO

import docx
import pytest
from django.template import Context, Template
from docx.oxml.ns import qn
from openpyxl import load_workbook
from tests.documents.printed import pdf_pages, pdf_sizes_mm
from tests.documents.sample_forms import (
    ADMINISTRATORS,
    BEST,
    CITY_SIGN,
    DISTRICT_SIGN,
    PLAN_GUIDE,
    REVIEWERS,
    TRAINERS,
    UNIT_SIGN,
    Annex,
    Filing,
    annex_1,
    annex_3,
    filing_paper,
)

from lianxue.kernel.rendering import FormCell, FormPaper, FormRow, form_docx, form_pdf, form_xlsx

CODE = "https://lianxue.example.cn/f/K7QXWZ4M"
PUBLISHED = [
    ["街道（乡镇）名称"],
    ["街道（乡镇）负责人", "姓名", "职务"],
    ["联系电话"],
    ["街道（乡镇）联系人", "姓名", "职务"],
    ["单位电话", "手机号码"],
    ["电子邮箱", "邮政编码"],
    ["通讯地址"],
    ["以往参加实验街镇工作经历"],
    ["创建工作方案（可附页）"],
    ["本轮的重点创建工作及预计成效"],
    ["区县教育行政部门指导意见"],
    ["上海市教育委员会意见"],
]  # the published table of S2 (S2-57 to S2-64), row by row


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def word_rows(content: bytes) -> list[list[tuple[str, int, str]]]:
    """Return the cells of the table as they are in the file: words, columns that they take, how they merge downwards."""
    table = docx.Document(BytesIO(content)).tables[0]
    rows = []
    for tr in table._tbl.tr_lst:  # python-docx shows merged cells doubled
        cells = []
        for tc in tr.tc_lst:
            merge = tc.tcPr.find(qn("w:vMerge"))
            words = "".join(text.text or "" for text in tc.iter(qn("w:t")))
            cells.append((words, tc.grid_span, "" if merge is None else merge.get(qn("w:val"))))
        rows.append(cells)
    return rows


def test_the_filing_form_has_the_published_rows_and_titles() -> None:
    paper = filing_paper(Filing())
    titles = [[squeezed(one.cell.text) for one in row if one.cell.is_label] for row in paper.layout()]
    assert titles == PUBLISHED


def test_the_filing_form_in_word_is_really_merged() -> None:
    rows = word_rows(form_docx(filing_paper(Filing())))
    assert [[(span, merge) for _words, span, merge in row] for row in rows[:7]] == [
        [(1, ""), (4, "")],
        [(1, "restart"), (1, ""), (1, ""), (1, ""), (1, "")],
        [(1, "continue"), (1, ""), (3, "")],
        [(1, "restart"), (1, ""), (1, ""), (1, ""), (1, "")],
        [(1, "continue"), (1, ""), (1, ""), (1, ""), (1, "")],
        [(1, "continue"), (1, ""), (1, ""), (1, ""), (1, "")],
        [(1, "continue"), (1, ""), (3, "")],
    ]
    assert rows[7][1][0] == "☑参加第一轮　　☐参加第二轮　　☑参加第三轮　　☐从未参与"
    assert rows[8][1][0].startswith(PLAN_GUIDE)
    for row, sign in ((9, UNIT_SIGN), (10, DISTRICT_SIGN), (11, CITY_SIGN)):
        assert rows[row][1][0].endswith("".join(sign))


def test_word_names_the_typefaces_of_offices_and_breaks_only_long_rows() -> None:
    word = docx.Document(BytesIO(form_docx(filing_paper(Filing(), qr_text=CODE))))
    faces = {fonts.get(qn("w:eastAsia")) for fonts in word.element.body.iter(qn("w:rFonts"))}
    assert faces == {"黑体", "方正小标宋简体", "仿宋_GB2312", "宋体"}
    whole = [tr.trPr.find(qn("w:cantSplit")) is not None for tr in word.tables[0]._tbl.tr_lst]
    assert whole == [True] * 8 + [False] + [True] * 3
    header = word.sections[0].header
    assert len(header.part.rels) == 1
    assert header.paragraphs[-1].text == "S2-2013-0007 第2稿"


def test_the_filing_form_as_pdf_has_all_words_on_two_pages() -> None:
    content = form_pdf(filing_paper(Filing(), qr_text=CODE))
    pages = pdf_pages(content)
    assert pdf_sizes_mm(content) == [(210, 297)] * 2
    text = "".join(pages)
    for row in PUBLISHED:
        for title in row:
            assert title in text
    for words in (*UNIT_SIGN, *CITY_SIGN, "☑参加第一轮", "☐从未参与", "陈栟", "欧阳㙍琳", "013800000000"):
        assert squeezed(words) in text
    assert all("S2-2013-0007第2稿" in page for page in pages)


def test_the_roster_has_three_grids_of_seven_seven_and_nine_columns() -> None:
    rows = word_rows(form_docx(annex_1(Annex())))
    heads = [row for row in rows if row[1][0] == "县(市、区)"]
    assert [[words for words, _span, _merge in row] for row in heads] == [
        ["服务人员", *ADMINISTRATORS],
        ["二、省级培训讲师", *TRAINERS],
        ["三、省级资源审核员", *REVIEWERS],
    ]
    assert [len(row) for row in heads] == [8, 8, 10]
    assert rows[1][0] == ("一、县级(含)以上体系管理员", 1, "restart")
    assert {sum(span for _words, span, _merge in row) for row in rows} == {10}


def test_every_page_of_the_roster_has_the_titles_of_its_own_columns() -> None:
    content = form_pdf(annex_1(Annex()))
    assert set(pdf_sizes_mm(content)) == {(297, 210)}
    first, second, third, *_more = pdf_pages(content)
    assert "单位名称" in first
    assert "是否为往届讲师团成员" in second
    assert "单位名称" not in second
    assert "教师类型" in third
    assert "往届讲师团" not in third


def test_the_recommendation_fits_one_page_with_the_published_titles() -> None:
    (page,) = pdf_pages(form_pdf(annex_3(Annex(), BEST)))
    for words in (
        "附件3",
        "一、县级(含)以上优秀体系管理员",
        "二、优秀省级",
        "案例或文章网址",
        "三、优秀省级",
    ):
        assert words in page


def test_the_workbook_keeps_text_and_is_set_up_for_print() -> None:
    given = Filing(name="=cmd|' /C calc'!A0", postcode="000200")
    book = load_workbook(BytesIO(form_xlsx(filing_paper(given, qr_text=CODE))))
    sheet = book.active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type == "s" for cell in cells)
    assert {given.name, "000200", "013800000000"} <= {cell.value for cell in cells}
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        9,
        0,
    )  # A4, as many pages as it takes
    assert max(row.height or 0 for row in sheet.row_dimensions.values()) <= 409
    assert len(sheet.merged_cells.ranges) > 10


@pytest.mark.parametrize("write", [form_pdf, form_docx, form_xlsx])
def test_equal_forms_give_equal_bytes(write: Callable[[FormPaper], bytes]) -> None:
    assert write(filing_paper(Filing(), qr_text=CODE)) == write(filing_paper(Filing(), qr_text=CODE))


class Cells(HTMLParser):
    """The cells of a table with their spans, and every attribute there is."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.rows: list[list[tuple[int, int]]] = []
        self.attributes: set[str] = set()
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.attributes |= given.keys()
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append((int(given.get("colspan") or 1), int(given.get("rowspan") or 1)))


def test_the_preview_has_the_same_cells_and_no_style_in_it() -> None:
    paper = filing_paper(Filing(name="<script>alert(1)</script>"))
    markup = Template("{% load form_papers %}{% form_paper paper %}").render(Context({"paper": paper}))
    shown = Cells(markup)
    assert shown.rows == [[(one.cell.across, one.cell.down) for one in row] for row in paper.layout()]
    assert "style" not in shown.attributes
    assert "<script>" not in markup
    assert "☑参加第一轮" in markup


@pytest.mark.parametrize(
    "rows",
    [
        [[FormCell()]],
        [[FormCell(across=3)]],
        [[FormCell(down=2), FormCell()], [FormCell(across=2)]],
        [[FormCell(down=2), FormCell()]],
    ],
)
def test_a_table_with_gaps_or_overlaps_is_refused(rows: list[list[FormCell]]) -> None:
    paper = FormPaper(title="表", widths_mm=(50, 50), rows=tuple(FormRow(cells=tuple(row)) for row in rows))
    with pytest.raises(ValueError, match="表"):
        paper.layout()
