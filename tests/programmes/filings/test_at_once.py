"""Two people at once around filings: real threads, real connections."""

import pytest
from django.db import transaction
from tests.factories.orgs import AT, make_actor
from tests.factories.programmes import TrialCall, education_network, trial_call
from tests.factories.threads import at_once

from lianxue.kernel.errors import Unmet, WrongState
from lianxue.orgs.public import Role
from lianxue.programmes.enums import AwardKind, Decision
from lianxue.programmes.errors import AnswerChanged, OpinionGiven
from lianxue.programmes.models import Award, Call, Filing, FilingRevision, Opinion, Score
from lianxue.programmes.operations.calls.moving import close_call
from lianxue.programmes.operations.desks.opinions import give_opinion, give_opinions
from lianxue.programmes.operations.filings.begin import begin_filing
from lianxue.programmes.operations.filings.save_answer import save_answer
from lianxue.programmes.operations.filings.submit import submit_filing
from lianxue.programmes.operations.panels.draw import draw_panel
from lianxue.programmes.operations.panels.score import (
    begin_scoring,
    close_panel,
    declare_conflict,
    give_score,
)
from lianxue.programmes.operations.products.awards import confer

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_database")]


@pytest.fixture
def trial(own_database: None) -> TrialCall:
    """Return an open call in the database of this test alone."""
    return trial_call(education_network())


def test_two_of_one_desk_give_their_opinion_and_one_stands(trial: TrialCall) -> None:
    filing = trial.submitted(trial.network.streets[0])
    people = [make_actor(trial.network.districts[0]) for _each in range(3)]
    outcome = at_once(
        [
            lambda actor=actor: give_opinion(  # type: ignore[misc]  # bound now, not when it runs
                actor=actor, at=AT, filing=filing, decision=Decision.APPROVE, revision_number=1, position=0
            )
            for actor in people
        ]
    )
    assert outcome.count(None) == 1
    assert {type(refusal) for refusal in outcome if refusal} == {OpinionGiven}
    assert Opinion.objects.count() == 1
    filing.refresh_from_db()
    assert (filing.position, filing.desk) == (1, trial.network.office)


def test_one_agrees_while_another_returns(trial: TrialCall) -> None:
    filing = trial.opinion(trial.submitted(trial.network.streets[0]))
    people = [make_actor(trial.network.office) for _each in range(2)]
    outcome = at_once(
        [
            lambda: give_opinion(actor=people[0], at=AT, filing=filing, decision=Decision.APPROVE),
            lambda: give_opinion(
                actor=people[1], at=AT, filing=filing, decision=Decision.RETURN, comment="请补充"
            ),
        ]
    )
    assert outcome.count(None) == 1
    assert {type(refusal) for refusal in outcome if refusal} == {WrongState}
    filing.refresh_from_db()
    said = Opinion.objects.get(position=1).decision
    assert filing.state == ("approved" if said == Decision.APPROVE else "returned")
    assert Award.objects.count() == (1 if said == Decision.APPROVE else 0)


def test_the_same_form_sent_twice_is_handed_in_once(trial: TrialCall) -> None:
    filing = trial.fill(trial.filing(trial.network.streets[0]))
    unit = trial.network.actor(filing.unit)
    same = at_once([lambda: submit_filing(actor=unit, at=AT, filing=filing, request_key="one-form")] * 4)
    assert same == [None] * 4
    assert FilingRevision.objects.count() == 1
    other = trial.fill(trial.filing(trial.network.streets[1]))
    unit = trial.network.actor(other.unit)
    keyless = at_once([lambda: submit_filing(actor=unit, at=AT, filing=other)] * 4)
    assert keyless.count(None) == 1
    assert {type(refusal) for refusal in keyless if refusal} == {WrongState}
    assert list(FilingRevision.objects.values_list("number", flat=True)) == [1, 1]


def test_two_save_one_answer_and_others_save_elsewhere(trial: TrialCall) -> None:
    filing = trial.filing(trial.network.streets[0])
    unit = trial.network.actor(filing.unit)

    def save(key: str, value: str) -> object:
        return save_answer(actor=unit, at=AT, filing=filing, key=key, value=value, mark=0)

    outcome = at_once(
        [lambda: save("head_name", "先"), lambda: save("head_name", "后"), lambda: save("plan", "别处")]
    )
    clashes = [one for one in outcome if one]
    assert [type(one) for one in clashes] == [AnswerChanged]
    assert outcome[2] is None
    filing.refresh_from_db()
    won = "先" if outcome[0] is None else "后"
    assert (filing.answers, filing.marks, filing.version) == (
        {"head_name": won, "plan": "别处"},
        {"head_name": 1, "plan": 1},
        2,
    )
    assert isinstance(clashes[0], AnswerChanged)
    assert clashes[0].theirs == won


