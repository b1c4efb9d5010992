"""The whole table of loans: every state × every verb × everybody, and that what is refused changed nothing."""

from datetime import timedelta

import pytest
from django.db import transaction
from tests.factories.distribution_people import EVERYBODY, everybody, everything_written
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import AT, small_network

from lianxue.distribution.enums import LoanState
from lianxue.distribution.errors import ReasonMissing
from lianxue.distribution.flows.loan import LOAN_FLOW
from lianxue.distribution.models import Loan, StockBalance, StockEntry
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.desk.renew_loan import renew_loan
from lianxue.distribution.operations.desk.reserve import cancel_reservation, reserve
from lianxue.distribution.operations.desk.return_loan import report_loss, return_loan
from lianxue.distribution.operations.desk.set_lending_terms import set_lending_terms
from lianxue.distribution.operations.desk.undo_loan import undo_loan
from lianxue.distribution.operations.display.place_on_display import place_on_display
from lianxue.distribution.queries.ledger import check_ledger
from lianxue.distribution.queries.lending import loans_seen
from lianxue.distribution.queries.year_figures import year_figures
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid, NotAllowed, Refused, Unmet, WrongState
from lianxue.orgs.public import Actor

pytestmark = pytest.mark.django_db

# verb: state -> who succeeds. States that are not named are wrong for everybody.
TABLE: dict[str, dict[str, str]] = {
    "return_loan": {"on_loan": "PD", "lost": "PD"},
    "renew_loan": {"on_loan": "PD"},
    "report_loss": {"on_loan": "PD"},
    "undo_loan": {"on_loan": "PD"},
}


@pytest.fixture
def stocked() -> StockedRound:
    stocked = delivered_round(small_network(), (4,), at=AT - timedelta(days=10))
    place_on_display(actor=stocked.admin, at=AT, lot=stocked.lot, quantity=1)
    set_lending_terms(actor=stocked.admin, at=AT, point=stocked.point, loan_days=30, renewals=2, hold_days=5)
    return stocked


def _loan(stocked: StockedRound, state: str = "on_loan") -> Loan:
    """Lend three copies, two from the store and one from the corner, and bring the loan into ``state``."""
    loan = lend(
        actor=stocked.desk,
        at=AT,
        point=stocked.point,
        entry=stocked.entry,
        quantity=3,
        borrower_name="王小明",
        lent_on=local_date(AT) - timedelta(days=5),
        backdated_reason="补录",
    )
    match state:
        case "returned":
            return return_loan(actor=stocked.desk, at=AT, loan=loan)
        case "lost":
            return report_loss(actor=stocked.desk, at=AT, loan=loan, reason="遗失")
        case "undone":
            return undo_loan(actor=stocked.desk, at=AT, loan=loan, reason="登记错误")
    return loan


def _act(verb: str, actor: Actor, loan: Loan) -> None:
    match verb:
        case "return_loan":
            return_loan(actor=actor, at=AT, loan=loan)
        case "renew_loan":
            renew_loan(actor=actor, at=AT, loan=loan)
        case "report_loss":
            report_loss(actor=actor, at=AT, loan=loan, reason="读者遗失")
        case _:
            undo_loan(actor=actor, at=AT, loan=loan, reason="登记错误")


def _copies(stocked: StockedRound) -> dict[str, int]:
    rows = StockBalance.objects.filter(lot=stocked.lot).exclude(quantity=0)
    return dict(rows.values_list("place__kind", "quantity"))


def test_the_table_names_every_verb() -> None:
    assert tuple(TABLE) == LOAN_FLOW.verbs


@pytest.mark.parametrize("state", LoanState.values)
@pytest.mark.parametrize("verb", TABLE)
def test_every_verb_in_every_state_by_everybody(stocked: StockedRound, state: str, verb: str) -> None:
    loan = _loan(stocked, state)
    actors = everybody(stocked.network)
    before = everything_written()
    for letter in EVERYBODY:
        outcome: type[Refused] | None = None
        with transaction.atomic():
            try:
                _act(verb, actors[letter], loan)
            except Refused as refusal:
                outcome = type(refusal)
                assert everything_written() == before
            else:
                assert Loan.objects.get(pk=loan.pk).state == (LOAN_FLOW.steps[verb].target or state)
            transaction.set_rollback(True)
        allowed = TABLE[verb].get(state)
        if allowed is None:
            assert outcome is WrongState, letter
        else:
            assert outcome is (None if letter in allowed else NotAllowed), letter
    offered = {
        letter: [o.verb for o in LOAN_FLOW.offered(actor=actor, subject=loan, at=AT)]
        for letter, actor in actors.items()
    }
    assert offered == {
        letter: [verb for verb in TABLE if letter in TABLE[verb].get(state, "")] for letter in EVERYBODY
    }


def test_copies_come_back_to_where_they_stood(stocked: StockedRound) -> None:
    loan = _loan(stocked)
    assert (_copies(stocked), loan.from_display) == ({"display": 1, "on_loan": 3}, 1)
    back = return_loan(actor=stocked.desk, at=AT, loan=loan)
    assert (back.state, back.returned_on) == (LoanState.RETURNED, local_date(AT))
    assert _copies(stocked) == {"shelf": 2, "display": 2}


