"""Letters on paper, as GB/T 9704 has them."""

import ctypes
import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pypdfium2
from docx.oxml.ns import qn
from tests.documents.printed import pdf_pages, pdf_sizes_mm, word_lines

from lianxue.documents.public import LetterPaper, letter_docx, letter_pdf

PAPER = LetterPaper(
    issuer="浙江省教育技术中心",
    number="浙教技中心〔2021〕33号",
    title="浙江省教育技术中心关于进一步加强\n教育资源公共服务体系服务队伍建设的通知",
    addressee="各设区市教育技术中心",
    body="为加快数字化改革步伐，现将有关事项通知如下：\n\n一、工作职责\n（一）体系管理员\n"
    + "参加相关业务培训，管理区域内各级体系管理员队伍，栟茶镇、垟头村同此办理。\n" * 30,
    dated_on=date(2021, 4, 15),
    attachments=("服务队伍设区市汇总表", "年度工作评价指标"),
    copies_to="省教育厅。",
)
BETWEEN = replace(PAPER, between_offices=True, body="经研究，同意备案。", title="关于同意备案的函")


def places(content: bytes, page: int = 0) -> dict[str, tuple[float, float]]:
    """Return left edge and distance from the upper edge of the paper, in mm, of the beginning of some words."""
    document = pypdfium2.PdfDocument(content)
    opened = document[page]
    text = opened.get_textpage()
    found = {}
    for words in ("浙江省教育技术中心文件", "浙江省教育技术中心", "浙教技中心", "各设区市"):
        searcher = text.search(words)
        hit = searcher.get_next()
        if hit:
            left, _bottom, _right, top = text.get_charbox(hit[0])
            found[words] = (left * 25.4 / 72, (opened.get_height() - top) * 25.4 / 72)
        searcher.close()
    text.close()
    opened.close()
    document.close()
    return found


def test_a_document_has_its_red_head_number_and_foot() -> None:
    content = letter_pdf(PAPER)
    pages = pdf_pages(content)
    assert set(pdf_sizes_mm(content)) == {(210, 297)}
    assert pages[0].startswith("浙江省教育技术中心文件浙教技中心〔2021〕33号浙江省教育技术中心关于进一步加强")
    assert "附件：1.服务队伍设区市汇总表2.年度工作评价指标浙江省教育技术中心2021年4月15日" in pages[-1]
    assert "抄送：省教育厅。浙江省教育技术中心2021年4月15日印发" in pages[-1]
    assert [page[-3:] for page in pages] == ["—1—", "—2—", "—3—", "—4—"]
    stands = places(content)
    assert 71 <= stands["浙江省教育技术中心文件"][1] <= 76  # 37 mm and 35 mm further down
    assert 27.5 <= stands["各设区市"][0] <= 29.5


def test_a_letter_between_offices_has_its_mark_at_thirty_millimetres_and_no_first_number() -> None:
    content = letter_pdf(BETWEEN)
    (page,) = pdf_pages(content)
    assert page.startswith("浙江省教育技术中心浙教技中心〔2021〕33号关于同意备案的函")
    assert "—1—" not in page
    assert "印发" not in page
    assert 29 <= places(content)["浙江省教育技术中心"][1] <= 33


def test_word_has_the_same_words_on_a_grid_of_22_lines() -> None:
    content = letter_docx(PAPER)
    lines = word_lines(content)
    assert lines[:5] == [
        "浙江省教育技术中心文件",
        "浙教技中心〔2021〕33号",
        "浙江省教育技术中心关于进一步加强",
        "教育资源公共服务体系服务队伍建设的通知",
        "各设区市教育技术中心：",
    ]
    assert lines[-6:] == [
        "附件：1. 服务队伍设区市汇总表",
        "　　　2. 年度工作评价指标",
        "浙江省教育技术中心",
        "2021年4月15日",
        "抄送：省教育厅。",
        "浙江省教育技术中心　　2021年4月15日印发",
    ]
    word = docx.Document(BytesIO(content))
    section = word.sections[0]
    assert [
        round(edge.mm)
        for edge in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    ] == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    body = next(paragraph for paragraph in word.paragraphs if paragraph.text.startswith("为加快"))
    assert (body.paragraph_format.line_spacing.pt, body.paragraph_format.first_line_indent.pt) == (28.95, 32)
    faces = [
        next(one for one in word.paragraphs if one.text.startswith(words))
        .runs[0]
        ._r.rPr.rFonts.get(qn("w:eastAsia"))
        for words in ("浙江省教育技术中心关于", "一、", "（一）", "为加快")
    ]
    assert faces == ["方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"]


def test_page_numbers_stand_outside_and_a_letter_between_offices_begins_without() -> None:
    document, letter = (docx.Document(BytesIO(letter_docx(one))) for one in (PAPER, BETWEEN))
    assert document.settings.odd_and_even_pages_header_footer is True
    assert document.sections[0].even_page_footer.paragraphs[0].text.replace(" ", "").startswith("—")
    assert document.sections[0].different_first_page_header_footer is False
    assert letter.sections[0].different_first_page_header_footer is True
    assert letter.sections[0].first_page_footer.paragraphs[0].text == ""


