"""Readers wait for a title: who is served, in which order, for how long, and that every step is in the table."""

from datetime import timedelta

import pytest
from django.db import transaction
from tests.factories.distribution_people import EVERYBODY, everybody, everything_written
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import AT, PLATFORM, small_network
from tests.factories.resources import make_entry

from lianxue.distribution.enums import Audience, ReservationState
from lianxue.distribution.errors import AlreadyReserved, CopyReserved, NotEnoughCopies, RuleRests
from lianxue.distribution.events import ReservationReady
from lianxue.distribution.flows.reservation import RESERVATION_FLOW
from lianxue.distribution.models import LendingTerms, Loan, Reservation
from lianxue.distribution.operations.desk.issue import issue, undo_issue
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.desk.queue import move_on
from lianxue.distribution.operations.desk.reserve import cancel_reservation, lapse_reservations, reserve
from lianxue.distribution.operations.desk.return_loan import return_loan
from lianxue.distribution.operations.desk.set_lending_terms import set_lending_terms
from lianxue.distribution.operations.desk.undo_loan import undo_loan
from lianxue.kernel import events
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import NotAllowed, Refused, Unmet, WrongState
from lianxue.kernel.events import Event
from lianxue.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db

TODAY = local_date(AT)
# verb: state -> who succeeds (Z: the platform itself). States that are not named are wrong for everybody.
TABLE: dict[str, dict[str, str]] = {
    "put_aside": {"waiting": "PDZ"},
    "put_back": {"ready": "PDZ"},
    "fulfil_reservation": {"waiting": "PD", "ready": "PD"},
    "cancel_reservation": {"waiting": "PD", "ready": "PD"},
    "lapse_reservation": {"ready": "Z"},
}


@pytest.fixture
def stocked() -> StockedRound:
    """Three copies of a title, two of which may be lent; reserved copies are kept for five days."""
    stocked = delivered_round(small_network(), (3,), at=AT - timedelta(days=10))
    set_lending_terms(actor=stocked.admin, at=AT, point=stocked.point, loan_days=30, hold_days=5)
    return stocked


def _reserve(stocked: StockedRound, name: str, *, minutes: int = 0, **more: str) -> Reservation:
    return reserve(
        actor=stocked.desk,
        at=AT + timedelta(minutes=minutes),
        point=stocked.point,
        entry=stocked.entry,
        borrower_name=name,
        **more,
    )


def _lend(stocked: StockedRound, name: str, quantity: int = 1, **more: str) -> Loan:
    return lend(
        actor=stocked.desk,
        at=AT,
        point=stocked.point,
        entry=stocked.entry,
        borrower_name=name,
        quantity=quantity,
        **more,
    )


def _states() -> dict[str, str]:
    return dict(Reservation.objects.values_list("borrower_name", "state"))


def test_the_table_names_every_verb() -> None:
    assert tuple(TABLE) == RESERVATION_FLOW.verbs


@pytest.mark.parametrize("state", ReservationState.values)
@pytest.mark.parametrize("verb", TABLE)
def test_every_verb_in_every_state_by_everybody(stocked: StockedRound, state: str, verb: str) -> None:
    loan = _lend(stocked, "王小明")
    row = Reservation.objects.create(
        point=stocked.point,
        entry=stocked.entry,
        borrower_name="李桂英",
        state=state,
        reserved_at=AT,
        ready_at=AT if state == "ready" else None,
        keep_until=TODAY - timedelta(days=1) if state == "ready" else None,
        loan=loan if state == "fulfilled" else None,
    )
    actors = everybody(stocked.network) | {"Z": PLATFORM}
    before = everything_written()
    for letter in EVERYBODY + "Z":
        outcome: type[Refused] | None = None
        with transaction.atomic():
            row.refresh_from_db()
            row.loan = loan if verb == "fulfil_reservation" else row.loan
            try:
                move_on(row, verb, actor=actors[letter], at=AT)
            except Refused as refusal:
                outcome = type(refusal)
                assert everything_written() == before
            else:
                assert Reservation.objects.get().state == RESERVATION_FLOW.steps[verb].target
            transaction.set_rollback(True)
        allowed = TABLE[verb].get(state)
        if allowed is None:
            assert outcome is WrongState, letter
        else:
            assert outcome is (None if letter in allowed else NotAllowed), letter


def test_nothing_is_reserved_until_the_point_says_how_long_a_copy_is_kept(stocked: StockedRound) -> None:
    LendingTerms.objects.all().delete()
    before = everything_written()
    with pytest.raises(RuleRests):
        _reserve(stocked, "李桂英")
    assert everything_written() == before


def test_a_free_copy_is_put_aside_at_once(stocked: StockedRound) -> None:
    row = _reserve(stocked, " 李桂英 ", borrower_phone="13812345678")
    assert (row.borrower_name, row.borrower_phone, row.state) == ("李桂英", "+8613812345678", "ready")
    assert (row.ready_at, row.keep_until) == (AT, TODAY + timedelta(days=5))


def test_one_reader_waits_once_and_only_for_what_came_here(stocked: StockedRound) -> None:
    _reserve(stocked, "李桂英")
    with pytest.raises(AlreadyReserved):
        _reserve(stocked, "李桂英")
    with pytest.raises(NotEnoughCopies):
        reserve(
            actor=stocked.desk, at=AT, point=stocked.point, entry=make_entry("从未到过"), borrower_name="王"
        )
    with pytest.raises(NotAllowed):
        reserve(
            actor=stocked.network.actor(stocked.network.points[1]),
            at=AT,
            point=stocked.point,
            entry=stocked.entry,
            borrower_name="王",
        )


