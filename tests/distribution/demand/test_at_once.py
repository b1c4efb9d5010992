"""Two people at once around demand: real threads, real connections."""

import pytest
from tests.factories.distribution_demand import DemandRound, opened_round
from tests.factories.orgs import AT, small_network
from tests.factories.threads import at_once

from lianxue.distribution.enums import BatchState, DemandState
from lianxue.distribution.models import (
    DemandBatch,
    DemandLine,
    DemandRequest,
    LineAdjustment,
    Need,
    PointDoor,
)
from lianxue.distribution.operations.demand.adjust_lines import LineChange, adjust_lines
from lianxue.distribution.operations.demand.leave_need import Wish, leave_need
from lianxue.distribution.operations.demand.open_point_door import open_point_door
from lianxue.distribution.operations.demand.return_demand import return_demand
from lianxue.distribution.operations.demand.save_demand import save_demand
from lianxue.distribution.operations.demand.submit_batch import submit_batch
from lianxue.distribution.operations.demand.submit_demand import submit_demand
from lianxue.distribution.operations.rounds.start_allocating import start_allocating
from lianxue.kernel.errors import Conflict, Unmet, WrongState
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.public import Actor

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_database")]


def _agreed_in(batch: DemandBatch) -> int:
    lines = DemandLine.objects.filter(request__batch=batch, request__state=DemandState.SUBMITTED)
    return sum(lines.values_list("agreed", flat=True))


