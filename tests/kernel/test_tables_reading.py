"""Reading tables: every fault by sheet, row, column letter and title; files that are no table refused in plain words."""

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import override_settings
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.kernel.sheets import GOOD, SHAPE, TITLES, saved, with_part, workbook

from lianxue.kernel.errors import Invalid
from lianxue.kernel.tables import Column, SheetShape, read_sheet

GOOD_VALUES = {
    "code": "A1",
    "name": "川沙新镇社区学校",
    "kind": "book",
    "copies": 3,
    "since": date(2026, 3, 5),
    "note": "好",
}
SHEET_PART = "xl/worksheets/sheet1.xml"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


def _faults(content: bytes, shape: SheetShape = SHAPE) -> list[tuple[str, str, str]]:
    """Return place, column title and message of each fault."""
    read = read_sheet(content, shape)
    assert {fault.sheet for fault in read.faults} <= {read.sheet}
    return [(fault.place, fault.column_title, fault.message) for fault in read.faults]


def test_a_good_workbook() -> None:
    read = read_sheet(workbook(TITLES, GOOD, GOOD), SHAPE)

    assert (read.sheet, read.faults) == ("名单", [])
    assert [dict(row) for row in read.rows] == [GOOD_VALUES, GOOD_VALUES]
    assert [row.number for row in read.rows] == [2, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_good_csv_in_the_usual_encodings(encoding: str, delimiter: str) -> None:
    text = "\r\n".join(delimiter.join(str(value) for value in row) for row in (TITLES, GOOD))

    read = read_sheet(ContentFile(text.encode(encoding), name="名单.csv"), SHAPE)

    assert (read.sheet, read.faults, [dict(row) for row in read.rows]) == ("名单.csv", [], [GOOD_VALUES])


def test_titles_may_stand_lower_in_another_order_with_other_width_and_asterisks() -> None:
    content = workbook(
        ["2026年名单"], [], ["数量 *", "类型(图书/光盘)", "单位名称＊", "编 号"], [3, "光盘", "x", "A1"]
    )

    read = read_sheet(content, SHAPE)

    assert read.faults == []
    assert [dict(row) for row in read.rows] == [
        {"copies": 3, "kind": "disc", "name": "x", "code": "A1", "since": None, "note": ""}
    ]
    assert read.rows[0].number == 4


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("code", 310115.0, "310115"),
        ("code", "  310 115　", "310 115"),
        ("code", 1.5, "1.5"),
        ("code", True, "TRUE"),
        ("code", datetime.fromisoformat("2026-03-05"), "2026-03-05"),
        ("code", datetime.fromisoformat("2026-03-05T08:30"), "2026-03-05 08:30"),
        ("copies", "５００", 500),
        ("copies", 12.0, 12),
        ("kind", " 图书 ", "book"),
        ("kind", "Disc", "disc"),
        ("since", "2026/3/5", date(2026, 3, 5)),
        ("since", "2026.03.05", date(2026, 3, 5)),
        ("since", "２０２６年３月５日", date(2026, 3, 5)),
        ("since", "2026 年 3 月 5 日", date(2026, 3, 5)),
        ("since", "20260305", date(2026, 3, 5)),
        ("since", 20260305, date(2026, 3, 5)),
        ("since", "2026-03-05 00:00:00", date(2026, 3, 5)),
        ("since", datetime.fromisoformat("2026-03-05T08:30"), date(2026, 3, 5)),
        ("since", None, None),
        ("since", "  ", None),
        ("note", None, ""),
    ],
)
def test_what_a_cell_means(column: str, cell: object, value: object) -> None:
    keys = [c.key for c in SHAPE.columns]
    row = [cell if key == column else good for key, good in zip(keys, GOOD, strict=True)]

    read = read_sheet(workbook(TITLES, row), SHAPE)

    assert read.faults == []
    assert read.rows[0][column] == value


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("code", None, "This must be filled in."),
        ("code", "　", "This must be filled in."),
        (
            "code",
            310112194003050014,
            "A long number was typed as a number and has lost its last digits. Format the cell as text and type it again.",
        ),
        ("name", "长" * 21, "The text has 21 characters; at most 20 are allowed."),
        ("kind", "报纸", "“报纸” is not one of: 图书 / 光盘."),
        ("copies", "三", "“三” is not a whole number."),
        ("copies", 2.5, "“2.5” is not a whole number."),
        ("copies", True, "“True” is not a whole number."),
        ("copies", "-", "“-” is not a whole number."),
        ("copies", 0, "0 is out of range: from 1 to 500 is allowed."),
        ("copies", "1,000", "1000 is out of range: from 1 to 500 is allowed."),
        ("copies", "9" * 40, f"“{'9' * 29}…” is not a whole number."),
        ("since", "3/5/2026", "“3/5/2026” is not a date that can be read. Please write it like 2026-03-05."),
        (
            "since",
            "2026-02-30",
            "“2026-02-30” is not a date that can be read. Please write it like 2026-03-05.",
        ),
        (
            "since",
            "0026-02-03",
            "“0026-02-03” is not a date that can be read. Please write it like 2026-03-05.",
        ),
        ("since", 46086, "“46086” is not a date that can be read. Please write it like 2026-03-05."),
        ("since", "=TODAY()", "The cell holds a formula. Please paste its value instead."),
        ("since", "#N/A", "The cell shows the error “#N/A”."),
    ],
)
def test_a_wrong_cell_is_named(column: str, cell: object, message: str) -> None:
    keys = [c.key for c in SHAPE.columns]
    at = keys.index(column)
    row = [cell if key == column else good for key, good in zip(keys, GOOD, strict=True)]

    read = read_sheet(workbook(TITLES, GOOD, row), SHAPE)

    assert [(f.sheet, f.row, f.column, f.column_title, f.message) for f in read.faults] == [
        ("名单", 3, "ABCDEF"[at], TITLES[at], message)
    ]
    assert [dict(row) for row in read.rows] == [GOOD_VALUES]


