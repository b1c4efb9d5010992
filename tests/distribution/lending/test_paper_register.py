"""Paper registers come in as they were printed or typed: every row or none, each fault at its place."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from tests.factories.distribution_people import everything_written
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import AT, client_for, small_network
from tests.factories.resources import make_entry

from lianxue.distribution.enums import Audience, LoanState
from lianxue.distribution.models import Issue, Loan
from lianxue.distribution.operations.desk.import_register import (
    PAPER_REGISTER,
    RegisterRow,
    RowsRefused,
    import_issues,
    import_loans,
)
from lianxue.distribution.operations.desk.issue import issue
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.desk.return_loan import return_loan
from lianxue.distribution.queries.ledger import check_ledger
from lianxue.distribution.queries.lending import issues_seen, loans_seen
from lianxue.distribution.queries.registers import issue_register_rows, loan_register_rows
from lianxue.documents.public import issue_register, loan_register
from lianxue.kernel.clock import local_date, today
from lianxue.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db

LONG_AGO = AT - timedelta(days=100)
DAY = local_date(AT) - timedelta(days=90)
TITLES = {"书法入门": 4, "智能手机入门": 4}
LOAN_HEAD = ["序号", "单位", "资源名称", "资源类型", "数量", "借阅人", "借阅时间", "归还时间"]


@pytest.fixture
def stocked() -> StockedRound:
    return delivered_round(small_network(), TITLES, at=LONG_AGO)


def _typed(*rows: list[object], head: list[str] = LOAN_HEAD) -> bytes:
    """A workbook as somebody types it: a title above, numbered rows, empty ones at the end."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["某某社区学校借阅登记"])
    sheet.append(head)
    for number, row in enumerate(rows, start=1):
        sheet.append([number, *row])
    for number in range(len(rows) + 1, 18):
        sheet.append([number])
    sheet.append(["（若表格不够，可自行添加）"])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _typed_word(*rows: list[str], head: list[str] = LOAN_HEAD) -> bytes:
    document = docx.Document()
    document.add_paragraph("附件1")
    table = document.add_table(rows=0, cols=len(head))
    for line in (
        head,
        *([str(n), *row] for n, row in enumerate(rows, start=1)),
        ["9", *[""] * (len(head) - 1)],
    ):
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _send(
    stocked: StockedRound, content: bytes, which: str = "loans", name: str = "登记.xlsx", **more: str
) -> Any:
    return client_for(stocked.desk).post(
        reverse("distribution:register-import", args=[which]),
        {"sheet": SimpleUploadedFile(name, content), **more},
    )


def _places(answer: Any) -> list[str]:
    return [fault.place for fault in answer.context["faults"]]


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_what_we_print_comes_in_again_as_the_same_rows(stocked: StockedRound, ending: str) -> None:
    def rows() -> list[list[Any]]:
        return [
            list(loan_register_rows(stocked.admin, loans_seen(stocked.admin))),
            list(issue_register_rows(stocked.admin, issues_seen(stocked.admin))),
        ]

    def printed(form: Any) -> bytes:
        return bytes(form.to_xlsx() if ending == "xlsx" else form.to_docx())

    people = (stocked.desk, stocked.admin)  # made before what is rolled back
    assert all(people)
    with transaction.atomic():
        frame: dict[str, Any] = {"actor": stocked.desk, "at": AT, "point": stocked.point}
        for number, title in enumerate(stocked.titles):
            loan = lend(**frame, entry=title.entry, borrower_name=f"读者{number}", quantity=2)
            issue(**frame, entry=title.entry, recipient_name=f"学员{number}", audience=Audience.LEARNER)
            return_loan(actor=stocked.desk, at=AT + timedelta(days=3), loan=loan)
            lend(**frame, entry=title.entry, borrower_name=f"读者{number}甲")
        before = rows()
        loans, issues = printed(loan_register(before[0])), printed(issue_register(before[1]))
        transaction.set_rollback(True)
    assert rows() == [[], []]
    assert _send(stocked, loans, name=f"附件1.{ending}").status_code == 302
    assert _send(stocked, issues, "issues", f"附件2.{ending}", audience="learner").status_code == 302
    assert rows() == before
    assert {loan.backdated_reason for loan in Loan.objects.all()} == {PAPER_REGISTER}
    assert check_ledger().is_sound
    again = _send(stocked, loans, name=f"附件1.{ending}")
    assert again.status_code == 422
    assert len(again.context["faults"]) == 4
    assert rows() == before


@pytest.mark.parametrize("make", [_typed, _typed_word])
def test_a_typed_register_with_shortened_titles_and_days_in_many_forms(
    stocked: StockedRound, make: Callable[..., bytes]
) -> None:
    content = make(
        [stocked.point.name, "《书法入门》", "图书", "2", "王小明", "2025.12.10", "2025年12月20日"],
        ["", "智能手机 入门", "", "", "李桂英", "2025-12-11", ""],
    )
    assert _send(stocked, content, name="a.xlsx" if make is _typed else "a.docx").status_code == 302
    first, second = Loan.objects.order_by("lent_on")
    assert (first.borrower_name, first.quantity, first.state) == ("王小明", 2, LoanState.RETURNED)
    assert (first.lent_on, first.returned_on) == (date(2025, 12, 10), date(2025, 12, 20))
    assert (second.borrower_name, second.quantity, second.state) == ("李桂英", 1, LoanState.ON_LOAN)
    assert check_ledger().is_sound


