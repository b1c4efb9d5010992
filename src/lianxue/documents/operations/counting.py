"""The list with which a point counts its store and its display corner on paper."""

from lianxue.documents.models import CountingList
from lianxue.kernel.rendering import PrintColumn, TableDocument, written_day

COLUMNS = (
    PrintColumn("序号", 11),
    PrintColumn("位置", 22),
    PrintColumn("批次号", 22),
    PrintColumn("资源名称", 58, "left"),
    PrintColumn("完好（册/件）", 20),
    PrintColumn("损坏（册/件）", 20),
    PrintColumn("备注（原因）", 29, "left"),
)


def counting_list(counting: CountingList) -> TableDocument:
    """Return the counting list, the numbers left open to be written in by hand."""
    return TableDocument(
        title="终身教育资源盘点表",
        header_lines=[f"单位：{counting.point}", f"盘点日期：{written_day(counting.begun_on)}"],
        columns=COLUMNS,
        rows=[(row.place, row.lot, row.title, "", "", "") for row in counting.rows],
        note="请按实物逐项清点，填写数字；没有的填 0。数目与账面不符的，请写明原因。",
        signatures=["盘点人", "复核人"],
        numbered=True,
    )