def test_what_was_given_up_can_come_back_after_all(stocked: StockedRound) -> None:
    loan = _loan(stocked, "lost")
    assert _copies(stocked) == {"display": 1, "lost": 3}
    return_loan(actor=stocked.desk, at=AT, loan=loan)
    assert _copies(stocked) == {"shelf": 2, "display": 2}
    assert check_ledger().is_sound


def test_a_loan_comes_back_between_the_day_of_lending_and_today(stocked: StockedRound) -> None:
    loan = _loan(stocked)
    for days in (6, -1):
        with pytest.raises(Invalid) as refused:
            return_loan(
                actor=stocked.desk, at=AT, loan=loan, returned_on=local_date(AT) - timedelta(days=days)
            )
        assert list(refused.value.fields) == ["returned_on"]
    back = return_loan(actor=stocked.desk, at=AT, loan=loan, returned_on=loan.lent_on)
    assert back.returned_on == loan.lent_on


def test_a_loss_needs_a_reason(stocked: StockedRound) -> None:
    loan = _loan(stocked)
    with pytest.raises(ReasonMissing):
        report_loss(actor=stocked.desk, at=AT, loan=loan, reason="  ")
    with pytest.raises(Invalid):
        report_loss(actor=stocked.desk, at=AT, loan=loan, reason="长" * 301)


def test_a_key_pressed_twice_takes_back_once(stocked: StockedRound) -> None:
    loan = _loan(stocked)
    for _ in range(2):
        assert return_loan(actor=stocked.desk, at=AT, loan=loan, request_key="k").pk == loan.pk
    with pytest.raises(WrongState):
        return_loan(actor=stocked.desk, at=AT, loan=loan, request_key="other")


def test_a_loan_written_down_by_mistake_is_undone_by_a_counter_entry(stocked: StockedRound) -> None:
    loan = _loan(stocked)
    with pytest.raises(ReasonMissing):
        undo_loan(actor=stocked.desk, at=AT, loan=loan, reason=" ")
    undone = undo_loan(actor=stocked.desk, at=AT, loan=loan, reason="登记错误")
    assert (undone.state, undone.undone_at, undone.undone_reason) == (LoanState.UNDONE, AT, "登记错误")
    assert _copies(stocked) == {"shelf": 2, "display": 2}
    written, counter = StockEntry.objects.filter(verb__in=["lend", "undo_loan"]).order_by("pk")
    assert (counter.corrects_id, counter.reason) == (written.pk, "登记错误")
    assert not loans_seen(stocked.admin).exists()
    assert year_figures(stocked.point.pk, 2026)["loans"] == 0
    assert check_ledger().is_sound


def test_a_renewed_loan_is_due_one_period_later_and_no_reader_gets_less_time(stocked: StockedRound) -> None:
    today = local_date(AT)
    loan = _loan(stocked)
    assert loan.due_on == today + timedelta(days=25)
    renewed = renew_loan(actor=stocked.desk, at=AT, loan=loan)
    assert (renewed.due_on, renewed.renewals) == (today + timedelta(days=55), 1)
    much_later = AT + timedelta(days=60)  # overdue by five days
    renewed = renew_loan(actor=stocked.desk, at=much_later, loan=loan)
    assert (renewed.due_on, renewed.renewals) == (today + timedelta(days=90), 2)


def _refused_renewal(stocked: StockedRound, loan: Loan) -> str:
    before = everything_written()
    with pytest.raises(Unmet) as refused:
        renew_loan(actor=stocked.desk, at=AT, loan=loan)
    assert everything_written() == before
    offers = {o.verb: o for o in LOAN_FLOW.offered(actor=stocked.desk, subject=loan, at=AT)}
    assert str(offers["renew_loan"].hindrances[0]) == str(refused.value.message)
    return str(refused.value.message)


def test_a_renewal_is_refused_when_somebody_waits_or_the_number_is_used_up_or_none_is_set(
    stocked: StockedRound,
) -> None:
    loan = _loan(stocked)
    waiting = reserve(
        actor=stocked.desk, at=AT, point=stocked.point, entry=stocked.entry, borrower_name="李桂英"
    )
    assert waiting.state == "waiting"
    assert "等候" in _refused_renewal(stocked, loan)
    cancel_reservation(actor=stocked.desk, at=AT, reservation=waiting)
    for _ in range(2):
        loan = renew_loan(actor=stocked.desk, at=AT, loan=loan)
    assert "次数" in _refused_renewal(stocked, loan)
    set_lending_terms(actor=stocked.admin, at=AT, point=stocked.point, loan_days=30)
    assert "没有设定" in _refused_renewal(stocked, loan)
    set_lending_terms(actor=stocked.admin, at=AT, point=stocked.point, loan_days=None)
    Loan.objects.filter(pk=loan.pk).update(due_on=None)
    loan.refresh_from_db()
    assert "约定" in _refused_renewal(stocked, loan)
