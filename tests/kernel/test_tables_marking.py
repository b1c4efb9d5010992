"""Handing a faulty table back: own formats kept, faulty cells red with a comment, a list of all faults."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from tests.kernel.sheets import GOOD, SHAPE, TITLES, opened, workbook

from lianxue.kernel.errors import Invalid
from lianxue.kernel.tables import Fault, mark_faults, read_sheet

RED = "FFFFC7CE"
BAD = ["A1", "川沙新镇社区学校", "报纸", "三", "2026-03-05", "好"]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


def _red_cells(sheet: Worksheet) -> dict[str, str]:
    """Return the comment of each red cell."""
    return {
        cell.coordinate: str(cell.comment.text if cell.comment else "")
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == RED
    }


def _marked(content: bytes) -> bytes:
    return mark_faults(content, read_sheet(content, SHAPE).faults)


def test_faulty_cells_are_red_and_say_why_and_all_else_is_as_it_was() -> None:
    def dress(sheet: Worksheet) -> None:
        sheet["B2"].font = Font(bold=True, name="楷体")
        sheet["A1"].fill = PatternFill("solid", fgColor="FF00FF00")
        sheet.column_dimensions["B"].width = 33

    book = opened(_marked(workbook(TITLES, GOOD, BAD, change=dress)))
    sheet, listed = book.worksheets

    assert _red_cells(sheet) == {
        "C3": "“报纸” is not one of: 图书 / 光盘.",
        "D3": "“三” is not a whole number.",
    }
    assert (sheet["B2"].font.name, sheet["B2"].font.bold, sheet.column_dimensions["B"].width) == (
        "楷体",
        True,
        33,
    )
    assert sheet["A1"].fill.fgColor.rgb == "FF00FF00"
    assert [cell.value for cell in sheet[3]] == BAD
    assert listed.title == "Faults"
    assert [list(row) for row in listed.values] == [
        ["Sheet", "Row", "Column", "Column title", "What is wrong"],
        ["名单", "3", "C", "类型（图书/光盘）", "“报纸” is not one of: 图书 / 光盘."],
        ["名单", "3", "D", "数量", "“三” is not a whole number."],
    ]


def test_marking_again_takes_the_old_marks_away() -> None:
    content = _marked(workbook(TITLES, GOOD, BAD))
    book = opened(content)
    book.worksheets[0]["C3"] = "图书"
    from tests.kernel.sheets import saved

    again = opened(_marked(saved(book)))

    assert again.sheetnames == ["名单", "Faults"]
    assert _red_cells(again.worksheets[0]) == {"D3": "“三” is not a whole number."}


def test_a_mended_workbook_is_read_without_faults() -> None:
    book = opened(_marked(workbook(TITLES, BAD)))
    book.worksheets[0]["C2"], book.worksheets[0]["D2"] = "图书", 3
    from tests.kernel.sheets import saved

    assert read_sheet(saved(book), SHAPE).faults == []


def test_two_faults_of_one_cell_and_a_fault_of_a_row() -> None:
    faults = [
        Fault("名单", 2, "A", "编号", "one"),
        Fault("名单", 2, "A", "编号", "two"),
        Fault("名单", 3, "", "", "row"),
    ]

    sheet = opened(mark_faults(workbook(TITLES, GOOD, GOOD), faults)).worksheets[0]

    assert _red_cells(sheet) == {"A2": "one\ntwo", "A3": "row"}


def test_a_fault_inside_a_merged_area_marks_its_corner() -> None:
    content = workbook(TITLES, GOOD, GOOD, change=lambda sheet: sheet.merge_cells("B2:C3"))

    sheet = opened(mark_faults(content, [Fault("名单", 3, "C", "", "here")])).worksheets[0]

    assert _red_cells(sheet) == {"B2": "here"}


def test_a_csv_comes_back_as_a_workbook_in_which_text_stays_text() -> None:
    text = f"{','.join(TITLES)}\n=1+1,@x,报纸,3,,-\x0b2"
    read = read_sheet(text.encode("gb18030"), SHAPE, name="名单.csv")

    sheet = opened(mark_faults(text.encode("gb18030"), read.faults)).worksheets[0]

    assert [cell.value for cell in sheet[2]] == ["=1+1", "@x", "报纸", "3", None, "-2"]
    assert {cell.data_type for cell in sheet[2]} == {"s", "n"}  # the empty cell is "n", none is "f"
    assert list(_red_cells(sheet)) == ["C2", "F2"]


def test_no_faults_no_marks() -> None:
    book = opened(mark_faults(workbook(TITLES, GOOD), []))

    assert (book.sheetnames, _red_cells(book.worksheets[0])) == (["名单"], {})


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(Invalid):
        mark_faults(b"PK\x03\x04nonsense", [Fault("x", 1, "A", "", "y")])
