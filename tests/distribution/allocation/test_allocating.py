"""Ending the demand, proposing, deciding, closing."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.distribution_demand import DemandRound, opened_round, prepared_round, refused
from tests.factories.orgs import AT, Network, make_actor, make_organisation, small_network

from lianxue.distribution.enums import PlaceKind, ShipmentState
from lianxue.distribution.errors import ReasonMissing, SupplyChanged
from lianxue.distribution.models import (
    Allocation,
    DemandBatch,
    DemandLine,
    DemandRequest,
    Shipment,
    ShipmentLine,
    StockBalance,
)
from lianxue.distribution.operations.allocation.commit_allocation import commit_allocation
from lianxue.distribution.operations.allocation.policies import ALLOCATION_POLICIES, Rest
from lianxue.distribution.operations.allocation.propose_allocation import propose_allocation
from lianxue.distribution.operations.rounds.change_title import change_title
from lianxue.distribution.operations.rounds.close_round import close_round
from lianxue.distribution.operations.rounds.start_allocating import start_allocating
from lianxue.distribution.queries.allocation import titles_in
from lianxue.distribution.queries.ledger import check_ledger
from lianxue.kernel.errors import Invalid, NotAllowed, Unmet, WrongState
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.public import Actor, Chain, OrganisationKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> DemandRound:
    """Two titles, 10 and 3 copies: five points ask for 20 and 5."""
    made = opened_round(small_network(), (10, 3, 5))
    points = made.network.points
    for point, copies in zip(points, ([8, 1], [4, 1], [4, 1], [2, 1], [2, 1], [0, 0]), strict=True):
        made.ask(point, copies)
    return made


def _shares(allocation: Allocation) -> dict[str, list[int]]:
    """Return the copies of each title by the codes of the points."""
    rows = allocation.titles.exclude(demand_lines=[]).order_by("title_id")
    return dict(rows.values_list("title__entry__title", "quantities"))


def test_copies_are_shared_out_by_the_policy(made: DemandRound) -> None:
    made.end_demand()
    allocation = made.propose("coverage_first")
    # By code: care-1 asks for 4, point-1 for 8, point-2 for 4, point-3 and point-4 for 2. After one each, 5 copies are
    # left for 3, 7, 3, 1, 1. The highest quotients are 7, 3 (care-1), 3 (point-2), 7/3 and 7/5.
    # Of the second title there are 3 for five who ask for one.
    assert _shares(allocation) == {"选订资源1": [2, 4, 2, 1, 1], "选订资源2": [1, 1, 1, 0, 0]}
    # Filled: 3/5, 5/9, 3/5, 1/3, 1/3, so (1/3 + 2/3 + 5/3 + 4 x 3/5 + 5 x 3/5) = 1/3 + 2/3 + 5/3 + 12/5 + 3 = 121/15
    # and the sum is 109/45: 2 x 121/15 / (5 x 109/45) - 6/5 = 0.1321.
    assert allocation.figures == {
        "titles": 2,
        "lines": 10,
        "supply": 13,
        "asked": 25,
        "agreed": 25,
        "allocated": 13,
        "unmet": 12,
        "points_asking": 5,
        "points_covered": 5,
        "gini": 0.1321,
        "gini_per_learner": None,
        "points_stated": 0,
        "gap": 4,
        "gap_point": made.network.points[0].pk,
        "bands": [0, 0, 2, 1, 2, 0, 0],
    }
    totals = [
        (t.points_asking, t.points_covered, t.agreed, t.allocated, t.unmet) for t in titles_in(allocation)
    ]
    assert totals == [(5, 5, 20, 10, 10), (5, 3, 5, 3, 2), (0, 0, 0, 0, 0)]
    by_point = allocation.points.order_by("point__code").values_list("titles", "asked", "agreed", "allocated")
    assert list(by_point) == [(2, 5, 5, 3), (2, 9, 9, 5), (2, 5, 5, 3), (2, 3, 3, 1), (2, 3, 3, 1)]


def test_in_proportion_means_exactly_that(made: DemandRound) -> None:
    """10 of 20: everybody gets half; 3 of 5: the fractions are equal, so the first three by code get one."""
    made.end_demand()
    assert _shares(made.propose()) == {"选订资源1": [2, 4, 2, 1, 1], "选订资源2": [1, 1, 1, 0, 0]}


def test_only_what_colleges_passed_on_counts(made: DemandRound) -> None:
    made.pass_on(made.network.colleges[1])
    made.round = start_allocating(actor=made.network.office_admin, at=AT, round=made.round)
    assert _shares(made.propose()) == {"选订资源1": [2, 2], "选订资源2": [1, 1]}
    entry = AuditEntry.objects.get(verb="distribution.start_allocating")
    assert entry.after == {"state": "allocating", "submitted": 1, "missing": 2}


def test_what_was_sent_back_and_not_mended_does_not_count(made: DemandRound) -> None:
    from lianxue.distribution.operations.demand.return_demand import return_demand

    row = DemandRequest.objects.get(point=made.network.points[0])
    return_demand(actor=made.network.actor(made.network.colleges[0]), at=AT, request=row, reason="请核对")
    made.end_demand()
    assert _shares(made.propose()) == {"选订资源1": [3, 3, 2, 2], "选订资源2": [1, 1, 1, 0]}


def test_a_second_proposal_replaces_the_first(made: DemandRound) -> None:
    made.end_demand()
    first = made.propose()
    change_title(
        actor=made.network.office_admin,
        at=AT,
        title=made.titles[0],
        copies=20,
        supplier_id=made.network.supplier.pk,
    )
    second = made.propose()
    assert not Allocation.objects.filter(pk=first.pk).exists()
    assert Allocation.objects.count() == 1
    assert _shares(second)["选订资源1"] == [4, 8, 4, 2, 2]


def test_unknown_policies_are_refused(made: DemandRound) -> None:
    made.end_demand()
    with refused(Invalid, verb="propose_allocation"):
        made.propose("by mood")


def test_a_policy_that_gives_away_what_is_not_there_is_stopped(
    made: DemandRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    generous = replace(
        ALLOCATION_POLICIES["proportional"],
        key="generous",
        share_rest=lambda group, _first, _seats: Rest(group.limits, {}),
    )
    monkeypatch.setitem(ALLOCATION_POLICIES._items, "generous", generous)
    made.end_demand()
    with pytest.raises(ValueError, match="generous"):
        made.propose("generous")


def test_deciding_makes_the_shipments_and_enters_the_copies(made: DemandRound) -> None:
    network = made.network
    decided = made.allocate()
    assert (decided.state, decided.committed_at) == ("committed", AT)
    assert (made.round.state, made.round.allocated_at) == ("allocated", AT)
    shipments = list(Shipment.objects.order_by("code"))
    assert [s.point.code for s in shipments] == ["care-1", "point-1", "point-2", "point-3", "point-4"]
    assert {s.state for s in shipments} == {ShipmentState.PREPARING}
    assert [s.code for s in shipments] == [f"2026-{made.round.pk}-{n:04d}" for n in range(1, 6)]
    assert len({s.token for s in shipments}) == 5
    assert all(len(s.token) == 24 for s in shipments)
    assert [[line.quantity for line in s.lines.order_by("title_id")] for s in shipments] == [
        [2, 1],
        [4, 1],
        [2, 1],
        [1],
        [1],
    ]
    assert all(
        lot.allocation_line and lot.allocation_line.quantity == lot.quantity
        for lot in ShipmentLine.objects.all()
    )
    at_supplier = StockBalance.objects.filter(
        place__organisation=network.supplier, place__kind=PlaceKind.SUPPLIER
    )
    assert sorted(at_supplier.values_list("quantity", flat=True)) == [3, 5, 10]
    assert check_ledger().is_sound
    entry = AuditEntry.objects.get(verb="distribution.commit_allocation")
    assert entry.after is not None
    assert (entry.after["shipments"], entry.after["lots"], entry.after["allocated"]) == (5, 8, 13)


def test_two_suppliers_send_two_parcels() -> None:
    network = small_network()
    second = make_organisation("supplier-2", OrganisationKind.SUPPLIER, network.office, chain=Chain.SUPPLY)
    made = prepared_round(network, (10, 10))
    change_title(actor=network.office_admin, at=AT, title=made.titles[1], copies=10, supplier_id=second.pk)
    from lianxue.distribution.operations.rounds.open_round import open_round

    made.round = open_round(actor=network.office_admin, at=AT, round=made.round)
    made.ask(network.points[0], [1, 1])
    made.ask(network.points[1], [1, 0])
    made.allocate()
    parcels = Shipment.objects.order_by("code").values_list("supplier__code", "point__code")
    assert list(parcels) == [("supplier-1", "point-1"), ("supplier-1", "point-2"), ("supplier-2", "point-1")]


def test_a_round_is_decided_once(made: DemandRound) -> None:
    office = made.network.office_admin
    made.end_demand()
    allocation = made.propose()
    decided = commit_allocation(actor=office, at=AT, allocation=allocation, request_key="k")
    assert commit_allocation(actor=office, at=AT, allocation=allocation, request_key="k") == decided
    with refused(WrongState, verb="commit_allocation"):
        commit_allocation(actor=office, at=AT, allocation=allocation)
    with refused(WrongState, verb="propose_allocation"):
        made.propose()
    assert Shipment.objects.count() == 5


def test_supply_that_shrank_in_between_is_noticed(made: DemandRound) -> None:
    made.end_demand()
    allocation = made.propose()
    office, supplier_id = made.network.office_admin, made.network.supplier.pk
    change_title(actor=office, at=AT, title=made.titles[0], copies=9, supplier_id=supplier_id)
    with refused(SupplyChanged, verb="commit_allocation"):
        commit_allocation(actor=office, at=AT, allocation=allocation)
    change_title(actor=office, at=AT, title=made.titles[0], copies=11, supplier_id=supplier_id)
    assert commit_allocation(actor=office, at=AT, allocation=allocation).state == "committed"


def test_strangers_decide_nothing(made: DemandRound) -> None:
    network = made.network
    strangers = [
        make_actor(make_organisation("office-2", OrganisationKind.GUIDANCE_OFFICE)),
        network.actor(network.colleges[0]),
        network.actor(network.points[0]),
        network.supplier_clerk,
        Actor.visitor(),
    ]
    for actor in strangers:
        with refused(NotAllowed, verb="start_allocating"):
            start_allocating(actor=actor, at=AT, round=made.round)
    made.end_demand()
    allocation = made.propose()
    for actor in strangers:
        with refused(NotAllowed, verb="propose_allocation"):
            propose_allocation(actor=actor, at=AT, round=made.round, policy="proportional")
        with refused(NotAllowed, verb="commit_allocation"):
            commit_allocation(actor=actor, at=AT, allocation=allocation)
    commit_allocation(actor=network.office_admin, at=AT, allocation=allocation)
    for actor in strangers:
        with refused(NotAllowed, verb="close_round"):
            close_round(actor=actor, at=AT, round=made.round, reason="x")


def test_nothing_can_be_asked_once_the_demand_has_ended() -> None:
    made = opened_round(small_network(), (3,))
    made.end_demand()
    with refused(Unmet, verb="save_demand"):
        made.save(made.network.points[5], [1])


def test_a_round_in_which_nobody_asked_can_be_carried_through() -> None:
    made = opened_round(small_network(), (3,))
    assert made.allocate().figures["allocated"] == 0
    assert not Shipment.objects.exists()
    assert close_round(actor=made.network.office_admin, at=AT, round=made.round).state == "closed"


def _all_given() -> DemandRound:
    """Share out a round in which everybody gets what they asked for."""
    made = opened_round(small_network(), (10,))
    for point in made.network.points[:5]:
        made.ask(point, [2])
    made.allocate()
    return made


def test_closing_takes_every_receipt_or_a_reason() -> None:
    made = _all_given()
    office, still_open = made.network.office_admin, opened_round(made.network).round
    with refused(ReasonMissing, verb="close_round"):
        close_round(actor=office, at=AT, round=made.round)
    with refused(WrongState, verb="close_round"):
        close_round(actor=office, at=AT, round=still_open, reason="x")
    Shipment.objects.update(state=ShipmentState.RECEIVED, dispatched_at=AT)
    closed = close_round(actor=office, at=AT, round=made.round)
    assert (closed.state, closed.closed_at) == ("closed", AT)


def test_closing_with_a_reason_says_how_many_were_missing() -> None:
    made = _all_given()
    close_round(actor=made.network.office_admin, at=AT, round=made.round, reason="供应单位停业")
    entry = AuditEntry.objects.get(verb="distribution.close_round")
    assert (entry.after, entry.note) == ({"state": "closed", "not_received": 5}, "供应单位停业")


def test_deciding_takes_as_many_queries_for_many_lines_as_for_few() -> None:
    network = small_network()
    _queries_of_a_round(network, points=1)  # makes the supplier's place in the ledger
    few = _queries_of_a_round(network, points=2)
    many = _queries_of_a_round(network, points=40)
    assert few == many
    assert many["propose"] <= 16
    assert many["commit"] <= 40


def _queries_of_a_round(network: Network, *, points: int) -> dict[str, int]:
    """Count the queries of sharing out 12 titles over so many points, asked for in bulk."""
    made = opened_round(network, tuple(points * 2 for _ in range(12)))
    batch = DemandBatch.objects.get(round=made.round, college=network.colleges[0])
    more = [
        make_organisation(f"more-{points}-{n}", OrganisationKind.COMMUNITY_SCHOOL, network.colleges[0])
        for n in range(points)
    ]
    requests = DemandRequest.objects.bulk_create(
        DemandRequest(batch=batch, point=point, state="submitted", submitted_at=AT) for point in more
    )
    DemandLine.objects.bulk_create(
        DemandLine(request=row, title=title, asked=3, agreed=3) for row in requests for title in made.titles
    )
    made.end_demand()
    counts = {}
    with CaptureQueriesContext(connection) as captured:
        allocation = made.propose()
    counts["propose"] = len(captured)
    with CaptureQueriesContext(connection) as captured:
        commit_allocation(actor=network.office_admin, at=AT, allocation=allocation)
    counts["commit"] = len(captured)
    assert ShipmentLine.objects.filter(shipment__round=made.round).count() == points * 12
    return counts
