"""Printed matter: nothing typed becomes markup, every character has its glyph, equal data gives equal bytes."""

import csv
import json
import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
import typst
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image
from tests.documents.printed import first_sheet, pdf_pages, pdf_sizes_mm, sheet_rows, word_lines, word_table

from lianxue.kernel.rendering import PrintColumn, TableDocument, pdf, printed, qr_png, qr_svg
from lianxue.kernel.rendering.typesetting import SOURCE, _typefaces

RARE = "栟甪沚垟垵氾"
EVIL = '#import "@preview/x:1.0.0" $x$ *b* _i_ `r` = T <l> @r \\ // c "q" [z] {y} =1+1'


def table(**changes: object) -> TableDocument:
    """Return a small table form."""
    values: dict[str, object] = {
        "title": "领取登记表",
        "columns": [
            PrintColumn("序号", 12),
            PrintColumn("姓名", 60, "left"),
            PrintColumn("日期（年月日）", 40),
        ],
        "rows": [("王桂英", date(2026, 3, 5)), (RARE, None)],
        "numbered": True,
    }
    return TableDocument(**(values | changes))  # type: ignore[arg-type]  # a test's short cut


@pytest.mark.parametrize("make", [TableDocument.to_pdf, TableDocument.to_docx, TableDocument.to_xlsx])
def test_equal_data_gives_equal_bytes(make: Callable[[TableDocument], bytes]) -> None:
    assert make(table()) == make(table())
    assert make(table()) != make(table(title="另一张表"))


def test_a_table_says_the_same_in_all_three_forms() -> None:
    form = table(
        mark="附件3",
        note="（说明）",
        header_lines=["单位：川沙新镇社区学校"],
        signatures=["填表人", "审核人"],
        minimum_rows=3,
    )
    rows = [["1", "王桂英", "2026年3月5日"], ["2", RARE, ""], ["3", "", ""]]

    assert pdf_pages(form.to_pdf()) == [
        f"附件3领取登记表单位：川沙新镇社区学校序号姓名日期（年月日）1王桂英2026年3月5日2{RARE}3（说明）填表人：审核人：—1—"
    ]
    word = form.to_docx()
    assert word_lines(word) == ["附件3", "领取登记表", "单位：川沙新镇社区学校", "（说明）"]
    assert word_table(word) == [["序号", "姓名", "日期（年月日）"], *rows]
    assert word_table(word, 1) == [["填表人：", "审核人："]]
    assert sheet_rows(form.to_xlsx()) == [
        ["附件3", None, None],
        ["领取登记表", None, None],
        ["单位：川沙新镇社区学校", None, None],
        ["序号", "姓名", "日期（年月日）"],
        [1, "王桂英", first_sheet(form.to_xlsx())["C5"].value],
        [2, RARE, None],
        [3, None, None],
        ["（说明）", None, None],
        [None, None, None],
        ["填表人：", "审核人：", None],
    ]


def test_the_workbook_has_real_days_and_repeats_its_titles_on_paper() -> None:
    sheet = first_sheet(table().to_xlsx())

    assert sheet["C3"].value.date() == date(2026, 3, 5)
    assert sheet["C3"].number_format == 'yyyy"年"m"月"d"日"'
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$2:$2", "A3")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")


def test_a_long_table_repeats_its_titles_on_every_page() -> None:
    pages = pdf_pages(table(rows=[(f"第{at}人", None) for at in range(1, 61)]).to_pdf())

    assert len(pages) == 3
    assert pages[0].startswith("领取登记表序号姓名日期（年月日）1第1人")
    assert all(page.startswith("序号姓名日期（年月日）") for page in pages[1:])
    assert re.findall(r"第(\d+)人", "".join(pages)) == [str(at) for at in range(1, 61)]


def test_paper_lies_when_asked() -> None:
    assert pdf_sizes_mm(table().to_pdf()) == [(210, 297)]
    assert pdf_sizes_mm(table(landscape=True).to_pdf()) == [(297, 210)]
    section = docx.Document(BytesIO(table(landscape=True).to_docx())).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)  # type: ignore[union-attr]


def test_nothing_typed_becomes_markup_or_a_formula() -> None:
    form = table(rows=[(EVIL, None)])

    assert "".join(EVIL.split()) in pdf_pages(form.to_pdf())[0]
    assert word_table(form.to_docx())[1][1] == EVIL
    assert first_sheet(table(rows=[("=1+1", None)]).to_xlsx())["B3"].data_type == "s"


