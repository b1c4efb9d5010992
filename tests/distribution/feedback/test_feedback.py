"""Readers say what they think of a title; the point decides what everybody reads, and it counts (S0-47, S0-57)."""

from datetime import timedelta

import pytest
from django.db import transaction
from tests.factories.distribution_people import EVERYBODY, everybody, everything_written
from tests.factories.distribution_stock import StockedRound, delivered_round, dispatched_round
from tests.factories.orgs import AT, small_network

from lianxue.distribution.enums import Award, FeedbackState
from lianxue.distribution.errors import FeedbackGiven, ReasonMissing, TooMuchFeedback
from lianxue.distribution.flows.feedback import FEEDBACK_FLOW
from lianxue.distribution.models import Feedback, PointDoor
from lianxue.distribution.operations.demand.open_point_door import open_point_door
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.desk.undo_loan import undo_loan
from lianxue.distribution.operations.feedback.decide_feedback import set_feedback_aside, show_feedback
from lianxue.distribution.operations.feedback.leave_feedback import (
    MOST_LATELY,
    leave_feedback,
    write_feedback_down,
)
from lianxue.distribution.queries.feedback import Rating, feedback_seen, ratings, shown_words
from lianxue.distribution.queries.selections.criterion import CRITERIA, Measured
from lianxue.distribution.queries.year_figures import year_figures
from lianxue.distribution.rules.feedback import DECIDES_FEEDBACK, SEES_FEEDBACK
from lianxue.kernel.errors import Invalid, NotAllowed, NotFound, Refused, WrongState
from lianxue.kernel.models import AuditEntry
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor, Organisation

pytestmark = pytest.mark.django_db

VISITOR = Actor.visitor("192.0.2.7")
# verb: state -> who succeeds. States that are not named are wrong for everybody.
TABLE: dict[str, dict[str, str]] = {
    "show_feedback": {"waiting": "P", "set_aside": "P"},
    "set_feedback_aside": {"waiting": "P", "shown": "P"},
}


@pytest.fixture
def stocked() -> StockedRound:
    network = small_network()
    return delivered_round(network, (4, 4), points=[network.points[0], network.points[3]])


def _door(stocked: StockedRound, point: Organisation | None = None) -> PointDoor:
    here = point or stocked.point
    return open_point_door(actor=stocked.network.actor(here), at=AT, point=here)


def _say(
    stocked: StockedRound, stars: int, words: str = "", *, point: Organisation | None = None
) -> Feedback:
    return leave_feedback(
        actor=VISITOR, at=AT, door=_door(stocked, point), entry_id=stocked.entry.pk, stars=stars, words=words
    )


def _in_state(stocked: StockedRound, state: str) -> Feedback:
    row = _say(stocked, 4, "很好")
    if state == "shown":
        show_feedback(actor=stocked.admin, at=AT, feedback_ids=[row.pk])
    elif state == "set_aside":
        set_feedback_aside(actor=stocked.admin, at=AT, feedback=row, reason="写错了资源")
    row.refresh_from_db()
    return row


def _act(verb: str, actor: Actor, row: Feedback) -> None:
    if verb == "show_feedback":
        show_feedback(actor=actor, at=AT, feedback_ids=[row.pk])
    else:
        set_feedback_aside(actor=actor, at=AT, feedback=row, reason="玩笑")


def test_the_table_names_every_verb() -> None:
    assert tuple(TABLE) == FEEDBACK_FLOW.verbs


@pytest.mark.parametrize("state", FeedbackState.values)
@pytest.mark.parametrize("verb", TABLE)
def test_every_verb_in_every_state_by_everybody(stocked: StockedRound, state: str, verb: str) -> None:
    row = _in_state(stocked, state)
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
                assert Feedback.objects.get(pk=row.pk).state == FEEDBACK_FLOW.steps[verb].target
            transaction.set_rollback(True)
        allowed = TABLE[verb].get(state)
        if allowed is None:
            assert outcome is WrongState, letter
        else:
            assert outcome is (None if letter in allowed else NotAllowed), letter


def test_the_predicate_and_the_rows_agree_for_everybody(stocked: StockedRound) -> None:
    _say(stocked, 5)
    _say(stocked, 3, point=stocked.network.points[3])
    seen = {}
    for letter, actor in everybody(stocked.network).items():
        for rule in (DECIDES_FEEDBACK, SEES_FEEDBACK):
            listed = set(visible(Feedback.objects.all(), rule, actor))
            assert listed == {row for row in Feedback.objects.all() if rule.holds(actor, row)}
        seen[letter] = feedback_seen(actor).count()
    assert seen == {letter: {"P": 1, "D": 1, "C": 1, "F": 1, "O": 2}.get(letter, 0) for letter in EVERYBODY}


def test_it_is_kept_without_a_name_and_the_trail_without_the_words(stocked: StockedRound) -> None:
    row = _say(stocked, 4, "  字大图清楚 ")
    assert (row.point, row.entry, row.stars, row.words, row.state) == (
        stocked.point,
        stocked.entry,
        4,
        "字大图清楚",
        "waiting",
    )
    line = AuditEntry.objects.get(verb="distribution.leave_feedback")
    assert (line.person_id, line.after) == (None, {"entry": stocked.entry.pk, "stars": 4})