def test_faults_of_a_csv_are_named_as_a_spreadsheet_would_show_them() -> None:
    text = '编号,单位名称,类型（图书/光盘）,数量\nA1,"two\nlines",图书,x\n\n,x,图书,1'

    assert _faults(text.encode()) == [
        ("D2", "数量", "“x” is not a whole number."),
        ("A4", "编号", "This must be filled in."),
    ]


def test_faults_of_titles() -> None:
    content = workbook(["编号", "单位名称", "数量", "数量", "备住"], ["A1", "x", 1, 2, "z"])

    assert _faults(content) == [
        ("1", "类型（图书/光盘）", "The column “类型（图书/光盘）” is missing."),
        ("D1", "数量", "This column title is there twice."),
        ("E1", "备住", "This column is not known here. Please delete it or mend its title."),
    ]


def test_no_titles_at_all() -> None:
    expected = "编号 / 单位名称 / 类型（图书/光盘） / 数量 / 日期 / 备注"
    message = f"No row with the column titles was found. Expected titles: {expected}."

    assert _faults(workbook(["甲", "乙"], GOOD)) == [("1", "", message)]
    assert _faults(workbook()) == [("1", "", message)]


def test_titles_without_rows() -> None:
    assert _faults(workbook(TITLES)) == [("2", "", "There is no row below the column titles.")]


