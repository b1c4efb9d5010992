"""Packing lists and the list to hand parcels over by."""

from datetime import date
from io import BytesIO

from openpyxl import load_workbook
from tests.documents.printed import pdf_pages

from lianxue.documents.public import (
    HandedParcel,
    PackingLine,
    PackingSum,
    PrintedKind,
    handing_over_list,
    packing_list_by_parcel,
    packing_list_by_title,
)

SUPPLIER, ROUND = "上海教育音像出版社", "2026年春季资源配送"


def test_by_parcel_each_lot_has_a_line_to_tick() -> None:
    lines = [
        PackingLine(
            code="2026-3-0001",
            point="外滩街道社区学校",
            lot=f"L{number}",
            title=f"资源{number}",
            kind=PrintedKind.BOOK,
            quantity=number,
        )
        for number in (1, 2)
    ]
    form = packing_list_by_parcel(lines, supplier=SUPPLIER, round_name=ROUND)
    assert form.to_pdf().startswith(b"%PDF-")
    cells = [[cell for cell in row if cell is not None] for row in _cells(form.to_xlsx())]
    assert [1, "2026-3-0001", "外滩街道社区学校", "L1", "资源1", "图书", 1] in cells
    assert [f"发货单位：{SUPPLIER}"] in cells


def test_by_title_the_copies_of_all_parcels_are_summed() -> None:
    sums = [PackingSum(code="B0001", title="资源1", kind=PrintedKind.DISC, parcels=3, quantity=12)]
    form = packing_list_by_title(sums, supplier=SUPPLIER, round_name=ROUND)
    cells = [[cell for cell in row if cell is not None] for row in _cells(form.to_xlsx())]
    assert [1, "B0001", "资源1", "光盘", 3, 12] in cells


def test_the_list_to_hand_over_by_counts_parcels_and_copies() -> None:
    parcels = [
        HandedParcel(code=f"2026-3-{n:04d}", point="豫园街道社区学校", supplier=SUPPLIER, titles=2, copies=5)
        for n in (1, 2)
    ]
    form = handing_over_list(parcels, unit="黄浦区社区学院", on=date(2026, 3, 5))
    text = "".join(pdf_pages(form.to_pdf()))
    for words in ("上海终身教育资源转交清单", "黄浦区社区学院", "2026年3月5日", "2026-3-0002"):
        assert words in text
    assert "共 2 件、10 册" in "\n".join(form.header_lines)


def _cells(content: bytes) -> list[tuple[object, ...]]:
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]
