"""The pages of sharing out, as the office and those concerned use them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.distribution_demand import DemandRound, opened_round
from tests.factories.orgs import Network, client_for, small_network

from lianxue.distribution.models import Allocation, AllocationLine, DemandLine, Shipment
from lianxue.distribution.operations.allocation.commit_allocation import commit_allocation
from lianxue.kernel import clock
from lianxue.orgs.public import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


@pytest.fixture
def office(network: Network) -> Client:
    return client_for(network.office_admin)


def _url(name: str, *args: object) -> str:
    return reverse(f"distribution:{name}", args=args)


def _ready(network: Network, copies: tuple[int, ...] = (5,)) -> DemandRound:
    made = opened_round(network, copies, at=clock.now())
    for point, wanted in zip(network.points[:4], (6, 3, 1, 2), strict=True):
        made.ask(point, [wanted] * len(copies))
    made.end_demand()
    return made


def _lines(made: DemandRound) -> list[DemandLine]:
    return list(DemandLine.objects.filter(title=made.titles[0]).order_by("-asked"))


def test_two_ways_are_compared_and_one_is_decided(network: Network, office: Client) -> None:
    made = _ready(network)
    empty = office.get(_url("round-allocation", made.round.pk))
    assert empty.context["proposals"] == []
    form = office.get(_url("allocation-propose", made.round.pk))
    keys = [value for value, _label in form.context["form"].fields["policy"].choices]
    assert keys == ["proportional", "coverage_first", "by_needs", "under_served"]
    office.post(_url("allocation-propose", made.round.pk), {"policy": "proportional", "cap": "1"})
    office.post(_url("allocation-propose", made.round.pk), {"policy": "coverage_first"})
    page = office.get(_url("round-allocation", made.round.pk))
    shown = [(one.row.policy, one.filled, one.terms) for one in page.context["proposals"]]
    assert shown == [("proportional", "33.3%", ["每点最多 1 份"]), ("coverage_first", "41.7%", [])]
    # Capped at 1: 1 of 6, 1 of 3, 1 of 1, 1 of 2; one each first: 2 of 6, 1 of 3, 1 of 1, 1 of 2.
    assert [one["values"] for one in page.context["chart"]["series"]] == [
        [0, 1, 1, 1, 0, 0, 1],
        [0, 0, 2, 1, 0, 0, 1],
    ]
    assert [area["state"] for area in page.context["map"]["areas"]] == ["little"]
    chosen = Allocation.objects.get(policy="coverage_first")
    office.post(_url("allocation-commit", chosen.pk))
    assert Shipment.objects.count() == 4
    page = office.get(_url("round-allocation", made.round.pk))
    assert page.context["decided"].row == chosen
    assert not page.context["can_decide"]
    again = office.get(_url("allocation-propose", made.round.pk))
    assert not again.context["can_propose"]


@pytest.mark.parametrize(
    ("sent", "faulty"),
    [
        ({"policy": "by mood"}, "policy"),
        ({}, "policy"),
        ({"policy": "proportional", "cap": "-1"}, "cap"),
        ({"policy": "proportional", "cap": "many"}, "cap"),
        ({"policy": "proportional", "cap": "2", "minimum": "3"}, "minimum"),
    ],
)
def test_a_faulty_form_comes_back(
    network: Network, office: Client, sent: dict[str, str], faulty: str
) -> None:
    made = _ready(network)
    answer = office.post(_url("allocation-propose", made.round.pk), sent)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [faulty]
    assert not Allocation.objects.exists()


def test_shares_of_districts_are_typed_in_beside_their_colleges(network: Network, office: Client) -> None:
    made = _ready(network)
    url, college = _url("allocation-propose", made.round.pk), network.colleges[0]
    too_much = {f"share_{one.pk}": "60" for one in network.colleges}
    answer = office.post(url, {"policy": "coverage_first", **too_much})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() or answer.context["form"].errors
    office.post(url, {"policy": "coverage_first", f"share_{college.pk}": "40"})
    assert Allocation.objects.get().terms == {"district_shares": {str(college.pk): 40}}


def test_a_number_is_set_by_hand_and_the_point_reads_why(network: Network, office: Client) -> None:
    made = _ready(network)
    proposal = made.propose("coverage_first")
    line = _lines(made)[0]
    url = _url("allocation-number", proposal.pk, line.pk)
    assert office.get(url).context["form"] is not None
    wrong = office.post(url, {"quantity": "7", "reason": "x"})
    assert wrong.status_code == 422
    assert wrong.context["form"].errors["quantity"]
    without = office.post(url, {"quantity": "1", "reason": ""})
    assert without.status_code == 422
    answer = office.post(url, {"quantity": "1", "reason": "去年已有"})
    assert answer.status_code == 302
    commit_allocation(actor=network.office_admin, at=clock.now(), allocation=proposal)
    decided = AllocationLine.objects.get(demand_line=line)
    assert decided.quantity == 1
    for actor in (network.actor(network.points[0]), network.actor(network.colleges[0])):
        page = client_for(actor).get(_url("allocation-why", decided.pk))
        assert page.context["form"] is None
        assert [one.reason for one in page.context["explanation"].overrides] == ["去年已有"]
        assert "去年已有" in page.content.decode()
        assert page.context["explanation"].by_policy == 2


def test_who_only_reads_sets_nothing_by_hand(network: Network) -> None:
    made = _ready(network)
    proposal = made.propose()
    reviewer = client_for(network.actor(network.office, Role.RESOURCE_REVIEWER))
    url = _url("allocation-number", proposal.pk, _lines(made)[0].pk)
    assert reviewer.get(url).context["form"] is None
    reviewer.post(url, {"quantity": "1", "reason": "x"})
    assert not proposal.overrides.exists()


def test_a_proposal_is_thrown_away(network: Network, office: Client) -> None:
    made = _ready(network)
    proposal = made.propose()
    office.post(_url("allocation-discard", proposal.pk))
    assert not Allocation.objects.exists()


def test_by_title_and_by_point(network: Network, office: Client) -> None:
    made = _ready(network, (5, 12))
    proposal = made.propose("coverage_first")
    page = office.get(_url("allocation", proposal.pk))
    assert [(row.agreed, row.allocated, row.unmet) for row in page.context["listing"].page] == [
        (12, 5, 7),
        (12, 12, 0),
    ]
    found = office.get(_url("allocation", proposal.pk), {"q": made.titles[1].entry.title})
    assert [row.title_id for row in found.context["listing"].page] == [made.titles[1].pk]
    points = office.get(_url("allocation-points", proposal.pk), {"sort": "-agreed"})
    assert [(row.agreed, row.allocated, row.filled) for row in points.context["listing"].page] == [
        (12, 8, 66),
        (6, 4, 66),
        (4, 3, 75),
        (2, 2, 100),
    ]
    college = network.colleges[1]
    narrowed = office.get(_url("allocation-points", proposal.pk), {"college": college.pk})
    assert [row.point for row in narrowed.context["listing"].page] == [network.points[3]]
    of_point = office.get(_url("allocation-point", proposal.pk, network.points[0].pk))
    assert [row.quantity for row in of_point.context["listing"].page] == [2, 6]
    of_title = office.get(_url("allocation-title", proposal.pk, made.titles[0].pk), {"q": "外滩"})
    assert [row.quantity for row in of_title.context["listing"].page] == [2, 1]


def test_lists_can_be_sorted_and_taken_away(network: Network, office: Client) -> None:
    made = _ready(network)
    proposal = made.propose()
    title, point = made.titles[0].pk, network.points[0].pk
    for name, args, keys in [
        ("allocation", [], ["title", "supply", "asked", "agreed", "allocated", "unmet", "points"]),
        ("allocation-points", [], ["point", "college", "titles", "unmet", "filled", "learners", "nonsense"]),
        ("allocation-title", [title], ["point", "college", "asked", "agreed", "quantity"]),
        ("allocation-point", [point], ["title", "code", "quantity"]),
    ]:
        url = _url(name, proposal.pk, *args)
        for key in keys:
            assert office.get(url, {"sort": f"-{key}"}).status_code == 200, (name, key)
        exported: Any = office.get(url, {"export": "xlsx"})
        assert exported.getvalue().startswith(b"PK"), name
    everything: Any = office.get(_url("allocation-lines", proposal.pk))
    assert everything.getvalue().startswith(b"PK")
    Allocation.objects.update(figures={**proposal.figures, "lines": 1_000_001})
    as_text: Any = office.get(_url("allocation-lines", proposal.pk))
    rows = as_text.getvalue().decode("utf-8-sig").splitlines()
    assert len(rows) == 5
    assert "第" in as_text["Content-Disposition"] or ".csv" in as_text["Content-Disposition"]


@pytest.mark.parametrize("number", [0, 999999, 10**18, 10**30])
def test_numbers_that_name_nothing(network: Network, office: Client, number: int) -> None:
    proposal = _ready(network).propose()
    for name, args in [
        ("round-allocation", [number]),
        ("allocation-propose", [number]),
        ("allocation", [number]),
        ("allocation-points", [number]),
        ("allocation-point", [proposal.pk, number]),
        ("allocation-title", [proposal.pk, number]),
        ("allocation-number", [proposal.pk, number]),
        ("allocation-why", [number]),
        ("allocation-lines", [number]),
    ]:
        assert office.get(_url(name, *args)).status_code == 404, name


def test_pages_ask_the_database_as_often_for_many_as_for_few(network: Network, office: Client) -> None:
    few = opened_round(network, (5,), at=clock.now())
    few.ask(network.points[0], [1])
    few.end_demand()
    small = few.propose()
    many = opened_round(network, tuple([9] * 15), at=clock.now())
    for point in network.points:
        many.ask(point, [1] * 15)
    many.end_demand()
    large = many.propose()

    def queries(name: str, *args: object) -> int:
        office.get(_url(name, *args))
        with CaptureQueriesContext(connection) as captured:
            assert office.get(_url(name, *args)).status_code == 200
        return len(captured)

    point = network.points[0].pk
    for name, one, other in [
        ("round-allocation", [few.round.pk], [many.round.pk]),
        ("allocation-propose", [few.round.pk], [many.round.pk]),
        ("allocation", [small.pk], [large.pk]),
        ("allocation-points", [small.pk], [large.pk]),
        ("allocation-title", [small.pk, few.titles[0].pk], [large.pk, many.titles[0].pk]),
        ("allocation-point", [small.pk, point], [large.pk, point]),
    ]:
        assert queries(name, *one) == queries(name, *other), name
    alone = queries("round-allocation", many.round.pk)
    for policy in ("coverage_first", "by_needs", "under_served"):
        many.propose(policy)
    assert queries("round-allocation", many.round.pk) == alone