def test_every_fault_has_its_row_and_column_and_nothing_is_saved(stocked: StockedRound) -> None:
    content = _typed(
        ["别的学校", "书法入门", "图书", 1, "王小明", "2025-12-10", None],
        [None, "书法入门", "杂志", 0, None, "昨天", None],
        [None, "书法入门", None, 1, "李桂英", "2025-12-10", "2025-12-09"],
        [None, "书法入门", None, 1, "赵六", (today() + timedelta(days=9)).isoformat(), None],
    )
    before = everything_written()
    answer = _send(stocked, content)
    assert answer.status_code == 422
    assert _places(answer) == ["B3", "D4", "E4", "F4", "G4", "H5", "G6"]
    marked = client_for(stocked.desk).get(answer.context["marked_url"])
    assert b"".join(marked.streaming_content).startswith(b"PK")
    assert everything_written() == before


def test_a_word_table_comes_back_as_a_marked_workbook(stocked: StockedRound) -> None:
    answer = _send(stocked, _typed_word(["", "书法入门", "", "", "王小明", "某天", ""]), name="登记.docx")
    assert _places(answer) == ["G2"]
    file = client_for(stocked.desk).get(answer.context["marked_url"])
    sheet = openpyxl.load_workbook(BytesIO(b"".join(file.streaming_content))).worksheets[0]
    assert sheet["G2"].comment is not None


def test_rows_for_which_there_are_no_copies_are_named(stocked: StockedRound) -> None:
    before = everything_written()
    answer = _send(
        stocked,
        _typed(
            [None, "书法入门", None, 3, "甲", "2025-12-10", None],
            [None, "书法入门", None, 1, "乙", "2025-12-11", None],
            [None, "智能手机入门", None, 1, "丙", "2020-01-01", "2020-01-09"],
        ),
    )
    assert answer.status_code == 422
    assert _places(answer) == ["C4", "C5"]
    assert everything_written() == before


def test_a_copy_that_came_back_serves_the_next_row(stocked: StockedRound) -> None:
    rows = [
        RegisterRow(n, stocked.entry.pk, 3, f"读者{n}", DAY + timedelta(days=n), DAY + timedelta(days=n))
        for n in range(5)
    ]
    import_loans(actor=stocked.desk, at=AT, point=stocked.point, rows=rows)
    assert Loan.objects.filter(state=LoanState.RETURNED).count() == 5
    assert check_ledger().is_sound


def test_an_anonymous_row_comes_in_without_a_name_but_not_while_it_is_out(stocked: StockedRound) -> None:
    frame: dict[str, Any] = {"actor": stocked.desk, "at": AT, "point": stocked.point}
    with pytest.raises(RowsRefused) as refused:
        import_loans(**frame, rows=[RegisterRow(7, stocked.entry.pk, 1, "（已匿名）", DAY)])
    assert list(refused.value.rows) == [7]
    import_loans(**frame, rows=[RegisterRow(7, stocked.entry.pk, 1, "（已匿名）", DAY, DAY)])
    import_issues(
        **frame, rows=[RegisterRow(3, stocked.entry.pk, 1, "（已匿名）", DAY)], audience=Audience.LEARNER
    )
    loan, given = Loan.objects.get(), Issue.objects.get()
    assert (loan.borrower_name, loan.anonymised_at) == ("", AT)
    assert (given.recipient_name, given.anonymised_at) == ("", AT)


def test_only_the_staff_of_the_point_take_a_register_in(stocked: StockedRound) -> None:
    rows = [RegisterRow(1, stocked.entry.pk, 1, "王小明", DAY, DAY)]
    before = everything_written()
    for actor in (stocked.network.actor(stocked.network.points[1]), stocked.network.office_admin):
        with pytest.raises(NotAllowed):
            import_loans(actor=actor, at=AT, point=stocked.point, rows=rows)
        with pytest.raises(NotAllowed):
            import_issues(actor=actor, at=AT, point=stocked.point, rows=rows, audience=Audience.LEARNER)
    assert everything_written() == before


def test_the_person_says_which_title_is_meant_when_it_is_not_clear(stocked: StockedRound) -> None:
    twin = make_entry("书法入门")
    delivered_round(stocked.network, (2,), entries=[twin], at=LONG_AGO)
    before = everything_written()
    asked = _send(
        stocked,
        _typed(
            [None, "书法入门", None, 1, "甲", "2025-12-10", "2025-12-11"],
            [None, "手机入门（老年版）", None, 1, "乙", "2025-12-10", "2025-12-11"],
        ),
    )
    assert asked.status_code == 200
    form = asked.context["choosing"]
    assert [field.label for field in form] == ["书法入门", "手机入门（老年版）"]
    assert [len(form.fields[name].choices) for name in ("title_0", "title_1")] == [3, 4]
    assert everything_written() == before
    browser = client_for(stocked.desk)
    address = reverse("distribution:register-import", args=["loans"])
    kept = asked.context["kept"]
    assert browser.post(address, {"rows": kept, "title_0": twin.pk}).status_code == 422
    assert browser.post(address, {"rows": f"{kept}x", "title_0": twin.pk}).status_code == 302  # send it again
    assert everything_written() == before
    done = browser.post(address, {"rows": kept, "title_0": twin.pk, "title_1": stocked.titles[1].entry_id})
    assert done.status_code == 302
    assert list(Loan.objects.order_by("borrower_name").values_list("title__entry_id", flat=True)) == [
        stocked.titles[1].entry_id,
        twin.pk,
    ]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 broken", b"no table", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_a_file_that_is_no_register_is_refused_in_words(stocked: StockedRound, content: bytes) -> None:
    assert _send(stocked, content).status_code == 422
    assert not Loan.objects.exists()
