"""What the nights bring: overdue loans are told of, names are forgotten, and the numbers stay."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import AT, PLATFORM, small_network

from lianxue.distribution.enums import Audience
from lianxue.distribution.events import LoansOverdue
from lianxue.distribution.models import Issue, Loan, OfficeTerms, Reservation
from lianxue.distribution.operations.desk.anonymise import anonymise_borrowers
from lianxue.distribution.operations.desk.issue import issue
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.desk.renew_loan import renew_loan
from lianxue.distribution.operations.desk.reserve import cancel_reservation, reserve
from lianxue.distribution.operations.desk.return_loan import report_loss, return_loan
from lianxue.distribution.operations.desk.set_lending_terms import set_lending_terms
from lianxue.distribution.operations.desk.tell_overdue import tell_overdue_loans
from lianxue.distribution.queries.lending import issues_seen, loans_seen
from lianxue.distribution.queries.registers import issue_register_rows, loan_register_rows
from lianxue.distribution.queries.year_figures import year_figures
from lianxue.kernel import events
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.events import Event
from lianxue.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def stocked() -> StockedRound:
    return delivered_round(small_network(), (9,), at=AT - timedelta(days=10))


def _lend(stocked: StockedRound, name: str = "王小明", **more: Any) -> Loan:
    return lend(
        **{
            "actor": stocked.desk,
            "at": AT,
            "point": stocked.point,
            "entry": stocked.entry,
            "borrower_name": name,
        }
        | more
    )


def _issue(stocked: StockedRound, name: str) -> Issue:
    return issue(
        actor=stocked.desk,
        at=AT,
        point=stocked.point,
        entry=stocked.entry,
        recipient_name=name,
        audience=Audience.TEACHER,
    )


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """What points are told during a test."""
    heard: list[Event] = []
    monkeypatch.setitem(events._subscribers, LoansOverdue, [heard.append])
    return heard


def _nights(told: list[Event], days: range) -> dict[int, Event]:
    """Let the nightly task run on days counted from AT, twice as it may; return what was told on which."""
    by_day: dict[int, Event] = {}
    for day in days:
        told.clear()
        for hours in (0, 1):
            tell_overdue_loans(actor=PLATFORM, at=AT + timedelta(days=day, hours=hours))
        if told:
            (by_day[day],) = told
    return by_day


def test_the_desk_is_told_once_in_each_notice_period(stocked: StockedRound, told: list[Event]) -> None:
    set_lending_terms(
        actor=stocked.admin, at=AT, point=stocked.point, loan_days=10, renewals=1, notice_days=3
    )
    one, other = _lend(stocked), _lend(stocked, "李桂英")
    both = LoansOverdue(stocked.point.pk, (one.pk, other.pk))
    assert _nights(told, range(15)) == {13: both}
    return_loan(actor=stocked.desk, at=AT + timedelta(days=15), loan=other)
    assert _nights(told, range(15, 20)) == {
        16: LoansOverdue(stocked.point.pk, (one.pk,)),
        19: LoansOverdue(stocked.point.pk, (one.pk,)),
    }
    renew_loan(actor=stocked.desk, at=AT + timedelta(days=20), loan=one)  # due on day 30
    assert list(_nights(told, range(20, 35))) == [33]


def test_a_point_without_a_notice_period_hears_nothing(stocked: StockedRound, told: list[Event]) -> None:
    set_lending_terms(actor=stocked.admin, at=AT, point=stocked.point, loan_days=1)
    _lend(stocked)
    assert _nights(told, range(40)) == {}
    with pytest.raises(NotAllowed):
        tell_overdue_loans(actor=stocked.admin, at=AT)


@pytest.fixture
def forgetting(stocked: StockedRound) -> StockedRound:
    """The office keeps names for a hundred days."""
    OfficeTerms.objects.create(office=stocked.network.office, keep_names_days=100)
    return stocked


def _names() -> list[str]:
    return list(Loan.objects.order_by("pk").values_list("borrower_name", flat=True))


def test_names_go_a_hundred_days_after_the_end_and_not_while_a_loan_is_out(forgetting: StockedRound) -> None:
    loans = [_lend(forgetting, name, borrower_phone="13812345678") for name in ("甲", "乙", "丙", "丁")]
    return_loan(actor=forgetting.desk, at=AT, loan=loans[0])
    return_loan(actor=forgetting.desk, at=AT + timedelta(days=50), loan=loans[1])
    report_loss(actor=forgetting.desk, at=AT, loan=loans[2], reason="遗失")
    anonymise_borrowers(actor=PLATFORM, at=AT + timedelta(days=100))
    assert _names() == ["甲", "乙", "丙", "丁"]
    night = AT + timedelta(days=101)
    anonymise_borrowers(actor=PLATFORM, at=night)
    assert _names() == ["", "乙", "", "丁"]
    first, second = Loan.objects.order_by("pk")[:2]
    assert (first.borrower_phone, first.anonymised_at) == ("", night)
    assert (second.borrower_phone, second.anonymised_at) == ("+8613812345678", None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT borrower_phone FROM distribution_loan WHERE id = %s", [first.pk])
        assert cursor.fetchone() == ("",)
    with pytest.raises(NotAllowed):
        anonymise_borrowers(actor=forgetting.network.office_admin, at=night)


def test_without_a_number_of_the_office_nothing_is_forgotten(stocked: StockedRound) -> None:
    OfficeTerms.objects.create(office=stocked.network.office)
    return_loan(actor=stocked.desk, at=AT, loan=_lend(stocked))
    anonymise_borrowers(actor=PLATFORM, at=AT + timedelta(days=9999))
    assert _names() == ["王小明"]
    assert not AuditEntry.objects.filter(verb="distribution.anonymise_borrowers").exists()


def test_another_offices_network_keeps_its_names(forgetting: StockedRound) -> None:
    OfficeTerms.objects.update(
        office=forgetting.network.points[1]
    )  # a point has nobody but itself beneath it
    return_loan(actor=forgetting.desk, at=AT, loan=_lend(forgetting))
    anonymise_borrowers(actor=PLATFORM, at=AT + timedelta(days=9999))
    assert _names() == ["王小明"]


def test_recipients_and_reservations_are_forgotten_too(forgetting: StockedRound) -> None:
    set_lending_terms(actor=forgetting.admin, at=AT, point=forgetting.point, loan_days=None, hold_days=5)
    _issue(forgetting, "李老师")
    desk: dict[str, Any] = {"actor": forgetting.desk, "at": AT}
    for name in ("丙", "丁"):
        row = reserve(
            **desk,
            point=forgetting.point,
            entry=forgetting.entry,
            borrower_name=name,
            borrower_phone="13812345678",
        )
    cancel_reservation(**desk, reservation=row)
    anonymise_borrowers(actor=PLATFORM, at=AT + timedelta(days=101))
    assert Issue.objects.get().recipient_name == ""
    assert dict(Reservation.objects.values_list("state", "borrower_name")) == {"ready": "丙", "cancelled": ""}
    written = AuditEntry.objects.get(verb="distribution.anonymise_borrowers")
    assert written.after == {"loans": 0, "issues": 1, "reservations": 1}
    anonymise_borrowers(actor=PLATFORM, at=AT + timedelta(days=102))
    assert AuditEntry.objects.filter(verb="distribution.anonymise_borrowers").count() == 1


def test_the_registers_keep_every_row_and_every_number(forgetting: StockedRound) -> None:
    """Three readers: 甲 with a loan that ends early and one that ends late, 乙, and 丙 whose loan stays out."""
    early, late = _lend(forgetting, "甲", quantity=2), _lend(forgetting, "甲")
    other = _lend(forgetting, "乙")
    _lend(forgetting, "丙")
    _issue(forgetting, "李老师")
    _issue(forgetting, "李老师")
    return_loan(actor=forgetting.desk, at=AT, loan=early)
    return_loan(actor=forgetting.desk, at=AT, loan=other)
    before = year_figures(forgetting.point.pk, 2026)
    assert (before["borrowers"], before["recipients"]) == (3, 1)
    anonymise_borrowers(actor=PLATFORM, at=AT + timedelta(days=101))
    assert _names() == ["", "甲", "", "丙"]
    assert year_figures(forgetting.point.pk, 2026) == before
    return_loan(actor=forgetting.desk, at=AT + timedelta(days=150), loan=late)
    anonymise_borrowers(actor=PLATFORM, at=AT + timedelta(days=300))
    assert _names() == ["", "", "", "丙"]
    after = year_figures(forgetting.point.pk, 2026)
    assert (after["borrowers"], after["loans"], after["lent_copies"]) == (3, 4, 5)
    marks = list(Loan.objects.order_by("pk").values_list("reader_mark", flat=True))
    assert marks[0] == marks[1] != marks[2]
    assert marks[3] is None
    rows = list(loan_register_rows(forgetting.admin, loans_seen(forgetting.admin)))
    assert [row.borrower for row in rows] == ["（已匿名）", "（已匿名）", "（已匿名）", "丙"]
    given = list(issue_register_rows(forgetting.admin, issues_seen(forgetting.admin)))
    assert [row.recipient for row in given] == ["（已匿名）", "（已匿名）"]


def test_the_database_refuses_a_name_on_an_anonymous_row(forgetting: StockedRound) -> None:
    loan = _lend(forgetting)
    for change in ({"anonymised_at": AT}, {"anonymised_at": AT, "borrower_name": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Loan.objects.filter(pk=loan.pk).update(**change)  # it is still out
