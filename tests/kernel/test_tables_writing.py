"""Giving tables away: what is a number stays one, what is text never becomes a formula, blank sheets can be read back."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.utils.translation import gettext_lazy, override
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.kernel.sheets import SHAPE, opened

from lianxue.kernel.tables import Column, SheetShape, blank_sheet, read_sheet, stream_csv, stream_xlsx
from lianxue.kernel.tables.writing import sheet_title

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", "http://example.org", "{=1}", "0012"]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


def test_values_are_written_as_what_they_are() -> None:
    moment = datetime(2026, 3, 4, 17, 30, tzinfo=UTC)
    row = [
        3,
        2.5,
        Decimal("1.25"),
        date(2026, 3, 5),
        moment,
        True,
        None,
        "",
        gettext_lazy("Row"),
        10**17,
        "文字",
    ]

    content = b"".join(stream_xlsx("表", [str(at) for at in range(len(row))], [row]))

    sheet = opened(content).worksheets[0]
    assert [cell.value for cell in sheet[2]] == [
        3,
        2.5,
        1.25,
        datetime.fromisoformat("2026-03-05"),
        datetime.fromisoformat("2026-03-05T01:30"),
        "yes",
        None,
        None,
        "Row",
        "1" + "0" * 17,
        "文字",
    ]
    assert [sheet.cell(2, at).number_format for at in (4, 5)] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm"]


def test_text_never_becomes_a_formula_or_link() -> None:
    content = b"".join(stream_xlsx("表", ["a"], [[text] for text in DANGEROUS]))

    sheet = opened(content).worksheets[0]
    assert [sheet.cell(at, 1).value for at in range(2, 11)] == DANGEROUS
    assert {sheet.cell(at, 1).data_type for at in range(2, 11)} == {"s"}
    assert all(sheet.cell(at, 1).hyperlink is None for at in range(2, 11))


def test_csv_text_that_looks_like_a_formula_is_quoted() -> None:
    content = b"".join(stream_csv(["a"], [[text] for text in DANGEROUS])).decode("utf-8-sig")

    shown = [row[0] for row in csv.reader(StringIO(content))][1:]
    assert shown == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@SUM(A1)",
        "'\t=1",
        "'＝1+1",
        "http://example.org",
        "{=1}",
        "0012",
    ]


def test_csv_values() -> None:
    row = [
        -3,
        Decimal("-1.5"),
        date(2026, 3, 5),
        datetime(2026, 3, 4, 17, 30, tzinfo=UTC),
        False,
        None,
        "a,b",
    ]

    content = b"".join(stream_csv([Column("k", "列")] * 7, [row]))

    assert content.startswith("\ufeff列,列".encode())
    assert content.decode("utf-8-sig").splitlines()[1] == '-3,-1.5,2026-03-05,2026-03-05 01:30,no,,"a,b"'


def test_heading_widths_and_frozen_pane() -> None:
    content = b"".join(
        stream_xlsx("表", ["短", Column("k", "列", width=40), "c"], [["很长的资源名称" * 3, 1, "x" * 90]])
    )

    sheet = opened(content).worksheets[0]
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("表", "A2", "A1:C2")
    assert [round(sheet.column_dimensions[letter].width) for letter in "ABC"] == [45, 41, 61]
    assert sheet["A1"].font.bold


def test_equal_data_gives_equal_bytes() -> None:
    def export() -> bytes:
        return b"".join(stream_xlsx("表", ["a"], [[date(2026, 3, 5)], ["x"]]))

    assert export() == export()
    assert blank_sheet(SHAPE) == blank_sheet(SHAPE)


def test_rows_are_taken_one_by_one_and_may_be_none() -> None:
    assert len(opened(b"".join(stream_xlsx("表", ["a"], iter([])))).worksheets[0]["A"]) == 1
    content = b"".join(stream_xlsx("表", ["a"], ([number] for number in range(50_000))))
    sheet = load_workbook(BytesIO(content), read_only=True).worksheets[0]
    assert sheet.max_row == 50_001


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianxue.kernel.tables.writing.ROWS_PER_SHEET", 3)

    book = opened(b"".join(stream_xlsx("表" * 40, ["a"], ([number] for number in range(7)))))

    assert [[cell.value for cell in sheet["A"]] for sheet in book] == [
        ["a", 0, 1, 2],
        ["a", 3, 4, 5],
        ["a", 6],
    ]
    assert book.sheetnames == ["表" * 31, "表" * 26 + " 2", "表" * 26 + " 3"]


@pytest.mark.parametrize(
    ("title", "allowed"),
    [
        ("2026/3 [a]: *?\\", "2026 3  a"),
        ("'x'", "x"),
        ("", "Sheet1"),
        ("长" * 40, "长" * 31),
        ("///", "Sheet1"),
    ],
)
def test_sheet_titles(title: str, allowed: str) -> None:
    assert sheet_title(title) == allowed


def test_a_blank_sheet_tells_what_to_fill_in() -> None:
    shape = SheetShape(
        "名单", [*SHAPE.columns[:4], Column("x", "说明", required=False, hint="随意", width=50)]
    )

    book = opened(blank_sheet(shape))
    sheet = book.worksheets[0]

    assert [cell.value for cell in sheet[1]] == ["编号*", "单位名称*", "类型（图书/光盘）*", "数量*", "说明"]
    assert sheet["E1"].comment is not None
    assert "随意" in sheet["E1"].comment.text
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("C2:C20001", "lists!$C$1:$C$2")
    assert (book["lists"].sheet_state, [cell.value for cell in book["lists"]["C"]]) == (
        "hidden",
        ["图书", "光盘"],
    )
    assert sheet.column_dimensions["A"].number_format == "@"


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "code": st.from_regex(r"[A-Z0-9=+@.-]{1,12}", fullmatch=True),
            "name": st.text(
                st.sampled_from("川沙新镇=+@'\"<>& ，栟甪沚垟垵氾Aa1"), min_size=1, max_size=20
            ).filter(str.strip),
            "kind": st.sampled_from(["book", "disc"]),
            "copies": st.integers(1, 500),
            "since": st.none() | st.dates(date(1900, 3, 1), date(2199, 12, 31)),
            "note": st.text(st.characters(categories=["L", "N", "P"]), max_size=20).map(str.strip),
        }
    ),
    min_size=1,
    max_size=5,
)


@settings(deadline=None)
@given(rows=ROWS)
def test_what_is_written_into_a_sheet_is_read_back(rows: list[dict[str, object]]) -> None:
    read = read_sheet(blank_sheet(SHAPE, rows), SHAPE)

    assert read.faults == []
    assert [dict(row) for row in read.rows] == [
        {**row, "name": str(row["name"]).strip(), "code": str(row["code"]).strip()} for row in rows
    ]
