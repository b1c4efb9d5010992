"""Forms that officials typed themselves: what is clear is read, what is not is named with its place, nothing raises but Invalid."""

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO

import docx
import openpyxl
import pytest
from django.utils import translation
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from tests.documents.sample_forms import (
    ADMINISTRATORS,
    ANNEX_1_SHAPE,
    FILING_SHAPE,
    ROUNDS,
    Annex,
    Filing,
    annex_1,
    filing_paper,
)

from lianxue.kernel.errors import Invalid
from lianxue.kernel.rendering import form_docx, form_xlsx
from lianxue.kernel.tables import FormField, FormShape, FormTable, Ticked, read_form

SHEET = openpyxl.worksheet.worksheet.Worksheet
SMALL = FormShape(
    title="表",
    fields=(
        FormField(key="name", title="街道（乡镇）名称", required=True),
        FormField(key="day", title="日期", kind="date"),
        FormField(key="many", title="人数", kind="number"),
        FormField(key="ever", title="是否参加", kind="yes_no"),
        FormField(
            key="rounds",
            title="经历",
            kind="choices",
            options=tuple((one, one) for one in ROUNDS),
            own="其他：",
        ),
    ),
    tables=(
        FormTable(
            key="people",
            columns=(
                FormField(key="name", title="姓名", required=True),
                FormField(key="phone", title="手机"),
                FormField(key="post", title="职称/职务"),
            ),
            most_rows=5,
        ),
    ),
)


