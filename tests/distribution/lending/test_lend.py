"""Lending and issuing at the desk (S0-44, S0-45): what is written down, what is refused, and that nothing else changes."""

from datetime import date, timedelta

import pytest
from django.db import connection
from pytest_django.fixtures import Settings
from tests.factories.distribution_people import everybody, everything_written
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import AT, small_network
from tests.factories.resources import make_entry

from lianxue.accounts.public import BadPhone
from lianxue.distribution.enums import Audience, LoanState
from lianxue.distribution.errors import LastDisplayCopy, NotEnoughCopies, ReasonMissing
from lianxue.distribution.models import Issue, LendingTerms, Loan, StockBalance, StockEntry
from lianxue.distribution.operations.desk.issue import issue, undo_issue
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.desk.return_loan import return_loan
from lianxue.distribution.operations.desk.reveal_borrower_phone import reveal_borrower_phone
from lianxue.distribution.operations.desk.set_lending_terms import set_lending_terms
from lianxue.distribution.operations.display.place_on_display import place_on_display
from lianxue.distribution.queries.ledger import check_ledger, retention_violations
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid, NotAllowed, WrongState
from lianxue.kernel.models import AuditEntry, Outcome

pytestmark = pytest.mark.django_db

TODAY = local_date(AT)


@pytest.fixture
def stocked() -> StockedRound:
    return delivered_round(small_network(), (4, 1), at=AT - timedelta(days=10))


def _lend(stocked: StockedRound, **changes: object) -> Loan:
    given: dict[str, object] = {
        "actor": stocked.desk,
        "at": AT,
        "point": stocked.point,
        "entry": stocked.entry,
        "borrower_name": "王小明",
    }
    return lend(**{**given, **changes})  # type: ignore[arg-type]


def _issue(stocked: StockedRound, **changes: object) -> Issue:
    given: dict[str, object] = {
        "actor": stocked.desk,
        "at": AT,
        "point": stocked.point,
        "entry": stocked.entry,
        "recipient_name": "李老师",
        "audience": Audience.TEACHER,
    }
    return issue(**{**given, **changes})  # type: ignore[arg-type]


def _copies(stocked: StockedRound) -> dict[str, int]:
    rows = StockBalance.objects.filter(lot=stocked.lot).exclude(quantity=0)
    return dict(rows.values_list("place__kind", "quantity"))


def test_a_loan_says_who_has_what_since_when(stocked: StockedRound) -> None:
    loan = _lend(stocked, borrower_name="  王小明 ", quantity=2, borrower_phone="138 1234 5678")
    assert (loan.borrower_name, loan.borrower_phone, loan.quantity) == ("王小明", "+8613812345678", 2)
    assert (loan.lent_on, loan.due_on, loan.state) == (TODAY, None, LoanState.ON_LOAN)
    assert (loan.lot_id, loan.title_id, loan.recorded_by_id) == (
        stocked.lot.pk,
        stocked.titles[0].pk,
        stocked.desk.person_id,
    )
    assert _copies(stocked) == {"shelf": 1, "display": 1, "on_loan": 2}
    assert StockEntry.objects.get(verb="lend").reference == f"distribution.loan:{loan.pk}"


def test_the_telephone_is_sealed_and_not_in_the_audit_trail(stocked: StockedRound) -> None:
    loan = _lend(stocked, borrower_phone="13812345678")
    with connection.cursor() as cursor:
        cursor.execute("SELECT borrower_phone FROM distribution_loan WHERE id = %s", [loan.pk])
        assert "1381234" not in cursor.fetchone()[0]
    entry = AuditEntry.objects.get(verb="distribution.lend")
    assert entry.after is not None
    assert entry.after["borrower_phone"].startswith("•")


def test_no_name_enters_the_audit_trail_which_can_never_lose_it_again(stocked: StockedRound) -> None:
    loan = _lend(stocked)
    given = _issue(stocked)
    return_loan(actor=stocked.desk, at=AT, loan=loan)
    undo_issue(actor=stocked.desk, at=AT, issue=given, reason="登记错误")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row::text FROM kernel_auditentry AS row WHERE verb LIKE 'distribution.%'")
        trail = " ".join(line for (line,) in cursor.fetchall())
    assert "distribution.lend" in trail
    assert "王小明" not in trail
    assert "李老师" not in trail
    written = AuditEntry.objects.get(verb="distribution.lend")
    assert written.after is not None
    assert written.after["borrower_name"].startswith("•")


