"""A college changes lines, sends demand back and passes it on; the office may send it back."""

from datetime import date

import pytest
from tests.factories.distribution_demand import DemandRound, opened_round, refused
from tests.factories.orgs import AT, small_network

from lianxue.distribution.errors import ReasonMissing
from lianxue.distribution.models import DemandLine, DemandRequest, LineAdjustment
from lianxue.distribution.operations.demand.adjust_lines import LineChange, adjust_lines
from lianxue.distribution.operations.demand.return_batch import return_batch
from lianxue.distribution.operations.demand.return_demand import return_demand
from lianxue.distribution.operations.demand.save_demand import save_demand
from lianxue.distribution.operations.demand.submit_batch import submit_batch
from lianxue.distribution.operations.rounds.round_particulars import RoundDays
from lianxue.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Unmet, WrongState
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.public import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> DemandRound:
    made = opened_round(small_network())
    made.ask(made.network.points[0], [4, 2])
    made.ask(made.network.points[1], [6])
    return made


def _college(made: DemandRound) -> Actor:
    return made.network.actor(made.network.colleges[0])


def _line(made: DemandRound, point: int, title: int) -> DemandLine:
    return DemandLine.objects.get(request__point=made.network.points[point], title=made.titles[title])


def test_changes_are_made_with_a_reason_and_kept(made: DemandRound) -> None:
    batch, line = made.batch(made.network.colleges[0]), _line(made, 0, 0)
    adjust_lines(
        actor=_college(made), at=AT, batch=batch, changes=[LineChange(line.pk, 3, " 班级数减少 ", seen=4)]
    )
    adjust_lines(
        actor=_college(made), at=AT, batch=batch, changes=[LineChange(line.pk, 0, "已有库存", seen=3)]
    )
    line.refresh_from_db()
    assert (line.asked, line.agreed) == (4, 0)
    assert [(a.before, a.after, a.reason, a.by_id) for a in line.adjustments] == [
        (4, 3, "班级数减少", _college(made).person_id),
        (3, 0, "已有库存", _college(made).person_id),
    ]
    code = line.title.entry.code
    trail = AuditEntry.objects.filter(verb="distribution.adjust_lines").order_by("pk")
    assert [(e.before, e.after, e.note) for e in trail] == [
        ({code: 4}, {code: 3}, "班级数减少"),
        ({code: 3}, {code: 0}, "已有库存"),
    ]


def test_changes_go_through_together_or_not_at_all(made: DemandRound) -> None:
    batch = made.batch(made.network.colleges[0])
    good = LineChange(_line(made, 0, 0).pk, 3, "减")
    other = _line(made, 1, 0).pk
    made.ask(made.network.points[3], [5])
    foreign = _line(made, 3, 0).pk
    for bad, refusal in [
        (LineChange(other, 5, "  "), ReasonMissing),
        (LineChange(other, 5, "长" * 301), Invalid),
        (LineChange(other, -1, "减"), Invalid),
        (LineChange(other, 100_000, "加"), Invalid),
        (LineChange(other, 5, "减", seen=7), Conflict),
        (LineChange(foreign, 5, "减"), NotFound),
        (LineChange(0, 5, "减"), NotFound),
        (LineChange(good.line_id, 2, "减"), Invalid),
    ]:
        with refused(refusal, verb="adjust_lines"):
            adjust_lines(actor=_college(made), at=AT, batch=batch, changes=[good, bad])
    adjust_lines(actor=_college(made), at=AT, batch=batch, changes=[good, LineChange(other, 8, "新开班")])
    assert list(
        DemandLine.objects.filter(request__batch=batch).order_by("pk").values_list("agreed", flat=True)
    ) == [3, 2, 8]


def test_what_stays_the_same_needs_no_reason_and_leaves_no_trace(made: DemandRound) -> None:
    batch = made.batch(made.network.colleges[0])
    adjust_lines(actor=_college(made), at=AT, batch=batch, changes=[LineChange(_line(made, 0, 0).pk, 4, "")])
    assert not LineAdjustment.objects.exists()
    assert not AuditEntry.objects.filter(verb="distribution.adjust_lines").exists()


def test_only_the_college_above_changes_lines(made: DemandRound) -> None:
    network, batch = made.network, made.batch(made.network.colleges[0])
    change = LineChange(_line(made, 0, 0).pk, 3, "减")
    for actor in (
        network.actor(network.colleges[1]),
        network.office_admin,
        network.actor(network.points[0]),
        Actor.visitor(),
    ):
        with refused(NotAllowed, verb="adjust_lines"):
            adjust_lines(actor=actor, at=AT, batch=batch, changes=[change])


