"""The transition tables of demand and of batches: every state, every verb, everybody, and the days around them."""

from datetime import date

import pytest
from tests.distribution.rounds.test_flow import everybody
from tests.factories.distribution_demand import DemandRound, opened_round
from tests.factories.orgs import AT, small_network

from lianxue.distribution.enums import BatchState, DemandState, RoundState
from lianxue.distribution.flows.batch import BATCH_FLOW
from lianxue.distribution.flows.demand import DEMAND_FLOW
from lianxue.distribution.models import DemandBatch, DemandRequest
from lianxue.kernel.errors import NotAllowed, Refused, Unmet, WrongState
from lianxue.kernel.flow import Flow
from lianxue.orgs.public import Actor

pytestmark = pytest.mark.django_db

# verb: in which states, who, and what the state becomes ("" = stays)
DEMAND: dict[str, tuple[set[str], str, str]] = {
    "save_demand": ({"draft", "returned"}, "point", ""),
    "submit_demand": ({"draft", "returned"}, "point", "submitted"),
    "take_back_demand": ({"submitted"}, "point", "draft"),
    "return_demand": ({"submitted"}, "college", "returned"),
    "adjust_line": ({"submitted"}, "college", ""),
}
BATCH: dict[str, tuple[set[str], str, str]] = {
    "submit_batch": ({"gathering"}, "college", "submitted"),
    "return_batch": ({"submitted"}, "office", "gathering"),
}
TODAY, BEFORE, AFTER = date(2026, 3, 2), date(2026, 3, 1), date(2026, 3, 3)


@pytest.fixture
def made() -> DemandRound:
    return opened_round(small_network())


@pytest.fixture
def request_row(made: DemandRound) -> DemandRequest:
    row = made.save(made.network.points[0], [3])
    return DemandRequest.objects.select_related("batch__round").get(pk=row.pk)


def _people(made: DemandRound) -> dict[str, Actor]:
    network = made.network
    return everybody(network) | {
        "point beside": network.actor(network.points[1]),
        "other college": network.actor(network.colleges[1]),
        "point elsewhere": network.actor(network.points[3]),
    }


def _outcome(
    flow: Flow, verb: str, actor: Actor, subject: DemandRequest | DemandBatch
) -> type[Refused] | None:
    try:
        flow.require(verb, actor=actor, subject=subject, at=AT)
    except Refused as refusal:
        return type(refusal)
    return None


@pytest.mark.parametrize(("flow", "table"), [(DEMAND_FLOW, DEMAND), (BATCH_FLOW, BATCH)])
def test_the_tables_name_every_verb(flow: Flow, table: dict[str, tuple[set[str], str, str]]) -> None:
    assert {verb: step.target or "" for verb, step in flow.steps.items()} == {
        verb: target for verb, (_states, _who, target) in table.items()
    }


def test_demand_state_by_verb_by_role(made: DemandRound, request_row: DemandRequest) -> None:
    people = _people(made)
    for state in DemandState.values:
        request_row.state = state
        for verb, (states, allowed, _target) in DEMAND.items():
            for who, actor in people.items():
                expected = WrongState if state not in states else NotAllowed if who != allowed else None
                assert _outcome(DEMAND_FLOW, verb, actor, request_row) is expected, (state, verb, who)


def test_batch_state_by_verb_by_role(made: DemandRound) -> None:
    batch = made.batch(made.network.colleges[0])
    people = _people(made)
    for state in BatchState.values:
        batch.state = state
        for verb, (states, allowed, _target) in BATCH.items():
            for who, actor in people.items():
                expected = WrongState if state not in states else NotAllowed if who != allowed else None
                assert _outcome(BATCH_FLOW, verb, actor, batch) is expected, (state, verb, who)