def test_the_copy_that_comes_back_is_put_aside_for_the_first_in_the_queue(
    stocked: StockedRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Event] = []
    monkeypatch.setitem(events._subscribers, ReservationReady, [told.append])
    first, _second = _lend(stocked, "甲"), _lend(stocked, "乙")
    _reserve(stocked, "丙", minutes=1)
    _reserve(stocked, "丁", minutes=2)
    assert _states() == {"丙": "waiting", "丁": "waiting"}
    return_loan(actor=stocked.desk, at=AT + timedelta(days=1), loan=first)
    assert _states() == {"丙": "ready", "丁": "waiting"}
    ready = Reservation.objects.get(borrower_name="丙")
    assert ready.keep_until == TODAY + timedelta(days=6)
    assert told == [ReservationReady(ready.pk, stocked.point.pk)]


def test_a_copy_put_aside_goes_to_its_reader_and_to_others_only_for_a_reason(stocked: StockedRound) -> None:
    _lend(stocked, "甲")
    mine = _reserve(stocked, "丙")
    before = everything_written()
    with pytest.raises(CopyReserved) as refused:
        _lend(stocked, "路人")
    assert list(refused.value.fields) == ["queue_reason"]
    with pytest.raises(CopyReserved):
        issue(
            actor=stocked.desk,
            at=AT,
            point=stocked.point,
            entry=stocked.entry,
            recipient_name="李老师",
            audience=Audience.TEACHER,
        )
    assert everything_written() == before
    loan = _lend(stocked, "丙")
    mine.refresh_from_db()
    assert (mine.state, mine.loan_id, mine.ended_at) == ("fulfilled", loan.pk, AT)


def test_the_desk_may_decide_otherwise_and_the_reader_is_first_again(stocked: StockedRound) -> None:
    _lend(stocked, "甲")
    _reserve(stocked, "丙")
    loan = _lend(stocked, "路人", queue_reason="丙电话说下周再来")
    assert _states() == {"丙": "waiting"}
    assert (
        AuditEntry.objects.get(verb="distribution.lend", subject_id=str(loan.pk)).note == "丙电话说下周再来"
    )
    return_loan(actor=stocked.desk, at=AT, loan=loan)
    assert _states() == {"丙": "ready"}


def test_a_reader_who_waits_may_take_a_copy_that_nobody_is_put_aside_for(stocked: StockedRound) -> None:
    both = _lend(stocked, "甲", quantity=2)
    _reserve(stocked, "丙", minutes=1)
    _reserve(stocked, "丁", minutes=2)
    return_loan(actor=stocked.desk, at=AT, loan=both)
    assert _states() == {"丙": "ready", "丁": "ready"}
    _lend(stocked, "丁")
    assert _states() == {"丙": "ready", "丁": "fulfilled"}


def test_what_is_called_off_goes_to_the_next(stocked: StockedRound) -> None:
    _lend(stocked, "甲")
    mine = _reserve(stocked, "丙", minutes=1)
    _reserve(stocked, "丁", minutes=2)
    cancel_reservation(actor=stocked.desk, at=AT, reservation=mine)
    assert _states() == {"丙": "cancelled", "丁": "ready"}
    with pytest.raises(WrongState):
        cancel_reservation(actor=stocked.desk, at=AT, reservation=mine)


def test_what_is_not_fetched_goes_to_the_next_in_the_night_after_its_last_day(stocked: StockedRound) -> None:
    _lend(stocked, "甲")
    _reserve(stocked, "丙", minutes=1)
    _reserve(stocked, "丁", minutes=2)
    lapse_reservations(actor=PLATFORM, at=AT + timedelta(days=5))  # the last day itself
    assert _states() == {"丙": "ready", "丁": "waiting"}
    lapse_reservations(actor=PLATFORM, at=AT + timedelta(days=6))
    assert _states() == {"丙": "lapsed", "丁": "ready"}
    assert Reservation.objects.get(borrower_name="丁").keep_until == TODAY + timedelta(days=11)
    with pytest.raises(NotAllowed):
        lapse_reservations(actor=stocked.admin, at=AT)


def test_new_copies_serve_the_queue_in_the_night(stocked: StockedRound) -> None:
    _lend(stocked, "甲", quantity=2)
    _reserve(stocked, "丙")
    delivered_round(stocked.network, (2,), entries=[stocked.entry])
    assert _states() == {"丙": "waiting"}
    lapse_reservations(actor=PLATFORM, at=AT)
    assert _states() == {"丙": "ready"}


def test_undoing_brings_the_reader_back_to_the_old_place(stocked: StockedRound) -> None:
    _lend(stocked, "甲")
    _reserve(stocked, "丙", minutes=1)
    _reserve(stocked, "丁", minutes=2)
    mistaken = _lend(stocked, "丙")
    assert _states() == {"丙": "fulfilled", "丁": "waiting"}
    undo_loan(actor=stocked.desk, at=AT, loan=mistaken, reason="拿错了人")
    assert _states() == {"丙": "ready", "丁": "waiting"}


def test_an_issue_that_is_undone_serves_the_queue(stocked: StockedRound) -> None:
    given = issue(
        actor=stocked.desk,
        at=AT,
        point=stocked.point,
        entry=stocked.entry,
        recipient_name="李老师",
        audience=Audience.TEACHER,
        quantity=2,
    )
    _reserve(stocked, "丙")
    assert _states() == {"丙": "waiting"}
    undo_issue(actor=stocked.desk, at=AT, issue=given, reason="登记错误")
    assert _states() == {"丙": "ready"}


def test_a_day_that_is_not_over_ends_nothing(stocked: StockedRound) -> None:
    row = _reserve(stocked, "丙")
    with pytest.raises(Unmet):
        RESERVATION_FLOW.require("lapse_reservation", actor=PLATFORM, subject=row, at=AT)
