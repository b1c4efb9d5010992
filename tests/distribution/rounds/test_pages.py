"""Pages of rounds, demand, wishes and allocation: presses that are not open, numbers that name nothing, lists.

Who opens which page is walked in ``tests/walk/rounds.py``.
"""

from collections.abc import Mapping

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.distribution_demand import DemandRound, everything, opened_round, prepared_round
from tests.factories.orgs import client_for, make_actor, make_organisation, small_network

from lianxue.distribution.enums import Audience
from lianxue.distribution.models import Allocation, Need, Round
from lianxue.distribution.operations.allocation.commit_allocation import commit_allocation
from lianxue.distribution.operations.demand.leave_need import Wish, leave_need
from lianxue.distribution.operations.demand.return_demand import return_demand
from lianxue.kernel import clock
from lianxue.orgs.public import Actor, OrganisationKind, Role

pytestmark = pytest.mark.django_db


class World:
    """A prepared round, one open for demand, one being shared out and one that was decided."""

    def __init__(self) -> None:
        self.network = small_network()
        at = clock.now()
        self.draft = prepared_round(self.network, {"草稿资源": 5}, at=at)
        self.open = opened_round(self.network, {"太极拳入门": 20, "手机摄影": 9, "家常菜": 4}, at=at)
        points = self.network.points
        self.demand = self.open.ask(points[0], [4, 2])
        self.returned = self.open.ask(points[1], [6])
        college = self.network.actor(self.network.colleges[0])
        return_demand(actor=college, at=at, request=self.returned, reason="请核对班级数")
        self.open.ask(points[3], [1, 1, 1])
        self.door = self.open.door(points[0])
        leave_need(
            actor=Actor.visitor(),
            at=at,
            door=self.door,
            round=self.open.round,
            wishes=[Wish(self.open.titles[0].pk, 2)],
            audience=Audience.TEACHER,
            person_name="李老师",
            note="大字版",
        )
        self.allocating = self._shared_out("分配中", decided=False)
        self.decided = self._shared_out("已配送", decided=True)
        other = make_organisation("office-2", OrganisationKind.GUIDANCE_OFFICE)
        self.stranger = make_actor(other)

    def _shared_out(self, title: str, *, decided: bool) -> DemandRound:
        made = opened_round(self.network, {title: 3}, at=clock.now())
        for point in self.network.points[:3]:
            made.ask(point, [2])
        made.end_demand()
        proposal = made.propose()
        if decided:
            commit_allocation(actor=self.network.office_admin, at=clock.now(), allocation=proposal)
        return made

    @property
    def people(self) -> dict[str, Actor | None]:
        network = self.network
        return {
            "office": network.office_admin,
            "reviewer": network.actor(network.office, Role.RESOURCE_REVIEWER),
            "auditor": network.actor(network.office, Role.AUDITOR),
            "college": network.actor(network.colleges[0]),
            "other college": network.actor(network.colleges[1]),
            "point": network.actor(network.points[0]),
            "other point": network.actor(network.points[3]),
            "desk": network.actor(network.points[0], Role.DESK_CLERK),
            "supplier": network.supplier_clerk,
            "stranger": self.stranger,
            "visitor": None,
        }


@pytest.fixture
def world() -> World:
    return World()


OFFICE = {"office"}
COLLEGES, POINTS = {"college", "other college"}, {"point", "other point"}