def _demand_verdicts(made: DemandRound, row: DemandRequest) -> dict[str, bool]:
    """Return which verbs of the demand flow are open, each in its first state and to the right person."""
    people = {
        "point": made.network.actor(made.network.points[0]),
        "college": made.network.actor(made.network.colleges[0]),
    }
    verdicts = {}
    for verb, (states, who, _target) in DEMAND.items():
        row.state = min(states)
        verdicts[verb] = _outcome(DEMAND_FLOW, verb, people[who], row) is None
        assert verdicts[verb] or _outcome(DEMAND_FLOW, verb, people[who], row) is Unmet
    return verdicts


@pytest.mark.parametrize("state", [s for s in RoundState.values if s != RoundState.OPEN])
def test_nothing_moves_unless_the_round_is_open(
    made: DemandRound, request_row: DemandRequest, state: str
) -> None:
    request_row.batch.round.state = state
    assert not any(_demand_verdicts(made, request_row).values())


def test_nothing_moves_once_the_college_has_passed_it_on(
    made: DemandRound, request_row: DemandRequest
) -> None:
    request_row.batch.state = BatchState.SUBMITTED
    assert not any(_demand_verdicts(made, request_row).values())


POINT_VERBS, COLLEGE_VERBS = (
    {"save_demand", "submit_demand", "take_back_demand"},
    {"return_demand", "adjust_line"},
)


@pytest.mark.parametrize(
    ("days", "open_verbs"),
    [
        ((None, None, None), POINT_VERBS | COLLEGE_VERBS),
        ((TODAY, TODAY, TODAY), POINT_VERBS | COLLEGE_VERBS),  # both ends count
        ((BEFORE, AFTER, AFTER), POINT_VERBS | COLLEGE_VERBS),
        ((AFTER, None, None), COLLEGE_VERBS),  # not begun
        ((None, BEFORE, None), COLLEGE_VERBS),  # over for the points
        ((None, BEFORE, BEFORE), set()),  # over for everybody
        ((None, None, BEFORE), set()),  # nobody could pass it on any more
    ],
)
def test_days(
    made: DemandRound,
    request_row: DemandRequest,
    days: tuple[date | None, date | None, date | None],
    open_verbs: set[str],
) -> None:
    round_ = request_row.batch.round
    round_.demand_from, round_.demand_until, round_.aggregate_until = days
    verdicts = _demand_verdicts(made, request_row)
    assert {verb for verb, is_open in verdicts.items() if is_open} == open_verbs


def test_what_was_sent_back_may_be_mended_after_the_last_day(
    made: DemandRound, request_row: DemandRequest
) -> None:
    point = made.network.actor(made.network.points[0])
    request_row.state = DemandState.RETURNED
    request_row.batch.round.demand_until = BEFORE
    for aggregate_until, expected in [(None, None), (TODAY, None), (BEFORE, Unmet)]:
        request_row.batch.round.aggregate_until = aggregate_until
        for verb in ("save_demand", "submit_demand"):
            assert _outcome(DEMAND_FLOW, verb, point, request_row) is expected


def test_batches_go_while_the_round_is_open_and_in_time(made: DemandRound) -> None:
    batch = made.batch(made.network.colleges[0])
    college = made.network.actor(made.network.colleges[0])
    for state, until, expected in [
        (RoundState.OPEN, None, None),
        (RoundState.OPEN, TODAY, None),
        (RoundState.OPEN, BEFORE, Unmet),
        (RoundState.ALLOCATING, None, Unmet),
        (RoundState.CLOSED, None, Unmet),
    ]:
        batch.round.state, batch.round.aggregate_until = state, until
        assert _outcome(BATCH_FLOW, "submit_batch", college, batch) is expected


def test_batches_come_back_only_while_the_round_is_open(made: DemandRound) -> None:
    batch = made.batch(made.network.colleges[0])
    batch.state = BatchState.SUBMITTED
    for state, expected in [
        (RoundState.OPEN, None),
        (RoundState.ALLOCATING, Unmet),
        (RoundState.ALLOCATED, Unmet),
    ]:
        batch.round.state = state
        assert _outcome(BATCH_FLOW, "return_batch", made.network.office_admin, batch) is expected
