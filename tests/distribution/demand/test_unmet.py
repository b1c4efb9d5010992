"""Unmet demand is carried over or closed, by line, title, filter or all at once, and never silently."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.distribution.demand.test_filling_in import next_round
from tests.factories.distribution_demand import DemandRound, opened_round, refused
from tests.factories.orgs import AT, Network, make_organisation, small_network

from lianxue.distribution.errors import NothingOpen, NothingToCarry, ReasonMissing
from lianxue.distribution.models import (
    Allocation,
    AllocationLine,
    DemandBatch,
    DemandLine,
    DemandRequest,
    Round,
    UnmetAnswer,
)
from lianxue.distribution.operations.demand.carry_unmet import carry_unmet
from lianxue.distribution.operations.demand.return_demand import return_demand
from lianxue.distribution.operations.rounds.close_round import close_round
from lianxue.distribution.operations.rounds.close_unmet import UnmetOutcome, close_unmet
from lianxue.distribution.queries.unmet import (
    EVERYTHING,
    UnmetChoice,
    open_line_count,
    open_lines,
    rounds_to_carry_into,
    together,
    unmet_totals,
)
from lianxue.kernel.errors import NotAllowed, Unmet, WrongState
from lianxue.kernel.models import AuditEntry
from lianxue.notices.models import Notice
from lianxue.orgs.public import Actor, OrganisationKind, Role
from lianxue.resources.models import CatalogueEntry
from lianxue.resources.public import EntryState

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=30)


@pytest.fixture
def network() -> Network:
    return small_network()


@pytest.fixture
def decided(network: Network) -> DemandRound:
    """A round in which three points each ask for 4 of a title with 6 copies, and for 2 of one with plenty."""
    made = opened_round(network, {"太极拳入门": 6, "书法基础": 50})
    for number in (0, 1, 3):
        made.ask(network.points[number], [4, 2])
    made.allocate()
    return made


def _missing(made: DemandRound) -> dict[str, int]:
    return {
        line.demand_line.request.point.code: line.demand_line.agreed - line.quantity
        for line in open_lines(made.round.pk)
    }


def _carry(made: DemandRound, to: DemandRound, choice: UnmetChoice = EVERYTHING) -> UnmetOutcome:
    office = made.network.office_admin
    return carry_unmet(actor=office, at=LATER, round=made.round, to_round=to.round, choice=choice)


def _asked(made: DemandRound) -> dict[str, tuple[int, int]]:
    lines = DemandLine.objects.filter(request__batch__round=made.round)
    return {line.request.point.code: (line.asked, line.agreed) for line in lines}


def _is_counted_right(made: DemandRound) -> bool:
    known = Allocation.objects.get(round=made.round).open_lines
    return known == open_lines(made.round.pk).count() == open_line_count(made.round)


def test_the_decision_leaves_lines_open_and_counts_them(decided: DemandRound) -> None:
    assert sum(_missing(decided).values()) == 6
    assert set(_missing(decided)) == {"point-1", "point-2", "point-3"}
    assert _is_counted_right(decided)
    (total,) = unmet_totals(decided.round)
    assert total.title == decided.titles[0]
    assert (total.lines, total.agreed, total.allocated, total.missing) == (3, 12, 6, 6)
    assert (total.open_lines, total.open, total.carried, total.closed) == (3, 6, 0, 0)


def test_all_is_carried_into_the_demand_of_another_round(decided: DemandRound) -> None:
    missing = _missing(decided)
    after = next_round(decided, decided.titles)
    assert _carry(decided, after) == UnmetOutcome(3, 6, 0)
    assert _asked(after) == {code: (copies, copies) for code, copies in missing.items()}
    assert set(DemandRequest.objects.filter(batch__round=after.round).values_list("state", flat=True)) == {
        "draft"
    }
    assert _missing(decided) == {}
    assert _is_counted_right(decided)
    answer = UnmetAnswer.objects.order_by("pk").first()
    assert answer is not None
    assert (answer.kind, answer.to_round, answer.by_id, answer.at) == (
        "carried",
        after.round,
        decided.network.office_admin.person_id,
        LATER,
    )
    assert together(unmet_totals(decided.round)).carried == 6
    entry = AuditEntry.objects.get(verb="distribution.carry_unmet")
    assert entry.after == {"to_round": after.round.pk, "lines": 3, "copies": 6, "left": 0}
    told = set(Notice.objects.values_list("person_id", flat=True))
    assert decided.network.actor(decided.network.points[0]).person_id in told


def test_carried_copies_are_added_to_what_stands_there(decided: DemandRound) -> None:
    network, missing = decided.network, _missing(decided)
    after = next_round(decided, decided.titles)
    after.save(network.points[0], [5])
    sent_back = after.ask(network.points[1], [1])
    college = network.actor(network.colleges[0])
    return_demand(actor=college, at=LATER, request=sent_back, reason="请核对")
    _carry(decided, after)
    assert _asked(after) == {
        "point-1": (5 + missing["point-1"], 5 + missing["point-1"]),
        "point-2": (1 + missing["point-2"], 1 + missing["point-2"]),
        "point-3": (missing["point-3"], missing["point-3"]),
    }


def test_what_was_handed_in_is_not_touched_and_stays_open(decided: DemandRound) -> None:
    network = decided.network
    after = next_round(decided, decided.titles)
    after.ask(network.points[0], [1])
    after.pass_on(network.colleges[1])
    assert _carry(decided, after) == UnmetOutcome(1, _missing(decided).get("point-2", 2), 2)
    assert set(_missing(decided)) == {"point-1", "point-3"}
    assert _asked(after)["point-1"] == (1, 1)
    assert "point-3" not in _asked(after)
    assert _is_counted_right(decided)
    with refused(NothingToCarry, verb="carry_unmet"):
        _carry(decided, after)


def test_only_titles_that_are_offered_again_and_published(decided: DemandRound) -> None:
    office = decided.network.office_admin
    other = next_round(decided, decided.titles[1:])
    assert list(rounds_to_carry_into(office, decided.round)) == []
    with refused(NothingToCarry, verb="carry_unmet"):
        _carry(decided, other)


def test_a_withdrawn_title_cannot_be_carried(decided: DemandRound) -> None:
    after = next_round(decided, decided.titles)
    assert list(rounds_to_carry_into(decided.network.office_admin, decided.round)) == [after.round]
    CatalogueEntry.objects.filter(title="太极拳入门").update(
        state=EntryState.WITHDRAWN, withdrawn_at=AT, withdrawn_reason="版权到期"
    )
    assert list(rounds_to_carry_into(decided.network.office_admin, decided.round)) == []
    with refused(NothingToCarry, verb="carry_unmet"):
        _carry(decided, after)


def test_a_point_that_moved_is_served_under_its_new_college(decided: DemandRound) -> None:
    """A point that is gone keeps its line open; a college without a batch gets one."""
    network = decided.network
    after = next_round(decided, decided.titles)
    DemandBatch.objects.filter(round=after.round, college=network.colleges[0]).delete()
    gone = network.points[3]
    gone.is_active = False
    gone.save()
    assert _carry(decided, after).lines == 2
    assert set(_missing(decided)) == {"point-3"}
    batch = DemandBatch.objects.get(round=after.round, college=network.colleges[0])
    assert batch.requests.count() == 2


@pytest.mark.parametrize("how", ["line", "title", "college", "words"])
def test_a_part_is_closed_with_a_reason(decided: DemandRound, how: str) -> None:
    network = decided.network
    line = AllocationLine.objects.get(
        demand_line__request__point=network.points[3], demand_line__title=decided.titles[0]
    )
    choice, expected = {
        "line": (UnmetChoice(line_ids=(line.pk,)), {"point-1", "point-2"}),
        "title": (UnmetChoice(title_ids=(decided.titles[0].pk,)), set[str]()),
        "college": (UnmetChoice(college_id=network.colleges[1].pk), {"point-1", "point-2"}),
        "words": (UnmetChoice(words="豫园"), {"point-1", "point-3"}),
    }[how]
    outcome = close_unmet(
        actor=network.office_admin, at=LATER, round=decided.round, reason="库存不足", choice=choice
    )
    assert set(_missing(decided)) == expected
    assert outcome.lines == 3 - len(expected)
    assert _is_counted_right(decided)
    assert set(UnmetAnswer.objects.values_list("kind", "reason", "to_round")) == {
        ("closed", "库存不足", None)
    }
    entry = AuditEntry.objects.get(verb="distribution.close_unmet")
    assert entry.note == "库存不足"


def test_an_answer_is_given_once(decided: DemandRound) -> None:
    office, after = decided.network.office_admin, next_round(decided, decided.titles)
    close_unmet(actor=office, at=LATER, round=decided.round, reason="库存不足")
    with refused(NothingOpen, verb="close_unmet"):
        close_unmet(actor=office, at=LATER, round=decided.round, reason="库存不足")
    with refused(NothingOpen, verb="carry_unmet"):
        _carry(decided, after)


def test_who_may_answer_and_when(decided: DemandRound) -> None:
    network = decided.network
    after = next_round(decided, decided.titles)
    for actor in (
        network.actor(network.colleges[0]),
        network.actor(network.points[0]),
        network.actor(network.office, Role.AUDITOR),
        network.supplier_clerk,
        Actor.visitor(),
    ):
        with refused(NotAllowed, verb="close_unmet"):
            close_unmet(actor=actor, at=LATER, round=decided.round, reason="x")
        with refused(NotAllowed, verb="carry_unmet"):
            carry_unmet(actor=actor, at=LATER, round=decided.round, to_round=after.round)
    with refused(ReasonMissing, verb="close_unmet"):
        close_unmet(actor=network.office_admin, at=LATER, round=decided.round, reason=" ")
    with refused(WrongState, verb="close_unmet"):
        close_unmet(actor=network.office_admin, at=LATER, round=after.round, reason="x")
    with refused(WrongState, verb="carry_unmet"):
        _carry(decided, decided)  # a round that is decided takes nothing in


def test_a_round_is_not_closed_over_open_lines(decided: DemandRound) -> None:
    office = decided.network.office_admin
    with refused(Unmet, verb="close_round") as caught:
        close_round(actor=office, at=LATER, round=decided.round, reason="供应单位停业")
    assert caught is None
    assert "3" in AuditEntry.objects.latest("pk").note
    with refused(ReasonMissing, verb="close_round"):
        close_round(actor=office, at=LATER, round=decided.round, closes_unmet=True)
    closed = close_round(
        actor=office, at=LATER, round=decided.round, reason="供应单位停业", closes_unmet=True
    )
    assert closed.state == "closed"
    assert _missing(decided) == {}
    assert UnmetAnswer.objects.filter(kind="closed", reason="供应单位停业").count() == 3


def test_rounds_closed_before_can_still_be_answered(decided: DemandRound) -> None:
    Round.objects.filter(pk=decided.round.pk).update(state="closed", closed_at=AT)
    Allocation.objects.update(open_lines=None)  # decided before lines were counted
    assert open_line_count(decided.round) == 3
    line = AllocationLine.objects.filter(pk__in=open_lines(decided.round.pk)).first()
    assert line is not None
    office = decided.network.office_admin
    choice = UnmetChoice(line_ids=(line.pk,))
    close_unmet(actor=office, at=LATER, round=decided.round, reason="已过期", choice=choice)
    assert Allocation.objects.get(round=decided.round).open_lines == 2


def test_any_number_of_lines_takes_the_same_statements(network: Network) -> None:
    def statements(points: int) -> int:
        for number in range(points):
            make_organisation(
                f"more-{Round.objects.count()}-{number}",
                OrganisationKind.COMMUNITY_SCHOOL,
                network.colleges[1],
            )
        made = opened_round(network, {f"书{Round.objects.count()}": 1})
        first = made.ask(network.points[3], [3])
        _copy_demand(first)
        made.allocate()
        after = next_round(made, made.titles)
        Round.objects.filter(pk=after.round.pk).update(name=f"再一次{after.round.pk}")
        with CaptureQueriesContext(connection) as captured:
            _carry(made, after)
        assert DemandLine.objects.filter(request__batch__round=after.round).count() > points
        return len(captured)

    assert statements(1) == statements(30)


def _copy_demand(first: DemandRequest) -> None:
    """Let every other point of the college ask for the same."""
    line = first.lines.get()
    others = [
        node.organisation_id
        for node in first.batch.college.places_below.filter(chain="distribution").exclude(
            organisation=first.point
        )
    ]
    rows = DemandRequest.objects.bulk_create(
        DemandRequest(batch=first.batch, point_id=pk, state="submitted", submitted_at=AT) for pk in others
    )
    DemandLine.objects.bulk_create(
        DemandLine(request=row, title=line.title, asked=3, agreed=3) for row in rows
    )