def test_equal_letters_give_equal_bytes_and_markup_is_only_text() -> None:
    odd = replace(PAPER, title="#*_$<b>", body="#set text(red)\n<w:p/>", addressee="")
    assert letter_pdf(odd) == letter_pdf(odd)
    assert letter_docx(odd) == letter_docx(odd)
    assert "#settext(red)<w:p/>" in pdf_pages(letter_pdf(odd))[0]


def test_a_withdrawn_letter_says_so() -> None:
    withdrawn = replace(PAPER, withdrawn="（本件已作废）")
    assert "（本件已作废）" in pdf_pages(letter_pdf(withdrawn))[0]
    assert "（本件已作废）" in word_lines(letter_docx(withdrawn))


def faces(content: bytes) -> dict[str, bool]:
    """Return the typefaces of a PDF with whether each is in the file, and only the part of it that is used (ABCDEF+Name)."""
    document = pypdfium2.PdfDocument(content)
    found: dict[str, bool] = {}
    for page in document:
        for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            font = pypdfium2.raw.FPDFTextObj_GetFont(one.raw)
            size = pypdfium2.raw.FPDFFont_GetBaseFontName(font, None, 0)
            name = (ctypes.c_char * size)()
            pypdfium2.raw.FPDFFont_GetBaseFontName(font, name, size)
            found[name.value.decode()] = pypdfium2.raw.FPDFFont_GetIsEmbedded(font) == 1
    document.close()
    return found


def test_typefaces_are_in_the_file_and_only_the_characters_that_are_used() -> None:
    content = letter_pdf(replace(PAPER, issuer="江苏省栟茶镇甪直沚垟㛃𬬻氾"))
    found = faces(content)
    assert set(found.values()) == {True}
    assert all(re.match(r"[A-Z]{6}\+Noto(Serif|Sans)SC", name) for name in found), found
    assert len(content) < 200_000  # whole typefaces are ten megabytes each
    assert "江苏省栟茶镇甪直沚垟㛃𬬻氾" in "".join(pdf_pages(content))


def test_only_the_heading_of_a_paragraph_is_set_as_one() -> None:
    body = "一、总体要求\n二、职责分工。社会事业科牵头。社区学校配合。\n（一）经费\n2. 按季度报送。"
    paper = replace(PAPER, body=body)
    assert paper.paragraphs == [
        (1, "一、总体要求", ""),
        (1, "二、职责分工。", "社会事业科牵头。社区学校配合。"),
        (2, "（一）经费", ""),
        (0, "", "2. 按季度报送。"),
    ]
    word = docx.Document(BytesIO(letter_docx(paper)))
    second = next(one for one in word.paragraphs if one.text.startswith("二、"))
    assert [(run.text, run._r.rPr.rFonts.get(qn("w:eastAsia"))) for run in second.runs] == [
        ("二、职责分工。", "黑体"),
        ("社会事业科牵头。社区学校配合。", "仿宋_GB2312"),
    ]


def test_a_long_attachment_goes_on_below_its_own_first_character() -> None:
    long = "2013-2014年度上海市社区教育示范街镇创建单位备案登记表（甪直路街道办事处）"
    paper = replace(PAPER, body="同意。", attachments=(long, "进度安排"))
    document = pypdfium2.PdfDocument(letter_pdf(paper))
    text = document[0].get_textpage()
    left = {}
    for words in ("2013-2014年度", "（甪直路街道", "进度安排", "1. ", "2. "):
        searcher = text.search(words)
        left[words] = text.get_charbox(searcher.get_next()[0])[0] * 25.4 / 72
        searcher.close()
    lines = text.get_text_range().splitlines()
    text.close()
    document.close()
    first = next(at for at, line in enumerate(lines) if line.startswith("附件"))
    assert not lines[first].endswith("办事处）")  # it is broken
    assert abs(left["2013-2014年度"] - left["进度安排"]) < 1
    word = docx.Document(BytesIO(letter_docx(paper)))
    line = next(one for one in word.paragraphs if one.text.startswith("附件"))
    assert line.text == f"附件：1. {long}"
    form = line.paragraph_format
    assert (form.left_indent.pt, form.first_line_indent.pt) == (2 * 16 + 4.5 * 16, -4.5 * 16)


def test_a_letter_between_offices_has_both_double_lines_in_word_too() -> None:
    section = docx.Document(BytesIO(letter_docx(BETWEEN))).sections[0]
    foot = section.first_page_footer.paragraphs[0]
    line = foot._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert (line.get(qn("w:val")), line.get(qn("w:color"))) == ("thinThickSmallGap", "D41414")
    assert round(section.footer_distance.mm) == 20
    width = 210 - section.left_margin.mm - section.right_margin.mm
    assert round(width - foot.paragraph_format.left_indent.mm - foot.paragraph_format.right_indent.mm) == 170
