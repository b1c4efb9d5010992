"""A register that was printed and comes back says the same: made-up rows with rare characters, one page and many."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxue.documents.public import (
    IssueRegisterRow,
    LoanRegisterRow,
    PrintedKind,
    issue_register,
    loan_register,
    read_issue_register,
    read_loan_register,
)
from lianxue.kernel.rendering import TableDocument
from lianxue.kernel.tables import SheetRead

Writer = Callable[[TableDocument], bytes]
WRITERS = pytest.mark.parametrize(
    ("write", "name"),
    [(TableDocument.to_xlsx, "登记表.xlsx"), (TableDocument.to_docx, "登记表.docx")],
    ids=["xlsx", "docx"],
)
letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"))
words = st.text(st.one_of(letters, st.sampled_from("栟甪垟㙟㛃𬬻𠮷（）、：")), min_size=1, max_size=30)
names = st.text("王李张甪栟垟㙟㛃𬬻·", min_size=1, max_size=12).filter(lambda name: name.strip("·"))
kinds = st.sampled_from(list(PrintedKind))
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
numbers = st.integers(1, 9999)
loans = st.builds(
    LoanRegisterRow,
    unit=words,
    title=words,
    kind=kinds,
    quantity=numbers,
    borrower=names,
    lent_on=days,
    returned_on=st.none() | days,
)
issues = st.builds(
    IssueRegisterRow,
    unit=words,
    title=words,
    kind=kinds,
    quantity=numbers,
    recipient=names,
    issued_on=days,
)
written = settings(max_examples=15, deadline=None)


def kind_of(name: object) -> PrintedKind:
    return PrintedKind[str(name).upper()]


def told(read: SheetRead) -> list[tuple[object, ...]]:
    """Return what was read, without the numbers of the rows."""
    assert [(fault.place, fault.message) for fault in read.faults] == []
    keys = ("unit", "title", "kind", "quantity", "name", "day", "returned_on")
    return [
        tuple(kind_of(row[key]) if key == "kind" else row[key] for key in keys if key in row)
        for row in read.rows
    ]


@WRITERS
@written
@given(rows=st.lists(loans, min_size=1, max_size=5))
def test_a_register_of_loans_comes_back(write: Writer, name: str, rows: list[LoanRegisterRow]) -> None:
    read = read_loan_register(write(loan_register(rows)), name=name)
    assert told(read) == [
        (one.unit, one.title, one.kind, one.quantity, one.borrower, one.lent_on, one.returned_on)
        for one in rows
    ]


@WRITERS
@written
@given(rows=st.lists(issues, min_size=1, max_size=5))
def test_a_register_of_issues_comes_back(write: Writer, name: str, rows: list[IssueRegisterRow]) -> None:
    read = read_issue_register(write(issue_register(rows)), name=name)
    assert told(read) == [
        (one.unit, one.title, one.kind, one.quantity, one.recipient, one.issued_on) for one in rows
    ]


@WRITERS
@pytest.mark.parametrize("count", [1, 17, 18, 300])
def test_a_register_of_one_row_and_of_many_pages_comes_back(write: Writer, name: str, count: int) -> None:
    rows = [
        IssueRegisterRow(
            unit="栟茶镇社区（老年）学校",
            title=f"甪里非遗{at}",
            kind=list(PrintedKind)[at % 3],
            quantity=at + 1,
            recipient="㛃某",
            issued_on=date(2026, 3, 5),
        )
        for at in range(count)
    ]
    assert [row[1:4] for row in told(read_issue_register(write(issue_register(rows)), name=name))] == [
        (one.title, one.kind, one.quantity) for one in rows
    ]
