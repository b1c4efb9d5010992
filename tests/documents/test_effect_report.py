"""The yearly effect report: the four contents of S0-53 in order, the figures, room for signature, seal and date."""

from dataclasses import replace
from datetime import date

import pytest
from tests.documents.printed import pdf_pages, pdf_picture, pdf_sizes_mm, word_lines, word_table

from lianxue.documents.public import EffectReportPaper, Figure, effect_report_docx, effect_report_pdf

PAPER = EffectReportPaper(
    unit="栟茶甪直沚垟垵氾社区学校",
    year=2026,
    recipients="本镇老年学员。\n\n  任课教师。  ",
    forms="课堂教学，#班级共读 *阅读*。",
    effects="学员满意。",
    suggestions="建议增加大字版图书。",
    figures=[Figure("收到资源份数", 42), Figure("借阅次数", 7), Figure("发放给学员份数", 0)],
    submitted_on=date(2026, 11, 10),
)
HEADINGS = [
    "一、全年数据",
    "二、资源发放和使用对象",
    "三、资源发放和使用形式",
    "四、资源使用效果",
    "五、意见和建议",
]


def test_the_word_report() -> None:
    word = effect_report_docx(PAPER)

    assert word_lines(word) == [
        "上海终身教育配送资源使用效果报告",
        "（2026年度）",
        "单位：栟茶甪直沚垟垵氾社区学校",
        HEADINGS[0],
        HEADINGS[1],
        "本镇老年学员。",
        "任课教师。",
        HEADINGS[2],
        "课堂教学，#班级共读 *阅读*。",
        HEADINGS[3],
        "学员满意。",
        HEADINGS[4],
        "建议增加大字版图书。",
        "负责人（签字）：　　　　　　　　填报人（签字）：",
        "栟茶甪直沚垟垵氾社区学校（公章）",
        "2026年11月10日",
    ]
    assert word_table(word) == [["收到资源份数", "42", "发放给学员份数", "0"], ["借阅次数", "7", "", ""]]


def test_the_pdf_report_says_the_same() -> None:
    content = effect_report_pdf(PAPER)

    assert pdf_pages(content) == [
        (
            "上海终身教育配送资源使用效果报告（2026年度）单位：栟茶甪直沚垟垵氾社区学校"
            "一、全年数据收到资源份数42发放给学员份数0借阅次数7"
            "二、资源发放和使用对象本镇老年学员。任课教师。"
            "三、资源发放和使用形式课堂教学，#班级共读*阅读*。"
            "四、资源使用效果学员满意。五、意见和建议建议增加大字版图书。"
            "负责人（签字）：填报人（签字）：栟茶甪直沚垟垵氾社区学校（公章）2026年11月10日—1—"
        )
    ]
    assert pdf_sizes_mm(content) == [(210, 297)]


def test_a_draft_says_so_and_leaves_the_date_open() -> None:
    draft = replace(PAPER, submitted_on=None, recipients="", forms="", effects="", suggestions="", figures=[])

    assert word_lines(effect_report_docx(draft))[1] == "（2026年度）（草稿，未提交）"
    assert word_lines(effect_report_docx(draft))[-1] == "　　　　年　　月　　日"
    (page,) = pdf_pages(effect_report_pdf(draft))
    assert page.startswith("上海终身教育配送资源使用效果报告（2026年度）（草稿，未提交）单位：")
    assert page.endswith("（公章）年月日—1—")
    assert [page.index(heading) for heading in HEADINGS] == sorted(
        page.index(heading) for heading in HEADINGS
    )


def test_a_long_report_keeps_signature_and_seal_together() -> None:
    long = replace(PAPER, effects="学员普遍反映配送资源贴近需求，" * 60)

    pages = pdf_pages(effect_report_pdf(long))

    assert len(pages) == 3
    assert pages[-1].endswith(
        "负责人（签字）：填报人（签字）：栟茶甪直沚垟垵氾社区学校（公章）2026年11月10日—3—"
    )


@pytest.mark.parametrize("lines", range(1, 24))
def test_the_signature_never_stands_on_a_page_without_text(lines: int) -> None:
    last = pdf_pages(effect_report_pdf(replace(PAPER, effects="很好。\n" * lines)))[-1]

    assert "建议增加大字版图书。负责人（签字）" in last


def test_the_margins_are_those_of_official_letters() -> None:
    page = pdf_picture(effect_report_pdf(replace(PAPER, effects="学员普遍反映配送资源贴近需求，" * 60)))
    per_mm = page.width / 210

    left = page.crop((0, 0, round(27.5 * per_mm), page.height))
    right = page.crop((round(184.6 * per_mm), 0, page.width, page.height))
    top = page.crop((0, 0, page.width, round(36 * per_mm)))
    assert [part.getextrema() for part in (left, right, top)] == [(255, 255)] * 3