@pytest.mark.parametrize(("stars", "words"), [(0, ""), (6, ""), (-1, ""), (3, "长" * 301)])
def test_what_is_no_opinion_is_refused(stocked: StockedRound, stars: int, words: str) -> None:
    with pytest.raises(Invalid):
        _say(stocked, stars, words)
    assert not Feedback.objects.exists()


def test_only_titles_that_arrived_here_can_be_judged(stocked: StockedRound) -> None:
    on_its_way = dispatched_round(stocked.network, {"还在路上": 2})
    for entry_id in (on_its_way.entry.pk, 0):
        with pytest.raises(NotFound):
            leave_feedback(actor=VISITOR, at=AT, door=_door(stocked), entry_id=entry_id, stars=5)


def test_so_many_at_once_are_a_machine(stocked: StockedRound) -> None:
    Feedback.objects.bulk_create(
        Feedback(point=stocked.point, entry=stocked.entry, stars=5, left_at=AT) for _ in range(MOST_LATELY)
    )
    with pytest.raises(TooMuchFeedback):
        _say(stocked, 5)
    later = leave_feedback(
        actor=VISITOR, at=AT + timedelta(hours=1), door=_door(stocked), entry_id=stocked.entry.pk, stars=5
    )
    assert later.pk


def test_nobody_else_reads_the_words_until_the_point_shows_them(stocked: StockedRound) -> None:
    row = _say(stocked, 2, "字太小")
    assert not shown_words(stocked.entry.pk).exists()
    assert ratings([stocked.entry.pk]) == {stocked.entry.pk: Rating(1, 2.0)}
    show_feedback(actor=stocked.admin, at=AT, feedback_ids=[row.pk])
    assert [one.words for one in shown_words(stocked.entry.pk)] == ["字太小"]
    with pytest.raises(ReasonMissing):
        set_feedback_aside(actor=stocked.admin, at=AT, feedback=row, reason=" ")
    set_feedback_aside(actor=stocked.admin, at=AT, feedback=row, reason="写错了资源")
    assert not shown_words(stocked.entry.pk).exists()
    assert ratings([stocked.entry.pk]) == {}


def test_several_are_shown_together_or_not_at_all(stocked: StockedRound) -> None:
    own, foreign = _say(stocked, 5), _say(stocked, 5, point=stocked.network.points[3])
    with pytest.raises(NotAllowed):
        show_feedback(actor=stocked.admin, at=AT, feedback_ids=[own.pk, foreign.pk])
    with pytest.raises(NotFound):
        show_feedback(actor=stocked.admin, at=AT, feedback_ids=[own.pk, 0])
    with pytest.raises(Invalid):
        show_feedback(actor=stocked.admin, at=AT, feedback_ids=[])
    assert set(Feedback.objects.values_list("state", flat=True)) == {"waiting"}


def test_the_desk_writes_down_what_a_borrower_said_once_a_loan(stocked: StockedRound) -> None:
    loan = lend(actor=stocked.desk, at=AT, point=stocked.point, entry=stocked.entry, borrower_name="王小明")
    with pytest.raises(NotAllowed):
        write_feedback_down(actor=stocked.network.actor(stocked.network.points[1]), at=AT, loan=loan, stars=5)
    row = write_feedback_down(actor=stocked.desk, at=AT, loan=loan, stars=5, words="很实用")
    assert (row.point, row.entry, row.loan, row.state) == (stocked.point, stocked.entry, loan, "waiting")
    with pytest.raises(FeedbackGiven):
        write_feedback_down(actor=stocked.desk, at=AT, loan=loan, stars=1)
    undone = lend(actor=stocked.desk, at=AT, point=stocked.point, entry=stocked.entry, borrower_name="李四")
    undo_loan(actor=stocked.desk, at=AT, loan=undone, reason="登记错误")
    with pytest.raises(WrongState):
        write_feedback_down(actor=stocked.desk, at=AT, loan=undone, stars=5)


def test_it_counts_in_the_report_of_its_year(stocked: StockedRound) -> None:
    for stars in (5, 4, 3):
        _say(stocked, stars)
    set_feedback_aside(actor=stocked.admin, at=AT, feedback=_say(stocked, 1), reason="玩笑")
    _say(stocked, 5, point=stocked.network.points[3])
    figures = year_figures(stocked.point.pk, AT.year)
    assert (figures["feedback"], figures["feedback_good"]) == (3, 2)
    assert year_figures(stocked.point.pk, AT.year - 1)["feedback"] == 0


def test_the_quality_of_a_provider_is_what_other_points_readers_say(stocked: StockedRound) -> None:
    provider = stocked.network.points[3]
    stocked.entry.provider = provider
    stocked.entry.save(update_fields=["provider"])
    for stars in (5, 4, 2):
        _say(stocked, stars)
    set_feedback_aside(actor=stocked.admin, at=AT, feedback=_say(stocked, 1), reason="玩笑")
    _say(stocked, 5, point=provider)  # at the provider's own point: not counted
    rated = CRITERIA["provider-rated"]
    assert rated.award == Award.PROVIDER
    assert rated.measure(AT.year) == {(provider.pk, None): Measured(part=2, whole=3)}
    assert sorted((row.stars, row.counts) for row in rated.rows_of(AT.year, (provider.pk, None))) == [
        (2, False),
        (4, True),
        (5, True),
    ]
    assert rated.measure(AT.year - 1) == {}