@given(name=st.text(max_size=40))
@hypothesis_settings(deadline=None, max_examples=40)
def test_nothing_that_can_be_typed_makes_a_form_unprintable(name: str) -> None:
    form = table(rows=[(name, None)], title="表", mark=name, note=name, header_lines=[name])

    assert form.to_pdf().startswith(b"%PDF")
    assert form.to_docx().startswith(b"PK")
    assert form.to_xlsx().startswith(b"PK")


def test_every_row_needs_all_its_values() -> None:
    with pytest.raises(ValueError, match="needs 2 values"):
        table(rows=[("王桂英",)])


def test_the_typefaces_have_every_character_of_every_division(project: Path) -> None:
    with (project / "src/lianxue/orgs/data/divisions.csv").open(encoding="utf-8") as file:
        names = "".join(sorted({letter for row in csv.DictReader(file) for letter in row["name"]}))
    source = SOURCE / "kernel" / "templates" / "kernel" / "print" / "official.typ"
    for face in ("song", "hei"):
        markup = (
            source.read_text(encoding="utf-8")
            + f"#set text(font: {face}, fallback: false)\n#set page(width: 400mm, height: auto)\n#data"
        )
        content, warnings = typst.compile_with_warnings(
            markup.encode(),
            font_paths=_typefaces(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(names + RARE)},
        )
        assert warnings == []
        assert set(names + RARE) - set("".join(pdf_pages(content))) == set()


def test_templates_ask_for_no_packages() -> None:
    # Typst would fetch them from the network, and has no switch against it.
    templates = sorted(SOURCE.rglob("*.typ"))

    assert len(templates) >= 6
    assert [path.name for path in templates if '"@' in path.read_text(encoding="utf-8")] == []


def test_templates_cannot_read_what_lies_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret").write_text("secret")
    (inside / "page.typ").write_text('#read("../secret")')
    monkeypatch.setattr("lianxue.kernel.rendering.typesetting.SOURCE", inside)

    with pytest.raises(typst.TypstError, match=r"escape|outside|denied"):
        pdf(inside / "page.typ", {})


def test_missing_typefaces_are_told_by_name(tmp_path: Path) -> None:
    _typefaces.cache_clear()
    with (
        override_settings(FONT_DIRS=[*settings.FONT_DIRS, tmp_path / "none"]),
        pytest.raises(ImproperlyConfigured, match="none"),
    ):
        table().to_pdf()


def test_word_documents_name_the_typefaces_of_the_office_and_are_chinese() -> None:
    document = docx.Document(BytesIO(table(mark="附件1").to_docx()))
    faces = [
        run.element.find(qn("w:rPr")).find(qn("w:rFonts")).get(qn("w:eastAsia"))
        for paragraph in document.paragraphs
        for run in paragraph.runs
    ]
    theme = document.settings.element.find(qn("w:themeFontLang"))
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")

    assert faces == ["黑体", "方正小标宋简体"]
    assert theme is not None
    assert theme.get(qn("w:eastAsia")) == "zh-CN"
    assert defaults is not None
    assert defaults.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"
    assert defaults.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert (document.core_properties.title, document.core_properties.author) == ("领取登记表", "")


def test_word_tables_repeat_their_first_row_and_keep_rows_whole() -> None:
    table_element = docx.Document(BytesIO(table().to_docx())).tables[0]

    repeated = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table_element.rows]
    whole = [row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table_element.rows]
    assert (repeated, whole) == ([True, False, False], [True, True, True])


@pytest.mark.parametrize(
    ("value", "text"),
    [(date(2026, 3, 5), "2026年3月5日"), (3, "3"), (0, "0"), (None, ""), ("a\x0bb\x00", "ab")],
)
def test_what_stands_on_paper(value: str | int | date | None, text: str) -> None:
    assert printed(value) == text


def test_qr_codes() -> None:
    svg, png = qr_svg("https://lianxue.example.org/n/abc/"), qr_png("https://lianxue.example.org/n/abc/")

    root = ElementTree.fromstring(svg)  # noqa: S314  # our own
    assert (root.tag, root.get("viewBox")) == ("{http://www.w3.org/2000/svg}svg", "0 0 41 41")
    assert "style" not in svg
    image = Image.open(BytesIO(png))
    assert (image.size, image.convert("L").getpixel((0, 0))) == ((41 * 8, 41 * 8), 255)
    assert (qr_svg("a"), qr_png("a")) == (qr_svg("a"), qr_png("a"))