def test_the_last_displayed_copy_stays_and_the_reason_is_told(stocked: StockedRound) -> None:
    _lend(stocked, quantity=3)
    before = everything_written()
    with pytest.raises(LastDisplayCopy):
        _lend(stocked)
    with pytest.raises(LastDisplayCopy):
        _issue(stocked)
    with pytest.raises(LastDisplayCopy):
        _lend(stocked, entry=stocked.titles[1].entry)
    assert everything_written() == before
    assert retention_violations() == 0


def test_with_the_setting_the_last_displayed_copy_may_be_lent_but_not_issued(
    stocked: StockedRound, settings: Settings
) -> None:
    settings.LEND_LAST_DISPLAY_COPY = True
    with pytest.raises(LastDisplayCopy):
        _issue(stocked, quantity=4)
    loan = _lend(stocked, quantity=4)
    assert (_copies(stocked), loan.from_display) == ({"on_loan": 4}, 1)
    return_loan(actor=stocked.desk, at=AT, loan=loan)
    assert _copies(stocked) == {"shelf": 3, "display": 1}


def test_more_than_one_lot_makes_several_loans_in_one_request(stocked: StockedRound) -> None:
    newer = delivered_round(stocked.network, (3,), entries=[stocked.entry])
    first = _lend(stocked, quantity=5, request_key="k")
    assert _lend(stocked, quantity=5, request_key="k") == first
    assert [(loan.lot_id, loan.quantity) for loan in Loan.objects.order_by("pk")] == [
        (stocked.lot.pk, 3),
        (newer.lot.pk, 2),
    ]
    assert check_ledger().is_sound


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"borrower_name": " "}, "borrower_name"),
        ({"borrower_name": "长" * 61}, "borrower_name"),
        ({"quantity": 0}, "quantity"),
        ({"quantity": -1}, "quantity"),
        ({"quantity": 10_000}, "quantity"),
        ({"lent_on": TODAY + timedelta(days=1)}, "lent_on"),
        ({"lent_on": TODAY - timedelta(days=11), "backdated_reason": "补录"}, "lent_on"),
        ({"lent_on": TODAY - timedelta(days=1)}, "backdated_reason"),
        ({"lent_on": TODAY - timedelta(days=1), "backdated_reason": "长" * 301}, "backdated_reason"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
        ({"due_on": date(9999, 12, 31)}, "due_on"),
        ({"borrower_phone": "12"}, "borrower_phone"),
        ({"borrower_phone": "not a number"}, "borrower_phone"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_box(
    stocked: StockedRound, changes: dict[str, object], field: str
) -> None:
    before = everything_written()
    with pytest.raises((Invalid, BadPhone)) as refused:
        _lend(stocked, **changes)
    assert list(refused.value.fields) == [field]
    assert everything_written() == before


def test_a_loan_can_be_written_down_for_an_earlier_day_with_the_reason(stocked: StockedRound) -> None:
    earlier = TODAY - timedelta(days=10)  # the day of receipt
    loan = _lend(stocked, lent_on=earlier, backdated_reason=" 停电，先记在纸上 ")
    assert (loan.lent_on, loan.backdated_reason) == (earlier, "停电，先记在纸上")
    given = _issue(stocked, issued_on=earlier, backdated_reason="补录")
    assert (given.issued_on, given.backdated_reason) == (earlier, "补录")
    assert _lend(stocked, backdated_reason="今天的不用理由").backdated_reason == ""


def test_more_copies_than_there_are_cannot_be_lent(stocked: StockedRound) -> None:
    with pytest.raises(NotEnoughCopies, match="3"):
        _lend(stocked, quantity=5)
    with pytest.raises(NotEnoughCopies):
        _lend(stocked, entry=make_entry("从未到过"))


def test_a_point_has_no_loan_period_until_it_sets_one(stocked: StockedRound) -> None:
    set_lending_terms(actor=stocked.admin, at=AT, point=stocked.point, loan_days=30)
    assert _lend(stocked).due_on == TODAY + timedelta(days=30)
    assert _lend(stocked, due_on=TODAY).due_on == TODAY
    set_lending_terms(actor=stocked.admin, at=AT, point=stocked.point, loan_days=None)
    assert _lend(stocked).due_on is None
    for days in (0, -3, 367):
        for name in ("loan_days", "hold_days", "notice_days"):
            with pytest.raises(Invalid) as refused:
                set_lending_terms(
                    **{
                        "actor": stocked.admin,
                        "at": AT,
                        "point": stocked.point,
                        "loan_days": None,
                        name: days,
                    }
                )
            assert list(refused.value.fields) == [name]
    with pytest.raises(Invalid) as refused:
        set_lending_terms(actor=stocked.admin, at=AT, point=stocked.point, loan_days=None, renewals=2)
    assert list(refused.value.fields) == ["loan_days"]
    with pytest.raises(NotAllowed):
        set_lending_terms(actor=stocked.desk, at=AT, point=stocked.point, loan_days=7)
    assert LendingTerms.objects.get().loan_days is None


def test_only_the_staff_of_the_point_lend_issue_and_see_a_telephone(stocked: StockedRound) -> None:
    loan = _lend(stocked, borrower_phone="13812345678")
    given = _issue(stocked)
    people = everybody(stocked.network)
    before = everything_written()
    for letter in people.keys() - set("PD"):
        for act in (
            lambda actor: _lend(stocked, actor=actor),
            lambda actor: _issue(stocked, actor=actor),
            lambda actor: reveal_borrower_phone(actor=actor, at=AT, loan=loan, reason="催还"),
            lambda actor: undo_issue(actor=actor, at=AT, issue=given, reason="登记错误"),
        ):
            with pytest.raises(NotAllowed):
                act(people[letter])
    assert everything_written() == before


def test_a_telephone_is_shown_for_a_reason_and_the_look_is_written_down(stocked: StockedRound) -> None:
    loan = _lend(stocked, borrower_phone="13812345678")
    with pytest.raises(ReasonMissing):
        reveal_borrower_phone(actor=stocked.desk, at=AT, loan=loan, reason=" ")
    assert reveal_borrower_phone(actor=stocked.desk, at=AT, loan=loan, reason="逾期催还") == "+8613812345678"
    looked = AuditEntry.objects.get(verb="distribution.reveal_borrower_phone", outcome=Outcome.DONE)
    assert (looked.note, looked.person_id, looked.subject_id) == (
        "逾期催还",
        stocked.desk.person_id,
        str(loan.pk),
    )


def test_an_issue_takes_from_the_store_before_the_corner(stocked: StockedRound) -> None:
    place_on_display(actor=stocked.admin, at=AT, lot=stocked.lot, quantity=1)
    row = _issue(stocked, quantity=3, audience=Audience.LEARNER)
    assert (row.quantity, row.from_display, row.audience, row.issued_on) == (3, 1, "learner", TODAY)
    assert _copies(stocked) == {"display": 1, "issued": 3}


def test_an_issue_written_down_by_mistake_is_undone_by_a_counter_entry(stocked: StockedRound) -> None:
    place_on_display(actor=stocked.admin, at=AT, lot=stocked.lot, quantity=1)
    row = _issue(stocked, quantity=3)
    with pytest.raises(ReasonMissing):
        undo_issue(actor=stocked.desk, at=AT, issue=row, reason="")
    undone = undo_issue(actor=stocked.desk, at=AT, issue=row, reason="登记错误")
    assert (undone.undone_at, undone.undone_reason) == (AT, "登记错误")
    assert _copies(stocked) == {"display": 2, "shelf": 2}
    written, counter = StockEntry.objects.filter(verb__in=["issue", "undo_issue"]).order_by("pk")
    assert counter.corrects_id == written.pk
    with pytest.raises(WrongState):
        undo_issue(actor=stocked.desk, at=AT, issue=row, reason="再来一次")
    assert check_ledger().is_sound


def test_a_re_sent_issue_is_written_down_once(stocked: StockedRound) -> None:
    assert _issue(stocked, request_key="k") == _issue(stocked, request_key="k")
    assert Issue.objects.count() == 1