def test_a_press_that_is_not_open_changes_nothing(world: World) -> None:
    """Whoever may not do it gets 404 (or sign-in), whatever they send; nothing changes."""
    proposal = Allocation.objects.get(round=world.allocating.round)
    need = Need.objects.get()
    college, opened, draft = world.network.colleges[0].pk, world.open.round.pk, world.draft.round.pk
    title = world.open.titles[0].pk
    presses: dict[str, tuple[Mapping[str, str], set[str]]] = {
        reverse("distribution:round-new"): ({"name": "x", "year": "2026"}, {"office", "stranger"}),
        reverse("distribution:round-edit", args=[opened]): ({"name": "x", "year": "2026"}, OFFICE),
        reverse("distribution:round-open", args=[draft]): ({}, OFFICE),
        reverse("distribution:round-end-demand", args=[opened]): ({}, OFFICE),
        reverse("distribution:round-close", args=[world.decided.round.pk]): ({"reason": "x"}, OFFICE),
        reverse("distribution:round-pick", args=[draft]): ({"chosen": "1"}, OFFICE),
        reverse("distribution:round-title", args=[draft, world.draft.titles[0].pk]): (
            {"copies": "9"},
            OFFICE,
        ),
        reverse("distribution:round-title-remove", args=[draft, world.draft.titles[0].pk]): ({}, OFFICE),
        reverse("distribution:batch-return", args=[opened, college]): ({"reason": "x"}, OFFICE),
        reverse("distribution:allocation-propose", args=[world.allocating.round.pk]): (
            {"policy": "proportional"},
            OFFICE,
        ),
        reverse("distribution:allocation-commit", args=[proposal.pk]): ({}, OFFICE),
        reverse("distribution:aggregation-point", args=[opened, world.demand.pk]): (
            {"agreed_1": "1"},
            {"college"},
        ),
        reverse("distribution:demand-return", args=[opened, world.demand.pk]): (
            {"back-reason": "x"},
            {"college"},
        ),
        reverse("distribution:batch-submit", args=[opened]): ({}, COLLEGES),
        reverse("distribution:demand", args=[opened]): ({f"quantity_{title}": "3"}, POINTS),
        reverse("distribution:demand-line", args=[opened, title]): ({f"quantity_{title}": "3"}, POINTS),
        reverse("distribution:demand-copy", args=[opened]): ({}, POINTS),
        reverse("distribution:demand-take-back", args=[opened]): ({}, POINTS),
        reverse("distribution:door-open"): ({}, POINTS),
        reverse("distribution:need-remove", args=[need.pk]): ({}, {"point"}),
    }
    before = everything()
    for who, actor in world.people.items():
        client = client_for(actor)
        for url, (data, allowed) in presses.items():
            if who in allowed:
                continue
            status = client.post(url, data).status_code
            assert status == (302 if who == "visitor" else 404), (who, url, status)
    assert everything() == before


def test_what_only_changes_things_is_not_opened_with_get(world: World) -> None:
    opened = world.open.round.pk
    office, point = (
        client_for(world.network.office_admin),
        client_for(world.network.actor(world.network.points[0])),
    )
    for client, name, args in [
        (office, "round-open", [world.draft.round.pk]),
        (office, "round-close", [opened]),
        (office, "round-title-remove", [opened, world.open.titles[0].pk]),
        (point, "demand-copy", [opened]),
        (point, "demand-take-back", [opened]),
        (point, "door-open", []),
        (point, "demand-line", [opened, world.open.titles[0].pk]),
    ]:
        assert client.get(reverse(f"distribution:{name}", args=args)).status_code == 405, name


@pytest.mark.parametrize("number", [0, 999999, 10**18, 10**30])
def test_numbers_that_name_nothing(world: World, number: int) -> None:
    network = world.network
    office, college = client_for(network.office_admin), client_for(network.actor(network.colleges[0]))
    point = client_for(network.actor(network.points[0]))
    names: dict[str, tuple[Client, list[object]]] = {
        "round": (office, [number]),
        "round-titles": (office, [number]),
        "round-title": (office, [world.open.round.pk, number]),
        "round-college": (office, [world.open.round.pk, number]),
        "round-allocation": (office, [number]),
        "allocation-title": (office, [number, number]),
        "allocation-why": (office, [number]),
        "aggregation": (college, [number]),
        "aggregation-title": (college, [world.open.round.pk, number]),
        "aggregation-point": (college, [world.open.round.pk, number]),
        "demand": (point, [number]),
        "wish": (office, ["nobody"]),
    }
    for name, (client, args) in names.items():
        assert client.get(reverse(f"distribution:{name}", args=args)).status_code == 404, name
    line = reverse("distribution:demand-line", args=[world.open.round.pk, number])
    assert point.post(line, {f"quantity_{number}": "1"}).status_code == 422


def test_a_draft_round_is_the_offices_own(world: World) -> None:
    network = world.network
    for actor, name in [
        (network.actor(network.colleges[0]), "aggregation"),
        (network.actor(network.points[0]), "demand"),
    ]:
        assert (
            client_for(actor).get(reverse(f"distribution:{name}", args=[world.draft.round.pk])).status_code
            == 404
        )


