"""The list with which a point counts by hand: what is to be counted, and nothing that could be copied."""

from datetime import date
from io import BytesIO

from openpyxl import load_workbook
from tests.documents.printed import pdf_pages

from lianxue.documents.public import CountingList, CountingRow, counting_list


def _list(rows: int) -> CountingList:
    return CountingList(
        point="外滩街道社区学校",
        begun_on=date(2026, 3, 2),
        rows=[CountingRow(place="在库", lot=f"L{n}", title=f"资源{n}") for n in range(1, rows + 1)],
    )


def test_the_paper_names_place_lot_and_title_and_leaves_the_numbers_open() -> None:
    pages = pdf_pages(counting_list(_list(2)).to_pdf())
    assert len(pages) == 1
    for words in (
        "终身教育资源盘点表",
        "单位：外滩街道社区学校",
        "盘点日期：2026年3月2日",
        "1在库L1资源1",
        "2在库L2资源2",
        "盘点人",
        "复核人",
    ):
        assert words in pages[0]


def test_a_large_store_goes_on_over_several_pages_with_the_columns_on_each() -> None:
    pages = pdf_pages(counting_list(_list(90)).to_pdf())
    assert len(pages) > 2
    assert all("批次号" in page for page in pages)
    assert "90在库L90资源90" in pages[-1]


def test_the_workbook_holds_the_same_rows() -> None:
    sheet = load_workbook(BytesIO(counting_list(_list(3)).to_xlsx())).worksheets[0]
    found = [
        [cell.value for cell in row[:4]] for row in sheet.iter_rows() if row[2].value in {"L1", "L2", "L3"}
    ]
    assert found == [[n, "在库", f"L{n}", f"资源{n}"] for n in (1, 2, 3)]