def test_a_change_stands_until_the_point_asks_for_another_number(made: DemandRound) -> None:
    batch, point = made.batch(made.network.colleges[0]), made.network.points[0]
    first, second = _line(made, 0, 0), _line(made, 0, 1)
    adjust_lines(
        actor=_college(made),
        at=AT,
        batch=batch,
        changes=[LineChange(first.pk, 3, "减"), LineChange(second.pk, 1, "减")],
    )
    return_demand(actor=_college(made), at=AT, request=first.request, reason="请核对")
    made.save(point, [4, 5])
    first.refresh_from_db()
    second.refresh_from_db()
    assert [(first.asked, first.agreed), (second.asked, second.agreed)] == [(4, 3), (5, 5)]


def test_sending_back_takes_a_reason_that_the_point_reads(made: DemandRound) -> None:
    row = DemandRequest.objects.get(point=made.network.points[0])
    with refused(ReasonMissing, verb="return_demand"):
        return_demand(actor=_college(made), at=AT, request=row, reason=" ")
    for foreign in (made.network.actor(made.network.colleges[1]), made.network.office_admin):
        with refused(NotAllowed, verb="return_demand"):
            return_demand(actor=foreign, at=AT, request=row, reason="请核对")
    returned = return_demand(actor=_college(made), at=AT, request=row, reason="请核对班级数")
    assert (returned.state, returned.return_reason) == ("returned", "请核对班级数")
    with refused(WrongState, verb="return_demand"):
        return_demand(actor=_college(made), at=AT, request=row, reason="再核对")
    with refused(WrongState, verb="adjust_lines"):
        change = LineChange(_line(made, 0, 0).pk, 3, "减")
        adjust_lines(actor=_college(made), at=AT, batch=returned.batch, changes=[change])


def test_passing_on_shuts_the_door_for_the_points(made: DemandRound) -> None:
    network = made.network
    batch = submit_batch(actor=_college(made), at=AT, batch=made.batch(network.colleges[0]))
    assert (batch.state, batch.submitted_at) == ("submitted", AT)
    entry = AuditEntry.objects.get(verb="distribution.submit_batch")
    assert entry.after == {"state": "submitted", "copies": 12, "points": 2}
    late = network.actor(network.points[2])
    with refused(Unmet, verb="save_demand"):
        save_demand(actor=late, at=AT, round=made.round, quantities={made.titles[0].pk: 1})
    with refused(Unmet, verb="return_demand"):
        return_demand(
            actor=_college(made),
            at=AT,
            request=DemandRequest.objects.get(point=network.points[0]),
            reason="晚了",
        )
    with refused(WrongState, verb="submit_batch"):
        submit_batch(actor=_college(made), at=AT, batch=batch)
    for foreign in (network.actor(network.colleges[0]), network.actor(network.points[0]), Actor.visitor()):
        with refused(NotAllowed, verb="return_batch"):
            return_batch(actor=foreign, at=AT, batch=batch, reason="补报")


def test_only_its_own_college_passes_a_batch_on(made: DemandRound) -> None:
    network, batch = made.network, made.batch(made.network.colleges[0])
    for actor in (network.actor(network.colleges[1]), network.office_admin, network.actor(network.points[0])):
        with refused(NotAllowed, verb="submit_batch"):
            submit_batch(actor=actor, at=AT, batch=batch)


def test_an_empty_batch_is_an_answer(made: DemandRound) -> None:
    batch = submit_batch(
        actor=made.network.actor(made.network.colleges[1]), at=AT, batch=made.batch(made.network.colleges[1])
    )
    assert batch.state == "submitted"


def test_colleges_are_late_too() -> None:
    made = opened_round(small_network(), days=RoundDays(aggregate_until=date(2026, 3, 2)))
    with refused(Unmet, verb="submit_batch"):
        submit_batch(actor=_college(made), at=AT.replace(day=3), batch=made.batch(made.network.colleges[0]))


def test_the_office_sends_a_batch_back_and_the_points_may_report_again(made: DemandRound) -> None:
    network = made.network
    batch = submit_batch(actor=_college(made), at=AT, batch=made.batch(network.colleges[0]))
    with refused(ReasonMissing, verb="return_batch"):
        return_batch(actor=network.office_admin, at=AT, batch=batch, reason="")
    batch = return_batch(actor=network.office_admin, at=AT, batch=batch, reason="缺一个点")
    assert (batch.state, batch.submitted_at, batch.return_reason) == ("gathering", None, "缺一个点")
    made.ask(network.points[2], [1])
    batch = submit_batch(actor=_college(made), at=AT, batch=batch)
    assert batch.return_reason == ""