def book(change: Callable[[SHEET], None] = lambda _sheet: None) -> bytes:
    """Return a form that somebody typed without merging anything."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "表"
    for row in (
        ["街道(乡镇) 名称", "甪直路街道"],
        ["日 期：", "2021.4.30", "人数", 12],
        ["是否参加", "是", "经历", "☑参加第一轮 □参加第二轮"],
        ["服务人员", "姓　名", "手 机", "职称／职务"],
        ["", "陈栟", 13800000001, "教师"],
        ["", "沈垟", "013800000002", ""],
        ["注：请如实填写"],
    ):
        sheet.append(row)
    change(sheet)
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def faults(content: bytes, shape: FormShape = SMALL) -> list[tuple[str, str]]:
    with translation.override("en"):
        return [(fault.place, fault.message) for fault in read_form(content, shape).faults]


def test_a_form_typed_by_hand_is_read() -> None:
    read = read_form(book(), SMALL)
    assert read.faults == []
    assert read.values == {
        "name": "甪直路街道",
        "day": date(2021, 4, 30),
        "many": 12,
        "ever": True,
        "rounds": Ticked(("参加第一轮",)),
    }
    assert [dict(row) for row in read.grids["people"]] == [
        {"name": "陈栟", "phone": "13800000001", "post": "教师"},
        {"name": "沈垟", "phone": "013800000002", "post": ""},
    ]
    assert read.grids["people"][1].places["phone"] == "C6"
    assert read.places["day"] == "B2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("☑参加第一轮　☐参加第二轮　☑参加第三轮　☐从未参与", Ticked(("参加第一轮", "参加第三轮"))),
        ("□ 参加第一轮 ■ 参加第二轮 □ 参加第三轮 □ 从未参与", Ticked(("参加第二轮",))),
        ("（√）参加第一轮（ ）参加第二轮（ ）参加第三轮（ ）从未参与", Ticked(("参加第一轮",))),
        ("参加第一轮√ 参加第二轮□ 参加第三轮□ 从未参与□", Ticked(("参加第一轮",))),
        ("□√参加第一轮\n□参加第二轮", Ticked(("参加第一轮",))),
        ("从未参与", Ticked(("从未参与",))),
        ("参加第一轮、参加第二轮", Ticked(("参加第一轮", "参加第二轮"))),
        ("参加第一轮 参加第二轮 参加第三轮 从未参与 其他：", Ticked()),
        ("☐参加第一轮 ☐参加第二轮 ☐参加第三轮 ☐从未参与 ☑其他：街镇联合创建", Ticked((), "街镇联合创建")),
        ("", Ticked()),
    ],
)
def test_ticks_are_read_as_people_make_them(text: str, expected: Ticked) -> None:
    read = read_form(book(lambda sheet: sheet.__setitem__("D3", text)), SMALL)
    assert (read.faults, read.values["rounds"]) == ([], expected)


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("B1", "=1+1", "formula"),
        ("B1", None, "must be filled in"),
        ("B2", "四月底", "not a date"),
        ("D2", "十二", "not a number"),
        ("B3", "也许", "neither"),
        ("D3", "□参加第一轮 √ □参加第二轮", "not clear"),
        ("D3", "都参加了", "None of the printed"),
        ("B5", "=HYPERLINK(1)", "formula"),
        ("C5", "#N/A", "#N/A"),
        ("B5", None, "must be filled in"),
        ("E5", "旁边", "no title"),
    ],
)
def test_a_wrong_cell_is_named(cell: str, value: object, words: str) -> None:
    found = faults(book(lambda sheet: sheet.__setitem__(cell, value)))
    assert [place for place, _message in found] == [cell]
    assert words in found[0][1]


def test_layout_that_hides_values_is_named() -> None:
    def hide(sheet: SHEET) -> None:
        sheet.row_dimensions[6].hidden = True

    assert faults(book(hide)) == [("6", "This row is hidden. Please show or delete it.")]
    assert faults(book(lambda sheet: sheet.merge_cells("B5:B6"))) == [
        ("B5", "This cell is merged over several. Please split it and fill in each.")
    ]
    assert [place for place, _message in faults(book(lambda sheet: sheet.merge_cells("B5:C5")))] == ["B5"]


def test_what_is_missing_is_said() -> None:
    assert faults(book(lambda sheet: sheet.delete_rows(4)))[0][1].startswith("No row with the column titles")
    assert "“日期” was not found" in faults(book(lambda sheet: sheet.__setitem__("A2", "时候")))[0][1]
    assert faults(book(lambda sheet: sheet.__setitem__("D4", "备考"))) == [
        ("B4", "The column “职称/职务” is missing."),
        ("D5", "There is something in this cell, but its column has no title."),
    ]


def test_too_many_rows_are_refused() -> None:
    def more(sheet: SHEET) -> None:
        sheet.delete_rows(7)
        for at in range(5):
            sheet.append(["", f"第{at}人", "", ""])

    assert [message for _place, message in faults(book(more))] == [
        "The table has more than 5 rows. Please send them in parts."
    ]

    def many(sheet: SHEET) -> None:
        for at in range(100_000):
            sheet.cell(row=at + 8, column=2, value="人")

    with translation.override("en"), pytest.raises(Invalid, match="more than 5000 filled rows"):
        read_form(book(many), SMALL)


def changed_word(content: bytes, change: Callable[[docx.document.Document], None]) -> bytes:
    document = docx.Document(BytesIO(content))
    change(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


FILED = form_docx(filing_paper(Filing()))


def test_tracked_changes_are_refused_in_plain_words() -> None:
    def insert(document: docx.document.Document) -> None:
        run = document.tables[0].rows[0].cells[1].paragraphs[0]._p
        run.append(
            parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="某"><w:r><w:t>新名</w:t></w:r></w:ins>')
        )

    with (
        translation.override("zh-hans"),
        pytest.raises(Invalid, match="请在 Word 的“审阅”中接受或拒绝全部修订"),
    ):
        read_form(changed_word(FILED, insert), FILING_SHAPE)


def test_hidden_text_and_computed_fields_are_refused() -> None:
    def vanish(document: docx.document.Document) -> None:
        document.tables[0].rows[0].cells[1].paragraphs[0].runs[0].font.hidden = True

    with translation.override("en"), pytest.raises(Invalid, match="hidden text"):
        read_form(changed_word(FILED, vanish), FILING_SHAPE)

    def compute(document: docx.document.Document) -> None:
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), 'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"')
        document.tables[0].rows[0].cells[1].paragraphs[0]._p.append(field)

    with translation.override("zh-hans"):
        read = read_form(changed_word(FILED, compute), FILING_SHAPE)
    assert [(fault.place, fault.title) for fault in read.faults] == [("表1第1行第2列", "街道（乡镇）名称")]


def test_boxes_of_word_itself_are_read() -> None:
    def box(document: docx.document.Document) -> None:
        paragraph = document.tables[0].rows[7].cells[1].paragraphs[0]
        for run in paragraph.runs:
            run.text = ""
        for words, code in (("参加第一轮", "F052"), ("参加第二轮", "F0A3")):
            run = paragraph.add_run()
            symbol = OxmlElement("w:sym")
            symbol.set(qn("w:font"), "Wingdings 2")
            symbol.set(qn("w:char"), code)
            run._r.append(symbol)
            paragraph.add_run(words)

    read = read_form(changed_word(FILED, box), FILING_SHAPE)
    assert (read.faults, read.values["rounds"]) == ([], Ticked(("参加第一轮",)))


def test_a_form_signed_on_the_computer_is_read_without_its_signature() -> None:
    def sign(document: docx.document.Document) -> None:
        cell = document.tables[0].rows[9].cells[1]
        for paragraph in cell.paragraphs:
            if paragraph.text.startswith("单位负责人签字"):
                paragraph.add_run("陈栟")
            elif "年" in paragraph.text and "日" in paragraph.text and len(paragraph.text.strip()) < 12:
                paragraph.runs[0].text = "2013 年 3 月 5 日"

    read = read_form(changed_word(FILED, sign), FILING_SHAPE)
    assert (read.faults, read.values["initiative"]) == ([], Filing().initiative)


def test_dates_of_excel_are_days() -> None:
    day = date(2021, 4, 30)
    read = read_form(book(lambda sheet: sheet.__setitem__("B2", day)), SMALL)
    assert read.values["day"] == day


def bomb() -> bytes:
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(form_xlsx(annex_1(Annex())))) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/worksheets/sheet9.xml", b" " * 60_000_000)
    return target.getvalue()


def with_macros() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(form_xlsx(annex_1(Annex())))) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/vbaProject.bin", b"x")
    return target.getvalue()


def test_files_that_cannot_be_a_form_are_refused_as_a_whole() -> None:
    for content, words in (
        (b"", "empty"),
        (b"name,phone\n", "Excel workbook"),
        (b"%PDF-1.7", "Excel workbook"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (bomb(), "unfolds"),
        (with_macros(), "macros"),
        (FILED[: len(FILED) // 2], "damaged"),
    ):
        with translation.override("en"), pytest.raises(Invalid, match=words):
            read_form(content, ANNEX_1_SHAPE)


def test_a_workbook_of_another_form_has_faults_and_no_answers() -> None:
    read = read_form(form_xlsx(filing_paper(Filing())), ANNEX_1_SHAPE)
    assert read.values == {}
    assert [fault.message for fault in read.faults if ADMINISTRATORS[2] in fault.message]
    assert all(rows == [] for rows in read.grids.values())
