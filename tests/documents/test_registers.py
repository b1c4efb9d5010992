"""The two registers: the published title and columns to the letter, 17 rows and more."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import docx
import pytest
from tests.documents.printed import first_sheet, pdf_pages, pdf_picture, sheet_rows, word_lines, word_table

from lianxue.documents.public import (
    IssueRegisterRow,
    LoanRegisterRow,
    PrintedKind,
    issue_register,
    loan_register,
)
from lianxue.kernel.rendering import TableDocument

LOAN_TITLE = "上海终身教育资源借阅记录表"  # S0-50
LOAN_COLUMNS = [
    "序号",
    "单位",
    "资源名称",
    "资源类型（图书/光盘/其它）",
    "数量",
    "借阅人",
    "借阅时间（年月日）",
    "归还时间（年月日）",
]
ISSUE_TITLE = "上海终身教育资源发放记录表"  # S0-51
ISSUE_COLUMNS = [
    "序号",
    "单位",
    "资源名称",
    "资源类型（图书/光盘/其它）",
    "数量",
    "领取人",
    "发放时间（年月日）",
]
NOTE = "（若表格不够，可自行添加）"
LONG = "上海市民终身学习人文行走系列读本：从外滩到苏州河——百年建筑里的城市记忆（上、下册，附光盘）" * 3


def loans(count: int) -> list[LoanRegisterRow]:
    """Return loans, every other one brought back."""
    return [
        LoanRegisterRow(
            unit="栟茶甪直沚垟垵氾社区学校" if at == 1 else "川沙新镇社区学校",
            title=LONG if at == 2 else f"太极拳入门{at}",
            kind=list(PrintedKind)[at % 3],
            quantity=at + 1,
            borrower="王桂英",
            lent_on=date(2026, 3, 5) + timedelta(days=at),
            returned_on=date(2026, 12, 25) if at % 2 else None,
        )
        for at in range(count)
    ]


def issues(count: int) -> list[IssueRegisterRow]:
    """Return issues, one a day."""
    return [
        IssueRegisterRow(
            unit="川沙新镇社区学校",
            title=f"太极拳入门{at}",
            kind=PrintedKind.BOOK,
            quantity=2,
            recipient="李建国",
            issued_on=date(2026, 3, 5) + timedelta(days=at),
        )
        for at in range(count)
    ]


def expected_loans(count: int) -> list[list[str]]:
    """Return the rows that must be printed for ``loans(count)``."""
    rows = [
        [
            str(at + 1),
            row.unit,
            row.title,
            row.kind.value,
            str(row.quantity),
            "王桂英",
            f"{row.lent_on.year}年{row.lent_on.month}月{row.lent_on.day}日",
            "2026年12月25日" if at % 2 else "",
        ]
        for at, row in enumerate(loans(count))
    ]
    return rows + [[str(at + 1), *[""] * 7] for at in range(count, 17)]


@pytest.mark.parametrize(
    ("form", "mark", "title", "columns"),
    [
        (loan_register([]), "附件1", LOAN_TITLE, LOAN_COLUMNS),
        (issue_register([]), "附件2", ISSUE_TITLE, ISSUE_COLUMNS),
    ],
)
def test_the_empty_form_is_the_published_one(
    form: TableDocument, mark: str, title: str, columns: list[str]
) -> None:
    numbers = [str(number) for number in range(1, 18)]
    rest = [""] * (len(columns) - 1)

    assert pdf_pages(form.to_pdf()) == [f"{mark}{title}{''.join(columns)}{''.join(numbers)}{NOTE}—1—"]
    assert word_lines(form.to_docx()) == [mark, title, NOTE]
    assert word_table(form.to_docx()) == [columns, *[[number, *rest] for number in numbers]]
    rows = sheet_rows(form.to_xlsx())
    assert [row[0] for row in rows] == [mark, title, "序号", *range(1, 18), NOTE]
    assert rows[2] == columns
    assert rows[3] == [1, *[None] * (len(columns) - 1)]


@pytest.mark.parametrize("count", [1, 17, 18, 40])
def test_a_register_of_loans_has_every_row_in_every_format(count: int) -> None:
    form, rows = loan_register(loans(count)), expected_loans(count)

    assert word_table(form.to_docx()) == [LOAN_COLUMNS, *rows]
    sheet = first_sheet(form.to_xlsx())
    assert [cell.value for cell in sheet[2 + 1]] == LOAN_COLUMNS
    assert len(rows) == max(count, 17)
    assert [sheet.cell(4 + at, 3).value or "" for at in range(len(rows))] == [row[2] for row in rows]
    assert sheet["G4"].value.date() == date(2026, 3, 5)
    assert sheet["E4"].value == 1
    pages = pdf_pages(form.to_pdf())
    first, *more = [page.removesuffix(f"—{at}—") for at, page in enumerate(pages, start=1)]
    assert first.startswith(f"附件1{LOAN_TITLE}{''.join(LOAN_COLUMNS)}")
    assert all(page.startswith("".join(LOAN_COLUMNS)) or page == NOTE for page in more)
    body = first + "".join(page.removeprefix("".join(LOAN_COLUMNS)) for page in more)
    printed = "".join("".join(row) for row in rows).replace(" ", "")
    assert body == f"附件1{LOAN_TITLE}{''.join(LOAN_COLUMNS)}{printed}{NOTE}"


def test_forty_issues() -> None:
    form = issue_register(issues(40))

    table = word_table(form.to_docx())
    assert (len(table), table[0]) == (41, ISSUE_COLUMNS)
    assert table[40] == ["40", "川沙新镇社区学校", "太极拳入门39", "图书", "2", "李建国", "2026年4月13日"]
    assert len(pdf_pages(form.to_pdf())) == 2


@pytest.mark.parametrize("form", [loan_register([]), loan_register(loans(0)), issue_register(issues(17))])
def test_seventeen_rows_stand_on_one_page(form: TableDocument) -> None:
    assert len(pdf_pages(form.to_pdf())) == 1


@pytest.mark.parametrize("register", [lambda: loan_register(loans(17)), lambda: issue_register(issues(17))])
def test_nothing_is_cut_off_at_the_edges_of_the_paper(register: Callable[[], TableDocument]) -> None:
    page = pdf_picture(register().to_pdf())
    width, height = page.size
    margin = round(width * 12 / 210)

    for strip in (
        (0, 0, margin, height),
        (width - margin, 0, width, height),
        (0, height - margin, width, height),
    ):
        assert page.crop(strip).getextrema() == (255, 255)


@pytest.mark.parametrize(
    ("kind", "printed"), [("book", "图书"), ("disc", "光盘"), ("other", "其它"), ("online", "其它")]
)
def test_the_three_printed_kinds(kind: str, printed: str) -> None:
    assert PrintedKind.of(kind).value == printed


def test_the_word_form_is_a4_and_can_be_opened() -> None:
    document = docx.Document(BytesIO(loan_register(loans(3)).to_docx()))

    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert document.core_properties.title == LOAN_TITLE
