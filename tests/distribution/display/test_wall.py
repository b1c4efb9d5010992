"""The wall of photographs: by picture, by point, by receipt; who has none; always the same number of queries."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.factories.asking import queries_of
from tests.factories.display import scene
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import Network, client_for, small_network

from lianxue.distribution.operations.display.corner import refresh_corner, set_up_corner
from lianxue.distribution.operations.display.office_terms import set_office_terms
from lianxue.distribution.operations.display.photographs import add_display_photo
from lianxue.kernel import clock
from lianxue.orgs.public import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


def _photograph(stocked: StockedRound, point: Organisation, seed: int) -> None:
    admin = stocked.network.actor(point)
    receipt = next(s.receipt for s in stocked.shipments if s.point_id == point.pk)
    set_up_corner(actor=admin, at=clock.now(), point=point, location="二楼")
    add_display_photo(actor=admin, at=clock.now(), point=point, upload=scene(seed), receipt=receipt)


def _names(network: Network, page: str, asked: dict[str, str]) -> list[str]:
    answer = client_for(network.office_admin).get(reverse(f"distribution:{page}"), asked)
    rows = answer.context["page"] if page == "photos" else answer.context["listing"].page
    return [
        row.corner.point.name
        if page == "photos"
        else row.point.name
        if page.endswith("receipts")
        else row.name
        for row in rows
    ]


def test_the_wall_is_narrowed_by_unit_round_and_kind(network: Network) -> None:
    points = [network.points[0], network.points[3]]
    first, second = (
        delivered_round(network, (2,), points=points),
        delivered_round(network, (2,), points=points),
    )
    _photograph(first, points[0], 1)
    _photograph(second, points[1], 2)
    here, there = (point.name for point in points)
    assert _names(network, "photos", {}) == [there, here]
    assert _names(network, "photos", {"unit": str(network.colleges[0].pk)}) == [here]
    assert _names(network, "photos", {"round": str(second.round.pk)}) == [there]
    assert _names(network, "photos", {"q": here[:3]}) == [here]
    assert _names(network, "photos", {"show": "corner"}) == []
    assert _names(network, "photos", {"unit": "999999"}) == [there, here], "what is no unit narrows nothing"
    assert sorted(_names(network, "photos-receipts", {"show": "some"})) == sorted([there, here])
    assert sorted(_names(network, "photos-receipts", {"show": "none"})) == sorted([there, here])
    college = client_for(network.actor(network.colleges[0])).get(reverse("distribution:photos"))
    assert "unit" not in college.context["form"].fields
    assert [photo.corner.point.name for photo in college.context["page"]] == [here]


def test_points_are_found_by_what_is_missing(network: Network) -> None:
    stocked = delivered_round(network, (2,), points=network.points[:2], at=clock.now())
    _photograph(stocked, network.points[0], 1)
    everyone = [point.name for point in sorted(network.points, key=lambda point: point.code)]
    without = [name for name in everyone if name != network.points[0].name]
    assert _names(network, "photos-points", {}) == everyone
    assert _names(network, "photos-points", {"show": "no_corner"}) == without
    assert _names(network, "photos-points", {"show": "no_photo"}) == without
    assert _names(network, "photos-points", {"show": "owing"}) == [network.points[1].name]
    assert _names(network, "photos-points", {"show": "due"}) == []
    set_office_terms(
        actor=network.office_admin,
        at=clock.now(),
        office=network.office,
        refresh_days=10,
        keep_names_days=None,
    )
    admin = network.actor(network.points[0])
    assert _names(network, "photos-points", {"show": "due"}) == [network.points[0].name]
    refresh_corner(
        actor=admin,
        at=clock.now(),
        point=network.points[0],
        refreshed_on=clock.today() - timedelta(days=9),
    )
    assert _names(network, "photos-points", {"show": "due"}) == []
    book = client_for(network.office_admin).get(reverse("distribution:photos-points"), {"export": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(book.streaming_content))).worksheets[0]
    assert sheet.max_row == len(everyone) + 1


def test_every_view_asks_as_often_for_one_as_for_many(network: Network) -> None:
    office = client_for(network.office_admin)
    urls = [reverse(f"distribution:{name}") for name in ("photos", "photos-points", "photos-receipts")]
    one = delivered_round(network, (2,), points=network.points[:1])
    _photograph(one, network.points[0], 1)
    with_one = [queries_of(office, url) for url in urls]
    many = delivered_round(network, (2, 1), points=network.points)
    for number, point in enumerate(network.points):
        _photograph(many, point, 10 + number)
    assert [queries_of(office, url) for url in urls] == with_one
