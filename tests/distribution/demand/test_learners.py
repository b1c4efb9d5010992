"""How many learners and teachers a point has: stated by itself, seen by those above."""

import pytest
from django.urls import reverse
from tests.factories.distribution_demand import refused
from tests.factories.orgs import AT, Network, client_for, small_network

from lianxue.distribution.errors import NotAPoint
from lianxue.distribution.models import PointYear
from lianxue.distribution.operations.demand.state_learners import state_learners
from lianxue.distribution.queries.learners import points_with_learners
from lianxue.kernel import clock
from lianxue.kernel.errors import Invalid, NotAllowed
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.public import Actor, Organisation, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


def _state(
    actor: Actor, point: Organisation, learners: int = 320, teachers: int | None = 12, year: int = 2026
) -> PointYear:
    return state_learners(actor=actor, at=AT, point=point, year=year, learners=learners, teachers=teachers)


def test_a_point_states_its_learners_and_mends_them(network: Network) -> None:
    point = network.points[0]
    actor = network.actor(point)
    _state(actor, point)
    again = _state(actor, point, 350, None)
    assert PointYear.objects.get() == again
    assert (again.learners, again.teachers, again.stated_by_id) == (350, None, actor.person_id)
    first, second = AuditEntry.objects.filter(verb="distribution.state_learners").order_by("pk")
    assert first.after == {"learners": 320, "teachers": 12}
    assert (second.before, second.after) == (
        {"learners": 320, "teachers": 12},
        {"learners": 350, "teachers": None},
    )
    _state(actor, point, year=2025)
    assert PointYear.objects.count() == 2


def test_only_the_point_itself(network: Network) -> None:
    point = network.points[0]
    for actor in (
        network.office_admin,
        network.actor(network.colleges[0]),
        network.actor(network.points[1]),
        network.actor(point, Role.DESK_CLERK),
        Actor.visitor(),
    ):
        with refused(NotAllowed, verb="state_learners"):
            _state(actor, point)
    with refused(NotAPoint, verb="state_learners"):
        _state(network.actor(network.colleges[0]), network.colleges[0])


@pytest.mark.parametrize(
    "wrong", [{"learners": -1}, {"teachers": -1}, {"learners": 1_000_001}, {"year": 2027}, {"year": 1999}]
)
def test_numbers_that_cannot_be(network: Network, wrong: dict[str, int]) -> None:
    with refused(Invalid, verb="state_learners"):
        _state(network.actor(network.points[0]), network.points[0], **wrong)


def test_those_above_see_their_points(network: Network) -> None:
    _state(network.actor(network.points[0]), network.points[0])
    _state(network.actor(network.points[3]), network.points[3], 90)

    def seen(actor: Actor) -> dict[str, int | None]:
        return {row.code: row.learners for row in points_with_learners(actor, 2026)}  # type: ignore[attr-defined]

    assert seen(network.actor(network.colleges[0])) == {"point-1": 320, "point-2": None, "care-1": None}
    assert seen(network.office_admin) == {
        "point-1": 320,
        "point-2": None,
        "care-1": None,
        "point-3": 90,
        "point-4": None,
        "branch-1": None,
    }
    assert {row.learners for row in points_with_learners(network.office_admin, 2025)} == {None}  # type: ignore[attr-defined]


def test_the_form_and_the_lists(network: Network) -> None:
    point = client_for(network.actor(network.points[0]))
    url, year = reverse("distribution:learners"), clock.today().year
    assert point.get(url).context["is_stated"] is False
    faulty = point.post(url, {"year": year + 1, "learners": "10"})
    assert faulty.status_code == 422
    assert faulty.context["form"].errors["year"]
    assert point.post(url, {"year": year, "learners": "10", "teachers": ""}).status_code == 302
    row = PointYear.objects.get()
    assert (row.year, row.learners, row.teachers) == (year, 10, None)
    assert point.get(url).context["form"].initial["learners"] == 10
    office = client_for(network.office_admin)
    below = reverse("distribution:learners-all")
    page = office.get(below, {"stated": "yes"})
    assert [one.code for one in page.context["listing"].page] == ["point-1"]
    assert office.get(below, {"stated": "no", "q": "街道"}).context["listing"].page.paginator.count == 2
    assert office.get(below, {"export": "xlsx"}).status_code == 200