def test_demand_is_begun_once_and_every_title_is_kept() -> None:
    made = opened_round(small_network(), (9,) * 6)
    actor = made.network.actor(made.network.points[0])
    outcome = at_once(
        [
            lambda title=title, n=n: save_demand(  # type: ignore[misc]
                actor=actor, at=AT, round=made.round, quantities={title.pk: n}
            )
            for n, title in enumerate(made.titles, start=1)
        ]
    )
    assert outcome == [None] * 6
    assert DemandRequest.objects.count() == 1
    assert list(DemandLine.objects.order_by("title_id").values_list("asked", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_demand_is_submitted_once() -> None:
    made = opened_round(small_network())
    actor = made.network.actor(made.network.points[0])
    made.save(made.network.points[0], [3])
    outcome = at_once([lambda: submit_demand(actor=actor, at=AT, round=made.round)] * 6)
    assert outcome.count(None) == 1
    assert {type(refusal) for refusal in outcome if refusal} == {WrongState}
    assert AuditEntry.objects.filter(verb="distribution.submit_demand", outcome="done").count() == 1


def test_a_batch_holds_exactly_what_it_said_when_it_went() -> None:
    """Points submit while the college passes on: each is in the batch and counted, or refused."""
    made = opened_round(small_network())
    network = made.network
    for point in network.points[:3]:
        made.save(point, [2, 3])
    points = [network.actor(point) for point in network.points[:3]]
    college, batch = network.actor(network.colleges[0]), made.batch(network.colleges[0])
    outcome = at_once(
        [
            *[lambda actor=actor: submit_demand(actor=actor, at=AT, round=made.round) for actor in points],  # type: ignore[misc]
            lambda: submit_batch(actor=college, at=AT, batch=batch),
        ]
    )
    assert outcome[3] is None
    assert {type(refusal) for refusal in outcome[:3] if refusal} <= {Unmet}
    told = AuditEntry.objects.get(verb="distribution.submit_batch").after
    assert told is not None
    assert (told["copies"], told["points"]) == (_agreed_in(batch), outcome[:3].count(None))


def test_changing_while_passing_on() -> None:
    made = opened_round(small_network())
    network = made.network
    row = made.ask(network.points[0], [9])
    line = row.lines.get()
    college, batch = network.actor(network.colleges[0]), made.batch(network.colleges[0])
    change = [LineChange(line.pk, 4, "减", seen=9)]
    outcome = at_once(
        [
            lambda: adjust_lines(actor=college, at=AT, batch=batch, changes=change),
            lambda: submit_batch(actor=college, at=AT, batch=batch),
        ]
    )
    assert outcome[1] is None
    assert outcome[0] is None or type(outcome[0]) is Unmet
    told = AuditEntry.objects.get(verb="distribution.submit_batch").after
    assert told is not None
    assert told["copies"] == _agreed_in(batch) == (4 if outcome[0] is None else 9)


def test_two_colleagues_change_one_line() -> None:
    made = opened_round(small_network())
    line = made.ask(made.network.points[0], [9]).lines.get()
    college, batch = made.network.actor(made.network.colleges[0]), made.batch(made.network.colleges[0])
    outcome = at_once(
        [
            lambda n=n: adjust_lines(  # type: ignore[misc]
                actor=college, at=AT, batch=batch, changes=[LineChange(line.pk, n, "减", seen=9)]
            )
            for n in (3, 4, 5)
        ]
    )
    assert outcome.count(None) == 1
    assert {type(refusal) for refusal in outcome if refusal} == {Conflict}
    adjustment = LineAdjustment.objects.get()
    line.refresh_from_db()
    assert (adjustment.before, adjustment.after) == (9, line.agreed)


def test_sending_back_while_changing() -> None:
    made = opened_round(small_network())
    row = made.ask(made.network.points[0], [9])
    line = row.lines.get()
    college, batch = made.network.actor(made.network.colleges[0]), made.batch(made.network.colleges[0])
    outcome = at_once(
        [
            lambda: return_demand(actor=college, at=AT, request=row, reason="请核对"),
            lambda: adjust_lines(actor=college, at=AT, batch=batch, changes=[LineChange(line.pk, 4, "减")]),
        ]
    )
    assert outcome[0] is None
    assert outcome[1] is None or type(outcome[1]) is WrongState
    row.refresh_from_db()
    assert row.state == DemandState.RETURNED


def _end(made: DemandRound) -> None:
    start_allocating(actor=made.network.office_admin, at=AT, round=made.round)


def test_nothing_slips_in_after_the_demand_has_ended() -> None:
    made = opened_round(small_network())
    network = made.network
    made.ask(network.points[0], [2])
    actors = [network.actor(network.points[n]) for n in (1, 3, 5)]
    college, batch = network.actor(network.colleges[0]), made.batch(network.colleges[0])
    made.network.office_admin  # noqa: B018  # made before the threads start
    outcome = at_once(
        [
            lambda: _end(made),
            lambda: submit_batch(actor=college, at=AT, batch=batch),
            *[
                lambda actor=actor: save_demand(  # type: ignore[misc]
                    actor=actor, at=AT, round=made.round, quantities={made.titles[0].pk: 5}
                )
                for actor in actors
            ],
        ]
    )
    assert outcome[0] is None
    assert {type(refusal) for refusal in outcome[1:] if refusal} <= {Unmet}
    ended = AuditEntry.objects.get(verb="distribution.start_allocating")
    assert ended.after is not None
    assert ended.after["submitted"] == DemandBatch.objects.filter(state=BatchState.SUBMITTED).count()
    saved = AuditEntry.objects.filter(verb="distribution.save_demand", outcome="done")
    assert saved.count() == 1 + outcome[2:].count(None)


def test_one_door_and_one_wish_however_many_knock() -> None:
    made = opened_round(small_network())
    point = made.network.points[0]
    actor = made.network.actor(point)
    assert at_once([lambda: open_point_door(actor=actor, at=AT, point=point)] * 5) == [None] * 5
    door = PointDoor.objects.get()
    outcome = at_once(
        [
            lambda: leave_need(
                actor=Actor.visitor(),
                at=AT,
                door=door,
                round=made.round,
                wishes=[Wish(made.titles[0].pk)],
                audience="learner",  # type: ignore[arg-type]
                request_key="one-form",
            )
        ]
        * 5
    )
    assert outcome == [None] * 5
    assert Need.objects.count() == 1