def test_merged_hidden_and_stray_cells_are_faults() -> None:
    def bend(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:F1")
        sheet.merge_cells("F3:F4")
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["E"].hidden = True
        sheet["H3"] = "stray"

    content = workbook(["名单"], TITLES, GOOD, GOOD, change=bend)

    assert _faults(content) == [
        ("E2", "日期", "This column is hidden. Please show it or delete it."),
        ("F3", "备注", "The cells F3:F4 are merged. Please unmerge them and fill in each."),
        ("H3", "", "There is something in this cell, but its column has no title."),
        ("4", "", "This row is hidden. Please show or delete it."),
    ]


def test_more_rows_than_allowed_is_one_fault_and_no_rows() -> None:
    shape = SheetShape(SHAPE.title, SHAPE.columns, max_rows=3)

    read = read_sheet(workbook(TITLES, *[GOOD] * 4), shape)

    assert [(f.place, f.message) for f in read.faults] == [
        ("5", "The table has 4 rows; at most 3 can be read at once.")
    ]
    assert read.rows == []


def test_a_hundred_thousand_rows_are_refused_quickly() -> None:
    lines = [",".join(TITLES), *[",".join(map(str, GOOD))] * 90_000]
    with override_settings(TABLE_MAX_BYTES=20_000_000):
        assert _faults("\n".join(lines).encode()) == [
            ("20002", "", "The table has 90000 rows; at most 20000 can be read at once.")
        ]


def test_a_workbook_of_far_too_many_rows_is_refused_as_a_whole() -> None:
    shape = SheetShape(SHAPE.title, SHAPE.columns, max_rows=100)
    assert len(read_sheet(workbook(TITLES, *[GOOD] * 100), shape).rows) == 100
    assert "120 filled rows" not in str(read_sheet(workbook(TITLES, *[GOOD] * 119), shape).faults)
    with pytest.raises(Invalid, match="more than 120 filled rows"):
        read_sheet(workbook(TITLES, *[GOOD] * 120), shape)


def test_at_most_a_thousand_faults_are_listed() -> None:
    read = read_sheet("\n".join([",".join(TITLES), *["A,b,c,d,e,f"] * 600]).encode(), SHAPE)

    assert (len(read.faults), read.left_out, read.rows) == (1000, 800, [])


def test_a_feature_adds_faults_of_its_own() -> None:
    read = read_sheet(workbook(["数量", *TITLES[:3]], [3, *GOOD[:3]]), SHAPE)

    read.add_fault(read.rows[0], "code", "There is no organisation A1.")

    assert [(f.sheet, f.place, f.column_title) for f in read.faults] == [("名单", "B2", "编号")]


def test_the_sheet_is_found_by_title_and_else_the_first_visible_one_is_read() -> None:
    book = Workbook()
    book.worksheets[0].title = "hidden"
    book.worksheets[0].sheet_state = "hidden"
    for title, code in (("其他", "B1"), ("名单", "C1")):
        sheet = book.create_sheet(title)
        sheet.append(TITLES)
        sheet.append([code, *GOOD[1:]])
    content = saved(book)

    assert read_sheet(content, SHAPE).rows[0]["code"] == "C1"
    assert read_sheet(content, SheetShape("x", SHAPE.columns)).rows[0]["code"] == "B1"


def _zip(**parts: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


BROKEN = "The file is damaged and cannot be opened. Please save it again and send the new copy."
NOT_TABLE = "This is not a table. Please send an Excel workbook (.xlsx) or a CSV file."
TOO_LARGE = (
    "The file unfolds to far more than it should. Please copy the cells into a new workbook and send that."
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PLAIN = workbook(TITLES, GOOD)
WIDE_MERGE = b'<mergeCells count="1"><mergeCell ref="A3:XFD1048576"/></mergeCells></worksheet>'
WIDE_LINK = b'<hyperlinks><hyperlink ref="A3:XFD1048576" location="A1"/></hyperlinks></worksheet>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b"  \r\n ", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n....", NOT_TABLE),
        (b"%PDF-1.7 ...", NOT_TABLE),
        (b"<html><table><tr><td>1</td></tr></table></html>", NOT_TABLE),
        (b"<?xml version='1.0'?><Workbook/>", NOT_TABLE),
        (bytes(range(256)), NOT_TABLE),
        (b"a\x00b,c", NOT_TABLE),
        (b'"' + b"x" * 200_000 + b'"', NOT_TABLE),
        (b"," * 700_000, TOO_LARGE),
        (OLE + b"Workbook", "The file is in the old Office format (.xls, .doc). Please save it as .xlsx or .docx and send it again."),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "The file is protected by a password. Please save it without a password and send it again."),
        (PLAIN[:-200], BROKEN),
        (PLAIN[:200] + b"\xff" * 40 + PLAIN[240:], BROKEN),
        (b"PK\x03\x04nonsense", BROKEN),
        (_zip(a=b"b"), "This is a compressed folder, not a workbook or document. Please send the file itself."),
        (_zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "The file is in the OpenDocument format. Please save it as .xlsx or .docx and send it again."),
        (with_part(PLAIN, "xl/vbaProject.bin", lambda _: b"x"), "The file contains macros. Please save it as a plain workbook (.xlsx) or document (.docx) and send it again."),
        (with_part(PLAIN, "[Content_Types].xml", lambda part: part.replace(b"spreadsheetml.sheet.main", b"excel.sheet.macroEnabled.main")), "The file contains macros. Please save it as a plain workbook (.xlsx) or document (.docx) and send it again."),
        (with_part(PLAIN, "[Content_Types].xml", lambda part: part.replace(b"spreadsheetml.sheet.main", b"sheet.binary.main")), "The file is in the binary Excel format (.xlsb). Please save it as .xlsx and send it again."),
        (with_part(PLAIN, "[Content_Types].xml", lambda part: part.replace(b"spreadsheetml.sheet.main", b"wordprocessingml.document.main")), "This is a Word or PowerPoint file. Please send an Excel workbook (.xlsx) or a CSV file."),
        (with_part(PLAIN, "xl/workbook.xml", lambda _: b"<workbook"), BROKEN),
        (with_part(PLAIN, SHEET_PART, lambda _: b"<worksheet><sheetData><row r='x'/></sheetData></worksheet>"), BROKEN),
        (with_part(PLAIN, SHEET_PART, lambda part: b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + part), BROKEN),
        (with_part(PLAIN, SHEET_PART, lambda part: part.decode().encode("utf-16")), BROKEN),
        (with_part(PLAIN, SHEET_PART, lambda part: part.replace(b"</worksheet>", WIDE_MERGE)), TOO_LARGE),
        (with_part(PLAIN, SHEET_PART, lambda part: part.replace(b"</worksheet>", WIDE_LINK)), TOO_LARGE),
        (with_part(PLAIN, "xl/media/bomb.bin", lambda _: bytes(8_000_000)), TOO_LARGE),
        (with_part(PLAIN, "xl/media/bomb.bin", lambda _: bytes(65 * 1024 * 1024)), TOO_LARGE),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_in_plain_words(content: bytes, message: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_sheet(content, SHAPE)

    assert str(refused.value) == message


def test_a_workbook_with_hidden_sheets_only_cannot_be_read() -> None:
    content = with_part(
        PLAIN, "xl/workbook.xml", lambda part: part.replace(b'state="visible"', b'state="hidden"')
    )

    with pytest.raises(Invalid, match="no visible sheet"):
        read_sheet(content, SHAPE)


def test_a_file_over_the_limit_is_not_even_opened() -> None:
    with override_settings(TABLE_MAX_BYTES=2 * 1024 * 1024), pytest.raises(Invalid, match="larger than 2 MB"):
        read_sheet(ContentFile(b"x" * (2 * 1024 * 1024 + 1)), SHAPE)


def test_a_cell_far_away_costs_nothing() -> None:
    def bend(sheet: Worksheet) -> None:
        sheet["XFD1048576"] = "stray"

    assert _faults(workbook(TITLES, GOOD, change=bend))[-1] == (
        "XFD1048576",
        "",
        "There is something in this cell, but its column has no title.",
    )


@settings(deadline=None)
@given(content=st.binary(max_size=300))
def test_no_bytes_raise_anything_but_invalid(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", OLE, "编号,数量\n".encode()):
        with suppress(Invalid):
            read_sheet(start + content, SHAPE)


@settings(deadline=None)
@given(position=st.integers(0, len(PLAIN) - 1), byte=st.integers(0, 255))
def test_no_changed_byte_of_a_workbook_raises_anything_but_invalid(position: int, byte: int) -> None:
    with suppress(Invalid):
        read_sheet(PLAIN[:position] + bytes([byte]) + PLAIN[position + 1 :], SHAPE)


def test_the_words_are_chinese_for_a_chinese_reader() -> None:
    with override("zh-hans"):
        message = read_sheet(workbook(TITLES, [None, *GOOD[1:]]), SHAPE).faults[0].message

    assert message == "此处必须填写。"


def test_choices_and_titles_may_be_translated() -> None:
    from django.utils.translation import gettext_lazy as _

    shape = SheetShape(
        _("Faults"), [Column("a", _("Row")), Column("b", "b", kind="choice", choices=[("y", _("yes"))])]
    )

    assert [dict(row) for row in read_sheet(b"row,b\n1,YES", shape).rows] == [{"a": "1", "b": "y"}]