def test_lists_can_be_taken_away(world: World) -> None:
    network, opened = world.network, world.open.round.pk
    office, college = client_for(network.office_admin), client_for(network.actor(network.colleges[0]))
    point = client_for(network.actor(network.points[0]))
    for client, name, args in [
        (office, "rounds", []),
        (office, "round-titles", [opened]),
        (office, "round-colleges", [opened]),
        (office, "round-college", [opened, network.colleges[0].pk]),
        (office, "round-needs", [opened]),
        (college, "aggregations", []),
        (college, "aggregation", [opened]),
        (college, "aggregation-points", [opened]),
        (college, "aggregation-needs", [opened]),
        (point, "demands", []),
        (point, "needs", []),
    ]:
        response = client.get(reverse(f"distribution:{name}", args=args), {"export": "xlsx"})
        assert response.status_code == 200, name
        assert response["Content-Type"].endswith("spreadsheetml.sheet"), name
        assert response.getvalue().startswith(b"PK"), name


def test_lists_are_sorted_and_narrowed_without_falling_over(world: World) -> None:
    network, opened = world.network, world.open.round.pk
    office, college = client_for(network.office_admin), client_for(network.actor(network.colleges[0]))
    point = client_for(network.actor(network.points[0]))
    for client, name, args, keys in [
        (office, "rounds", [], ["name", "year", "state", "titles", "copies", "until"]),
        (office, "round-titles", [opened], ["title", "code", "kind", "supplier", "copies", "agreed"]),
        (
            office,
            "round-colleges",
            [opened],
            ["college", "points", "reported", "asked", "agreed", "state", "submitted"],
        ),
        (office, "round-pick", [world.draft.round.pk], ["title", "kind", "provider"]),
        (office, "round-needs", [opened], ["title", "quantity", "audience", "point", "left"]),
        (
            college,
            "aggregation",
            [opened],
            ["title", "points", "learners", "teachers", "asked", "agreed", "supply"],
        ),
        (college, "aggregation-points", [opened], ["point", "state", "titles", "asked", "agreed"]),
        (college, "aggregations", [], ["round", "year", "state", "reported", "until", "submitted"]),
        (point, "needs", [], ["title", "quantity", "audience", "name", "left"]),
        (point, "demands", [], ["round", "year", "until"]),
    ]:
        url = reverse(f"distribution:{name}", args=args)
        for key in [*keys, "nonsense", "pk", "-"]:
            sort = key if len(key) % 2 else f"-{key}"
            assert client.get(url, {"sort": sort}).status_code == 200, (name, sort)
        for asked in (
            {"q": "太极"},
            {"q": "\x00'%"},
            {"q": "长" * 300},
            {"state": "x"},
            {"page": "99"},
            {"page": "x"},
            {"kind": "x"},
        ):
            assert client.get(url, asked).status_code == 200, (name, asked)


def test_other_states_of_the_round_page(world: World) -> None:
    office = client_for(world.network.office_admin)
    for made in (world.draft, world.open, world.allocating, world.decided):
        assert office.get(reverse("distribution:round", args=[made.round.pk])).status_code == 200
        assert office.get(reverse("distribution:round-titles", args=[made.round.pk])).status_code == 200
    Round.objects.filter(pk=world.decided.round.pk).update(state="closed", closed_at=clock.now())
    closed = office.get(reverse("distribution:round", args=[world.decided.round.pk]))
    assert closed.status_code == 200
    assert set(closed.context["offers"]) == {"carry_unmet", "close_unmet"}
    assert office.get(reverse("distribution:round-pick", args=[world.decided.round.pk])).status_code == 302
    assert (
        office.get(reverse("distribution:round-end-demand", args=[world.decided.round.pk])).status_code == 302
    )


def test_home_says_what_waits(world: World) -> None:
    network = world.network

    def titles(actor: Actor) -> list[str]:
        return [str(item.title) for item in client_for(actor).get("/").context["waiting"]]

    name = world.open.round.name
    assert [t for t in titles(network.actor(network.points[2])) if name in t]
    assert not [t for t in titles(network.actor(network.points[0])) if name in t]
    assert [t for t in titles(network.actor(network.points[1])) if name in t]
    assert [t for t in titles(network.actor(network.colleges[0])) if name in t]
    assert [t for t in titles(network.office_admin) if world.allocating.round.name in t]
