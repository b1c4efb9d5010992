"""Each rule says the same of one row as of many: what a list shows is what a page opens."""

from collections.abc import Iterator

import pytest
from django.db.models import Model, QuerySet
from tests.distribution.rounds.test_flow import everybody
from tests.factories.distribution_demand import DemandRound, opened_round, prepared_round
from tests.factories.orgs import AT, Network, make_actor, make_organisation, small_network

from lianxue.distribution.enums import Audience
from lianxue.distribution.models import (
    Allocation,
    AllocationLine,
    DemandBatch,
    DemandRequest,
    Need,
    PointYear,
    Round,
    RoundTitle,
)
from lianxue.distribution.operations.allocation.commit_allocation import commit_allocation
from lianxue.distribution.operations.demand.leave_need import Wish, leave_need
from lianxue.distribution.operations.demand.return_demand import return_demand
from lianxue.distribution.rules import allocation, demand, rounds
from lianxue.kernel.rules import Rule, visible
from lianxue.orgs.public import Actor, Organisation, OrganisationKind

pytestmark = pytest.mark.django_db


def _world(network: Network) -> dict[str, Actor]:
    """Make rounds in several states, demand in every state, and one actor of every kind in every place."""
    prepared_round(network, (3,))
    running = opened_round(network, (9, 9))
    running.save(network.points[0], [1])
    returned = running.ask(network.points[1], [2])
    college = network.actor(network.colleges[0])
    return_demand(actor=college, at=AT, request=returned, reason="请核对")
    running.ask(network.points[3], [3])
    leave_need(
        actor=Actor.visitor(),
        at=AT,
        door=running.door(network.points[0]),
        round=running.round,
        wishes=[Wish(running.titles[0].pk)],
        audience=Audience.TEACHER,
    )
    PointYear.objects.create(point=network.points[0], year=2026, learners=90, stated_at=AT)
    _shared_out(network, decided=False)
    _shared_out(network, decided=True)
    return everybody(network) | {
        f"{place} {n}": network.actor(organisation)
        for place, rows in {
            "college": [*network.colleges, network.elder_university],
            "point": network.points,
        }.items()
        for n, organisation in enumerate(rows)
    }


def _shared_out(network: Network, *, decided: bool) -> DemandRound:
    made = opened_round(network, (9,))
    made.ask(network.points[0], [2])
    made.ask(network.points[5], [2])
    made.end_demand()
    proposal = made.propose()
    if decided:
        commit_allocation(actor=network.office_admin, at=AT, allocation=proposal)
    return made


def _rules() -> Iterator[tuple[Rule[Actor], QuerySet[Model]]]:
    subjects: dict[type[Model], list[Rule[Actor]]] = {
        Round: [
            rounds.RUNS_ROUND,
            rounds.READS_ROUND,
            rounds.SEES_ROUND,
            rounds.OPENED_ABOVE,
            rounds.GATHERS_IN,
            rounds.CHASES_DEMAND,
        ],
        RoundTitle: [rounds.RUNS_ROUND_OF, rounds.READS_ROUND_OF],
        Allocation: [rounds.RUNS_ROUND_OF, rounds.READS_ROUND_OF],
        AllocationLine: [allocation.SEES_ALLOCATION_LINE, allocation.IS_DECIDED],
        DemandBatch: [demand.AGGREGATES_BATCH, demand.RETURNS_BATCH, demand.SEES_BATCH],
        DemandRequest: [
            demand.STATES_DEMAND,
            demand.AGGREGATES_DEMAND,
            demand.SEES_DEMAND,
            demand.WAS_HANDED_IN,
        ],
        Need: [demand.KEEPS_NEED, demand.SEES_NEED],
        Organisation: [demand.OPENS_DOOR, demand.LETS_BE_LATE],
        PointYear: [demand.STATES_LEARNERS, demand.SEES_LEARNERS],
    }
    for model, rules in subjects.items():
        for rule in rules:
            yield rule, model._default_manager.all()


def test_both_halves_of_every_rule_agree() -> None:
    network = small_network()
    actors = _world(network)
    held = dict.fromkeys((rule.name for rule, _rows in _rules()), 0)
    for rule, rows in _rules():
        assert rows.exists(), rule.name
        for who, actor in actors.items():
            listed = set(visible(rows, rule, actor).values_list("pk", flat=True))
            opened = {row.pk for row in rows if rule.holds(actor, row)}
            assert listed == opened, (rule.name, who)
            held[rule.name] += len(opened)
    assert all(held.values()), held  # no rule agrees by never holding


def test_who_sees_which_demand() -> None:
    """Drafts are the point's own; what was handed in is open to its college and everybody above, nobody beside."""
    network = small_network()
    actors = _world(network)
    running = Round.objects.get(state="open")
    seen = {
        who: {
            row.point.code
            for row in visible(DemandRequest.objects.filter(batch__round=running), demand.SEES_DEMAND, actor)
        }
        for who, actor in actors.items()
    }
    assert {who: codes for who, codes in seen.items() if codes} == {
        "office": {"point-2", "point-3"},
        "college": {"point-2"},
        "college 0": {"point-2"},
        "college 1": {"point-3"},
        "point": {"point-1"},
        "point 0": {"point-1"},
        "point 1": {"point-2"},
        "point 3": {"point-3"},
    }


def test_a_province_between_sees_what_is_below_it() -> None:
    network = small_network()
    village = make_organisation("village", OrganisationKind.COMMUNITY_SCHOOL, network.points[0])
    made = opened_round(network, (9,))
    made.ask(village, [2])
    for above in (network.points[0], network.colleges[0], network.office):
        assert (
            visible(
                DemandBatch.objects.filter(requests__isnull=False), demand.SEES_BATCH, network.actor(above)
            ).count()
            == 1
        )
    beside = make_actor(make_organisation("point-10", OrganisationKind.COMMUNITY_SCHOOL, network.colleges[0]))
    assert not visible(DemandRequest.objects.all(), demand.SEES_DEMAND, beside).exists()
