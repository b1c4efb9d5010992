"""The registers of loans and of issues with exactly the published title and columns (S0-50, S0-51)."""

from collections.abc import Iterable

from lianxue.documents.models import IssueRegisterRow, LoanRegisterRow
from lianxue.kernel.rendering import PrintColumn, TableDocument

PRINTED_ROWS = 17  # S0-31: the published forms have 17 numbered rows, more may be added
ANONYMOUS = "（已匿名）"  # where a name has gone
MORE_ROWS = "（若表格不够，可自行添加）"
KIND = "资源类型（图书/光盘/其它）"

LOAN_COLUMNS = (
    PrintColumn("序号", 10),
    PrintColumn("单位", 30.5),
    PrintColumn("资源名称", 32, "left"),
    PrintColumn(KIND, 23),
    PrintColumn("数量", 10),
    PrintColumn("借阅人", 14.5),
    PrintColumn("借阅时间（年月日）", 29),
    PrintColumn("归还时间（年月日）", 29),
)
ISSUE_COLUMNS = (
    PrintColumn("序号", 11),
    PrintColumn("单位", 34),
    PrintColumn("资源名称", 43, "left"),
    PrintColumn(KIND, 32),
    PrintColumn("数量", 12),
    PrintColumn("领取人", 17),
    PrintColumn("发放时间（年月日）", 29),
)


def loan_register(rows: Iterable[LoanRegisterRow]) -> TableDocument:
    """Return 附件1, the register of loans (S0-50)."""
    return TableDocument(
        mark="附件1",
        title="上海终身教育资源借阅记录表",
        columns=LOAN_COLUMNS,
        rows=[
            (row.unit, row.title, row.kind.value, row.quantity, row.borrower, row.lent_on, row.returned_on)
            for row in rows
        ],
        note=MORE_ROWS,
        minimum_rows=PRINTED_ROWS,
        numbered=True,
    )


def issue_register(rows: Iterable[IssueRegisterRow]) -> TableDocument:
    """Return 附件2, the register of issues (S0-51)."""
    return TableDocument(
        mark="附件2",
        title="上海终身教育资源发放记录表",
        columns=ISSUE_COLUMNS,
        rows=[
            (row.unit, row.title, row.kind.value, row.quantity, row.recipient, row.issued_on) for row in rows
        ],
        note=MORE_ROWS,
        minimum_rows=PRINTED_ROWS,
        numbered=True,
    )