def test_a_filing_is_begun_once(trial: TrialCall) -> None:
    street = trial.network.streets[0]
    unit = trial.network.actor(street)
    begun = [lambda: begin_filing(actor=unit, at=AT, call=trial.call, stage="filing", unit=street)] * 5
    assert at_once(begun) == [None] * 5
    assert Filing.objects.count() == 1


def test_nothing_is_handed_in_under_a_call_that_closes(trial: TrialCall) -> None:
    filing = trial.fill(trial.filing(trial.network.streets[0]))
    unit, office = trial.network.actor(filing.unit), trial.network.actor(trial.network.office)
    outcome = at_once(
        [
            lambda: submit_filing(actor=unit, at=AT, filing=filing),
            lambda: close_call(actor=office, at=AT, call=trial.call),
        ]
    )
    assert outcome.count(None) == 1
    assert {type(refusal) for refusal in outcome if refusal} == {Unmet}
    filing.refresh_from_db()
    assert (Call.objects.get(pk=trial.call.pk).state, filing.state) in (
        ("open", "submitted"),
        ("closed", "draft"),
    )


def test_overlapping_lists_of_opinions_do_not_block_each_other(trial: TrialCall) -> None:
    filings = [trial.opinion(trial.submitted(street)) for street in trial.network.streets]
    people = [make_actor(trial.network.office) for _each in range(3)]
    outcome = at_once(
        [
            lambda: give_opinions(actor=people[0], at=AT, filings=filings, decision=Decision.APPROVE),
            lambda: give_opinions(actor=people[1], at=AT, filings=filings[::-1], decision=Decision.APPROVE),
            lambda: give_opinion(actor=people[2], at=AT, filing=filings[2], decision=Decision.APPROVE),
        ]
    )
    assert outcome[:2] == [None, None]
    assert outcome[2] is None or type(outcome[2]) is WrongState
    assert set(Filing.objects.values_list("state", flat=True)) == {"approved"}
    assert Award.objects.count() == 4


def test_certificate_numbers_follow_each_other_under_ten_threads(trial: TrialCall) -> None:
    office, unit = trial.network.office, trial.network.streets[0]

    def confer_one(at: int) -> None:
        with transaction.atomic():
            confer(
                kind=AwardKind.AWARD,
                key="prize",
                title="优秀",
                office=office,
                organisation=unit,
                holder=f"获奖者{at}",
                year=2026,
                valid_from=AT.date(),
                at=AT,
            )

    assert at_once([lambda at=at: confer_one(at) for at in range(10)]) == [None] * 10  # type: ignore[misc]  # bound now, not when it runs
    running = sorted(int(number.split("-")[2]) for number in Award.objects.values_list("number", flat=True))
    assert running == list(range(1, 11))


def test_a_panel_is_not_closed_while_somebody_scores_or_steps_back(trial: TrialCall) -> None:
    office = trial.network.actor(trial.network.office)
    street = trial.network.streets[0]
    experts = {
        one.person_id: one for one in (make_actor(trial.network.office, Role.EXPERT) for _each in "1234")
    }
    trial.approved(street)
    trial.submit(trial.fill(trial.filing(street, "summary")))
    panel = draw_panel(actor=office, at=AT, call=trial.call, stage="summary", level="city", size=2, seed=1)
    panel = begin_scoring(actor=office, at=AT, panel=panel)
    scores = list(Score.objects.select_related("seat").order_by("pk"))
    acting = [experts[one.seat.expert_id] for one in scores]
    stepping = at_once(
        [
            lambda n=n: declare_conflict(actor=acting[n], at=AT, score=scores[n], reason="曾任职")  # type: ignore[misc]  # bound now, not when it runs
            for n in range(2)
        ]
    )
    assert stepping == [None, None]
    left = list(Score.objects.select_related("seat").filter(state="open").order_by("pk"))
    assert len(left) == 2
    points = {"basic": 30, "key": 20}
    for one in left:
        give_score(actor=experts[one.seat.expert_id], at=AT, score=one, points=points)
    outcome = at_once(
        [
            lambda: close_panel(actor=office, at=AT, panel=panel),
            lambda: give_score(
                actor=experts[left[0].seat.expert_id], at=AT, score=left[0], points={"basic": 60, "key": 40}
            ),
        ]
    )
    assert outcome[0] is None
    assert outcome[1] is None or type(outcome[1]) is Unmet
