"""Lending, taking back and issuing at the desk, and the two registers (S0-44, S0-45, S0-50, S0-51)."""

from datetime import date

from playwright.sync_api import Page, expect
from tests.documents.printed import pdf_pages, sheet_rows, word_lines, word_table
from tests.journeys.acts import follow, go, press, row, taken, told

SEARCH = "资源名称、批号、ISBN 或借阅人姓名"
LOANS, ISSUES = "上海终身教育资源借阅记录表", "上海终身教育资源发放记录表"
KIND = "资源类型（图书/光盘/其它）"
LOAN_COLUMNS = [
    "序号",
    "单位",
    "资源名称",
    KIND,
    "数量",
    "借阅人",
    "借阅时间（年月日）",
    "归还时间（年月日）",
]
ISSUE_COLUMNS = ["序号", "单位", "资源名称", KIND, "数量", "领取人", "发放时间（年月日）"]


def lend(desk: Page, title: str, words: str, borrower: str) -> None:
    """Lend with the keyboard alone: some words of the title, the name, and Enter twice."""
    go(desk, "借阅窗口")
    expect(desk.get_by_label(SEARCH)).to_be_focused()
    desk.keyboard.type(words)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name=title)).to_be_visible()
    expect(desk.get_by_label("借阅人", exact=True)).to_be_focused()
    desk.keyboard.type(borrower)
    desk.keyboard.press("Enter")
    told(desk, f"已借给{borrower}：{title}。")


def take_back(desk: Page, title: str, borrower: str) -> None:
    """Take a loan back with one press."""
    press(row(desk, borrower), "归还")
    told(desk, f"{borrower}已归还：{title}。")
    expect(desk.get_by_text("没有借出的资源")).to_be_visible()


def issue(desk: Page, title: str, words: str, teacher: str) -> None:
    """Issue one copy to a teacher."""
    go(desk, "借阅窗口")
    desk.get_by_label(SEARCH).fill(words)
    press(desk, "查找")
    follow(desk.get_by_role("navigation", name="借阅或发放"), "发放 4")
    desk.get_by_label("领取人", exact=True).fill(teacher)
    desk.get_by_label("教师").check()
    press(desk, "发放")
    told(desk, f"已发放给{teacher}：{title}。")


def read_loans(point: Page, unit: str, title: str, borrower: str, day: date) -> None:
    """附件1 on the screen, and as the three files."""
    go(point, "登记表")
    shown = row(point, borrower)
    expect(shown.get_by_role("cell", name=unit)).to_be_visible()
    expect(shown.get_by_text("已归还")).to_be_visible()
    printed_day = _printed(day)
    _read_files(
        point,
        "附件1",
        LOANS,
        LOAN_COLUMNS,
        ["1", unit, title, "图书", "1", borrower, printed_day, printed_day],
    )


def read_issues(point: Page, unit: str, title: str, teacher: str, day: date) -> None:
    """附件2 on the screen, and as the three files."""
    go(point, "登记表")
    follow(point.get_by_role("navigation", name="登记表"), "资源发放记录表")
    expect(row(point, teacher).get_by_role("cell", name=unit)).to_be_visible()
    _read_files(
        point, "附件2", ISSUES, ISSUE_COLUMNS, ["1", unit, title, "图书", "1", teacher, _printed(day)]
    )


def _printed(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _read_files(page: Page, mark: str, title: str, columns: list[str], first: list[str]) -> None:
    name, workbook = taken(page, "电子表格")
    assert name == f"{mark} {title}.xlsx"
    assert workbook.startswith(b"PK")
    rows = [[cell for cell in line if cell is not None] for line in sheet_rows(workbook)]
    assert [title] in rows
    assert columns in rows
    first_row = rows[rows.index([*columns]) + 1]
    assert first_row[:6] == [1, *first[1:4], 1, first[5]]

    name, document = taken(page, "Word 文档")
    assert name == f"{mark} {title}.docx"
    assert document.startswith(b"PK")
    assert title in word_lines(document)
    assert word_table(document)[:2] == [columns, first]

    name, printed = taken(page, "打印版")
    assert name == f"{mark} {title}.pdf"
    assert printed.startswith(b"%PDF-")
    assert "".join(columns) in pdf_pages(printed)[0]
    assert "".join(first) in pdf_pages(printed)[0]
