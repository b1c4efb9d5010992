"""Lists for those who pack and those who pass on: what goes into which parcel, which parcel goes to whom (S0-42)."""

from collections.abc import Iterable
from datetime import date

from lianxue.documents.models import HandedParcel, PackingLine, PackingSum
from lianxue.kernel.rendering import PrintColumn, TableDocument, written_day

BY_PARCEL = (
    PrintColumn("序号", 10),
    PrintColumn("编号", 27),
    PrintColumn("收货单位", 38, "left"),
    PrintColumn("批号", 16),
    PrintColumn("资源名称", 47, "left"),
    PrintColumn("资源类型", 16),
    PrintColumn("数量", 12),
    PrintColumn("已装", 12),
)
BY_TITLE = (
    PrintColumn("序号", 10),
    PrintColumn("目录号", 26),
    PrintColumn("资源名称", 74, "left"),
    PrintColumn("资源类型", 18),
    PrintColumn("件数", 14),
    PrintColumn("合计数量", 20),
    PrintColumn("已备", 16),
)
HANDED = (
    PrintColumn("序号", 10),
    PrintColumn("编号", 28),
    PrintColumn("收货单位", 44, "left"),
    PrintColumn("发货单位", 36, "left"),
    PrintColumn("种数", 12),
    PrintColumn("册数", 12),
    PrintColumn("领取人签名", 24),
    PrintColumn("日期", 16),
)


def packing_list_by_parcel(lines: Iterable[PackingLine], *, supplier: str, round_name: str) -> TableDocument:
    """Return what goes into each parcel, with a column to tick."""
    return TableDocument(
        title="上海终身教育资源装箱清单",
        header_lines=(f"发货单位：{supplier}", f"配送批次：{round_name}"),
        columns=BY_PARCEL,
        rows=[(one.code, one.point, one.lot, one.title, one.kind.value, one.quantity, "") for one in lines],
        numbered=True,
    )


def packing_list_by_title(sums: Iterable[PackingSum], *, supplier: str, round_name: str) -> TableDocument:
    """Return how many copies of each title all parcels need together."""
    return TableDocument(
        title="上海终身教育资源备货汇总单",
        header_lines=(f"发货单位：{supplier}", f"配送批次：{round_name}"),
        columns=BY_TITLE,
        rows=[(one.code, one.title, one.kind.value, one.parcels, one.quantity, "") for one in sums],
        numbered=True,
    )


def handing_over_list(parcels: Iterable[HandedParcel], *, unit: str, on: date) -> TableDocument:
    """Return the list by which a superior unit hands closed parcels over to its points, each signed for."""
    rows = list(parcels)
    return TableDocument(
        title="上海终身教育资源转交清单",
        header_lines=(
            f"转交单位：{unit}",
            f"打印日期：{written_day(on)}　共 {len(rows)} 件、{sum(row.copies for row in rows)} 册",
        ),
        columns=HANDED,
        rows=[(row.code, row.point, row.supplier, row.titles, row.copies, "", "") for row in rows],
        numbered=True,
    )
