"""The public page of a point: open to everybody, very simple, hard to misuse; and the wishes as the point sees them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.factories.asking import queries_of
from tests.factories.distribution_demand import DemandRound, opened_round
from tests.factories.orgs import Network, client_for, small_network
from tests.factories.resources import make_entry

from lianxue.distribution.interfaces.web.rounds import wishes
from lianxue.distribution.models import Need, PointDoor, RoundTitle
from lianxue.distribution.operations.rounds.round_particulars import RoundDays
from lianxue.kernel import clock
from lianxue.resources.enums import ResourceKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def network() -> Network:
    return small_network()


@pytest.fixture
def made(network: Network) -> DemandRound:
    return opened_round(network, {"太极拳入门": 9, "手机摄影": 9, "家常菜": 9}, at=clock.now())


@pytest.fixture
def door(made: DemandRound) -> PointDoor:
    return made.door(made.network.points[0])


def _url(name: str, *args: object) -> str:
    return reverse(f"distribution:{name}", args=args)


def _leave(made: DemandRound, door: PointDoor, numbers: dict[int, str], **more: str) -> Any:
    sent = {f"quantity_{made.titles[n].pk}": typed for n, typed in numbers.items()}
    return Client().post(_url("wish-leave", door.token), {"audience": "learner"} | sent | more)


def test_a_wish_from_the_list_to_thank_you(made: DemandRound, door: PointDoor) -> None:
    visitor = Client()
    page = visitor.get(_url("wish", door.token))
    assert [one["title"] for one in page.context["offers"]] == ["太极拳入门", "手机摄影", "家常菜"]
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    chosen = {f"quantity_{made.titles[1].pk}": "2", f"quantity_{made.titles[2].pk}": ""}
    review = visitor.get(_url("wish-leave", door.token), chosen)
    assert [(one["title"], one["typed"]) for one in review.context["offers"]] == [("手机摄影", "2")]
    done = _leave(
        made, door, {1: "2"}, audience="teacher", note="大字版", person_name="李老师", something_else="沪剧"
    )
    assert done.url == _url("wish-thanks", door.token)
    assert visitor.get(done.url).status_code == 200
    rows = list(
        Need.objects.order_by("pk").values_list(
            "title__entry__title", "quantity", "audience", "person_name", "note"
        )
    )
    assert rows == [("手机摄影", 2, "teacher", "李老师", "大字版"), (None, 1, "teacher", "李老师", "沪剧")]


def test_searching_keeps_what_was_chosen(made: DemandRound, door: PointDoor) -> None:
    disc = make_entry("越剧名段", ResourceKind.DISC)
    title = RoundTitle.objects.create(
        round=made.round, entry=disc, supplier=made.network.supplier, copies_available=5
    )
    chosen = f"quantity_{made.titles[0].pk}"
    page = Client().get(_url("wish", door.token), {"q": "手机", chosen: "2"})
    assert [one["title"] for one in page.context["offers"]] == ["手机摄影"]
    assert page.context["kept"] == [(made.titles[0].pk, "2")]
    assert f'name="{chosen}" value="2"' in page.content.decode()
    discs = Client().get(_url("wish", door.token), {"kind": "disc"})
    assert [one["pk"] for one in discs.context["offers"]] == [title.pk]
    for asked in (
        {"q": "没有这个"},
        {"q": "\x00'%_"},
        {"q": "长" * 500},
        {"kind": "nonsense"},
        {chosen: "-3"},
        {"quantity_x": "1"},
    ):
        assert Client().get(_url("wish", door.token), asked).status_code == 200


@pytest.mark.parametrize("typed", ["-1", "201", "1.5", "几本", "9" * 60])
def test_numbers_that_cannot_be(made: DemandRound, door: PointDoor, typed: str) -> None:
    answer = _leave(made, door, {0: typed})
    assert answer.status_code == 422
    assert [bool(one["fault"]) for one in answer.context["offers"]] == [True]
    assert not Need.objects.exists()


def test_nothing_wished_for(made: DemandRound, door: PointDoor) -> None:
    for numbers in ({}, {0: ""}, {0: "0"}):
        answer = _leave(made, door, numbers)
        assert answer.status_code == 422
        assert answer.context["fault"]
    assert not Need.objects.exists()


def test_other_bad_input(made: DemandRound, door: PointDoor) -> None:
    other = opened_round(made.network, {"别的轮次": 3}, at=clock.now())
    assert (
        wishes.round_for_door(door, clock.today()) == other.round
    )  # the newest is the one that takes wishes
    for sent in (
        {f"quantity_{made.titles[0].pk}": "1"},  # a title of the older round
        {"quantity_0": "1"},
        {"quantity_99999999999": "1"},
        {"something_else": "长" * 301},
        {"something_else": "x", "person_name": "长" * 41},
        {"something_else": "x", "audience": "nobody"},
        {"something_else": "x\x00y"},
    ):
        answer = Client().post(_url("wish-leave", door.token), {"audience": "learner"} | sent)
        assert answer.status_code == 422, sent
    assert not Need.objects.exists()


def test_machines_that_fill_in_everything_are_thanked_and_forgotten(
    made: DemandRound, door: PointDoor
) -> None:
    done = _leave(made, door, {0: "1"}, website="http://spam.example")
    assert done.url == _url("wish-thanks", door.token)
    assert not Need.objects.exists()


def test_a_form_sent_twice_is_one_wish(made: DemandRound, door: PointDoor) -> None:
    for _click in range(2):
        _leave(made, door, {0: "1"}, request_key="one")
    assert Need.objects.count() == 1


def test_too_many_from_one_address(
    made: DemandRound, door: PointDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wishes, "MOST_FROM_ADDRESS", 3)
    answers = [_leave(made, door, {0: "1"}).status_code for _time in range(5)]
    assert answers == [302, 302, 302, 422, 422]
    assert Need.objects.count() == 3
    sent = {"audience": "learner", f"quantity_{made.titles[0].pk}": "1"}
    elsewhere = Client(REMOTE_ADDR="192.0.2.9").post(_url("wish-leave", door.token), sent)
    assert elsewhere.status_code == 302


def test_too_many_at_one_door(made: DemandRound, door: PointDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishes, "MOST_AT_DOOR", 2)
    sent = {"audience": "learner", f"quantity_{made.titles[0].pk}": "1"}
    answers = [
        Client(REMOTE_ADDR=f"192.0.2.{n}").post(_url("wish-leave", door.token), sent).status_code
        for n in range(4)
    ]
    assert answers == [302, 302, 422, 422]
    other = made.door(made.network.points[1])
    assert Client().post(_url("wish-leave", other.token), sent).status_code == 302


def test_when_nothing_is_being_ordered_the_page_says_so(network: Network) -> None:
    yesterday = clock.today() - timedelta(days=1)
    made = opened_round(network, (9,), days=RoundDays(demand_until=yesterday), at=clock.now())
    door = made.door(network.points[0])
    page = Client().get(_url("wish", door.token))
    assert page.status_code == 200
    assert "目前没有开放选订" in page.content.decode()
    assert Client().get(_url("wish-leave", door.token)).status_code == 302
    assert _leave(made, door, {0: "1"}).status_code == 302
    assert not Need.objects.exists()


def test_the_public_page_needs_no_session_and_sets_no_track(door: PointDoor) -> None:
    page = Client().get(_url("wish", door.token))
    assert set(page.cookies) <= {"csrftoken"}


def test_the_point_opens_its_door_and_prints_the_poster(network: Network, made: DemandRound) -> None:
    point = client_for(network.actor(network.points[4]))
    assert point.get(_url("need-poster")).status_code == 404
    assert point.get(_url("needs")).context["door"] is None
    point.post(_url("door-open"))
    page = point.get(_url("needs"))
    door = PointDoor.objects.get(point=network.points[4])
    assert page.context["url"].endswith(_url("wish", door.token))
    assert "<svg" in page.content.decode()
    poster = point.get(_url("need-poster"))
    assert poster["Content-Type"] == "application/pdf"
    assert poster.content.startswith(b"%PDF")
    point.post(_url("door-open"))
    assert PointDoor.objects.get(point=network.points[4]).token == door.token


def test_names_are_for_the_point_only(network: Network, made: DemandRound, door: PointDoor) -> None:
    _leave(made, door, {0: "1"}, person_name="王小明", something_else="沪剧光盘")
    own = client_for(network.actor(network.points[0])).get(_url("needs"))
    assert "王小明" in own.content.decode()
    college = client_for(network.actor(network.colleges[0])).get(_url("aggregation-needs", made.round.pk))
    office = client_for(network.office_admin).get(_url("round-needs", made.round.pk))
    for page in (college, office):
        assert "沪剧光盘" in page.content.decode()
        assert "王小明" not in page.content.decode()
    foreign = client_for(network.actor(network.colleges[1])).get(_url("aggregation-needs", made.round.pk))
    assert "沪剧光盘" not in foreign.content.decode()
    for client, url in [
        (client_for(network.actor(network.colleges[0])), _url("aggregation-needs", made.round.pk)),
        (client_for(network.office_admin), _url("round-needs", made.round.pk)),
    ]:
        table = client.get(url, {"export": "xlsx"}).getvalue()
        assert "王小明".encode() not in _inside(table)


def _inside(workbook: bytes) -> bytes:
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(workbook)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())


def test_wishes_are_found_and_taken_away(network: Network, made: DemandRound, door: PointDoor) -> None:
    _leave(made, door, {0: "1"}, note="大字版")
    _leave(made, door, {1: "1"}, audience="teacher")
    _leave(made, door, {}, something_else="沪剧光盘")
    point = client_for(network.actor(network.points[0]))

    def found(**asked: str) -> int:
        count: int = point.get(_url("needs"), asked).context["listing"].page.paginator.count
        return count

    assert (found(), found(q="大字"), found(q="手机"), found(audience="teacher"), found(offered="no"), found(offered="yes")) == (
        3, 1, 1, 1, 1, 2,
    )  # fmt: skip
    need = Need.objects.get(title=None)
    point.post(_url("need-remove", need.pk))
    assert found() == 2
    assert point.post(_url("need-remove", need.pk)).status_code == 404


def test_pages_ask_the_database_as_often_for_many_as_for_few(network: Network) -> None:
    few = opened_round(network, (9,), at=clock.now())
    door = few.door(network.points[0])
    one = queries_of(Client(), _url("wish", door.token))
    point = client_for(network.actor(network.points[0]))
    _leave(few, door, {0: "1"})
    own = queries_of(point, _url("needs"))
    many = opened_round(network, tuple([9] * 20), at=clock.now())
    assert queries_of(Client(), _url("wish", door.token)) == one
    for n in range(12):
        _leave(many, door, {n: "1"})
    assert queries_of(point, _url("needs")) == own
