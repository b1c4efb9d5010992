"""The whole table of counts: every state × every verb × everybody, and that what is refused changed nothing."""

import pytest
from django.db import transaction
from tests.factories.distribution_counts import count_all, stocktake_in
from tests.factories.distribution_people import EVERYBODY, everybody, everything_written
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import AT, small_network

from lianxue.distribution.enums import StocktakeState
from lianxue.distribution.flows.stocktake import STOCKTAKE_FLOW
from lianxue.distribution.models import Stocktake
from lianxue.distribution.operations.stocktaking.begin import begin_stocktake, cancel_stocktake
from lianxue.distribution.operations.stocktaking.count import LineCount, finish_counting, save_counts
from lianxue.distribution.operations.stocktaking.settle import return_count, settle_stocktake
from lianxue.kernel.errors import NotAllowed, Refused, Unmet, WrongState
from lianxue.orgs.public import Actor

pytestmark = pytest.mark.django_db

# verb: state -> who succeeds. States that are not named are wrong for everybody. The desk volunteer (D) has counted.
TABLE: dict[str, dict[str, str]] = {
    "save_counts": {"counting": "PD"},
    "finish_counting": {"counting": "PD"},
    "settle_stocktake": {"counted": "P"},
    "settle_from_above": {"counted": ""},
    "return_count": {"counted": "PDC"},
    "cancel_stocktake": {"counting": "PD", "counted": "PD"},
}


@pytest.fixture
def stocked() -> StockedRound:
    return delivered_round(small_network(), (3, 2))


def _counted(stocked: StockedRound, state: str) -> Stocktake:
    row = stocktake_in(stocked, state, {("shelf", stocked.lot.pk): 1})
    return count_all(row, stocked.desk, {("shelf", stocked.lot.pk): 1}) if state == "counting" else row


def _act(verb: str, actor: Actor, row: Stocktake) -> None:
    if verb == "save_counts":
        line = row.lines.first()
        assert line is not None
        save_counts(actor=actor, at=AT, stocktake=row, counts=[LineCount(line.pk, 1)])
    elif verb == "finish_counting":
        finish_counting(actor=actor, at=AT, stocktake=row)
    elif verb == "return_count":
        return_count(actor=actor, at=AT, stocktake=row, reason="请再数一遍")
    elif verb == "cancel_stocktake":
        cancel_stocktake(actor=actor, at=AT, stocktake=row)
    else:
        settle_stocktake(actor=actor, at=AT, stocktake=row)


def test_the_table_names_every_verb() -> None:
    assert tuple(TABLE) == STOCKTAKE_FLOW.verbs


@pytest.mark.parametrize("state", StocktakeState.values)
@pytest.mark.parametrize("verb", [verb for verb in TABLE if verb != "settle_from_above"])
def test_every_verb_in_every_state_by_everybody(stocked: StockedRound, state: str, verb: str) -> None:
    row = _counted(stocked, state)
    actors = everybody(stocked.network)
    before = everything_written()
    for letter in EVERYBODY:
        outcome: type[Refused] | None = None
        with transaction.atomic():
            try:
                _act(verb, actors[letter], row)
            except Refused as refusal:
                outcome = type(refusal)
                assert everything_written() == before
            else:
                target = STOCKTAKE_FLOW.steps[verb].target or state
                assert Stocktake.objects.get(pk=row.pk).state == target
            transaction.set_rollback(True)
        allowed = TABLE[verb].get(state)
        if allowed is None:
            assert outcome is WrongState, letter
        elif verb == "settle_stocktake" and letter == "C":
            assert outcome is Unmet  # the administrator of the point could do it, so the college may not
        else:
            assert outcome is (None if letter in allowed else NotAllowed), letter
    offered = {
        letter: [o.verb for o in STOCKTAKE_FLOW.offered(actor=actor, subject=row, at=AT) if o.is_ready]
        for letter, actor in actors.items()
    }
    assert offered == {
        letter: [verb for verb in TABLE if letter in TABLE[verb].get(state, "")] for letter in EVERYBODY
    }


def test_where_one_person_works_alone_the_unit_above_settles() -> None:
    stocked = delivered_round(small_network(), (3,))
    row = begin_stocktake(actor=stocked.admin, at=AT, point=stocked.point)
    count_all(row, stocked.admin, {("shelf", stocked.lot.pk): 1})
    row = finish_counting(actor=stocked.admin, at=AT, stocktake=row)
    college = stocked.network.actor(stocked.network.colleges[0])
    with pytest.raises(NotAllowed):
        settle_stocktake(actor=stocked.admin, at=AT, stocktake=row)
    for stranger in (stocked.network.office_admin, stocked.network.actor(stocked.network.colleges[1])):
        with pytest.raises(NotAllowed):
            settle_stocktake(actor=stranger, at=AT, stocktake=row)
    row = settle_stocktake(actor=college, at=AT, stocktake=row)
    assert (row.state, row.settled_by_id) == ("settled", college.person_id)


def test_whoever_counted_one_line_is_no_second_person(stocked: StockedRound) -> None:
    row = begin_stocktake(actor=stocked.desk, at=AT, point=stocked.point)
    count_all(row, stocked.desk)
    line = row.lines.first()
    assert line is not None
    save_counts(actor=stocked.admin, at=AT, stocktake=row, counts=[LineCount(line.pk, line.expected)])
    row = finish_counting(actor=stocked.desk, at=AT, stocktake=row)
    with pytest.raises(NotAllowed):
        settle_stocktake(actor=stocked.admin, at=AT, stocktake=row)
    college = stocked.network.actor(stocked.network.colleges[0])
    assert settle_stocktake(actor=college, at=AT, stocktake=row).state == "settled"
