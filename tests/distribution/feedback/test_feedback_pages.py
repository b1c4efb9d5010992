"""What readers say, on the pages: without an account, held for the point, then shown."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.factories.asking import queries_of
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import client_for, small_network

from lianxue.distribution.interfaces.web.feedback import public_page
from lianxue.distribution.models import Feedback, PointDoor
from lianxue.distribution.operations.demand.open_point_door import open_point_door
from lianxue.distribution.operations.desk.lend import lend
from lianxue.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def stocked() -> StockedRound:
    return delivered_round(small_network(), {"太极拳入门": 4, "手机摄影": 4}, at=clock.now())


@pytest.fixture
def door(stocked: StockedRound) -> PointDoor:
    return open_point_door(actor=stocked.admin, at=clock.now(), point=stocked.point)


def _url(name: str, *args: object) -> str:
    return reverse(f"distribution:{name}", args=args)


def _leave(stocked: StockedRound, door: PointDoor, **sent: str) -> Any:
    url = _url("feedback-leave", door.token, stocked.entry.pk)
    return Client().post(url, {"stars": "5", "words": "很好", "audience": "learner"} | sent)


def test_from_the_poster_to_the_point_and_back_to_everybody(stocked: StockedRound, door: PointDoor) -> None:
    visitor, admin = Client(), client_for(stocked.admin)
    # No round takes wishes: the page of the poster leads on to what is here.
    assert _url("feedback-titles", door.token) in visitor.get(_url("wish", door.token)).content.decode()
    page = visitor.get(_url("feedback-titles", door.token))
    assert [one["entry"].title for one in page.context["titles"]] == ["太极拳入门", "手机摄影"]
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    found = visitor.get(_url("feedback-titles", door.token), {"q": "摄影"})
    assert [one["entry"].title for one in found.context["titles"]] == ["手机摄影"]
    form = _url("feedback-leave", door.token, stocked.entry.pk)
    assert visitor.get(form).status_code == 200
    done = _leave(stocked, door, stars="4", words="字大图清楚")
    assert done.url == _url("feedback-thanks", door.token)
    assert visitor.get(done.url).status_code == 200
    assert "字大图清楚" not in visitor.get(form).content.decode()

    row = Feedback.objects.get()
    waiting = admin.get("/").content.decode()
    assert _url("feedback") + "?state=waiting" in waiting
    assert "字大图清楚" in admin.get(_url("feedback")).content.decode()
    assert admin.post(_url("feedback-show"), {"chosen": [row.pk]}, follow=True).status_code == 200
    assert "字大图清楚" in visitor.get(form).content.decode()

    entry = admin.get(reverse("resources:entry", args=[stocked.entry.code])).content.decode()
    assert "字大图清楚" in entry

    refused = admin.post(_url("feedback-aside", row.pk), {"reason": ""})
    assert refused.status_code == 422
    admin.post(_url("feedback-aside", row.pk), {"reason": "写错了资源"})
    assert Feedback.objects.get().state == "set_aside"
    assert "字大图清楚" not in visitor.get(form).content.decode()
    entry = admin.get(reverse("resources:entry", args=[stocked.entry.code])).content.decode()
    assert "字大图清楚" not in entry


@pytest.mark.parametrize("sent", [{"stars": ""}, {"stars": "6"}, {"stars": "x"}, {"audience": "king"}])
def test_what_is_wrong_is_said_beside_it(
    stocked: StockedRound, door: PointDoor, sent: dict[str, str]
) -> None:
    answer = _leave(stocked, door, **sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, list(sent))
    assert not Feedback.objects.exists()


def test_a_machine_is_thanked_and_nothing_is_kept(stocked: StockedRound, door: PointDoor) -> None:
    assert _leave(stocked, door, website="http://example.org").status_code == 302
    assert not Feedback.objects.exists()


def test_one_address_cannot_flood_a_point(
    stocked: StockedRound, door: PointDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_page, "MOST_FROM_ADDRESS", 2)
    assert [_leave(stocked, door).status_code for _ in range(3)] == [302, 302, 422]
    assert Feedback.objects.count() == 2


def test_the_same_form_sent_twice_counts_once(stocked: StockedRound, door: PointDoor) -> None:
    for _ in range(2):
        assert _leave(stocked, door, request_key="0f8fad5b-d9cb-469f-a165-70867728950e").status_code == 302
    assert Feedback.objects.count() == 1


def test_foreign_rows_cannot_be_shown(stocked: StockedRound, door: PointDoor) -> None:
    _leave(stocked, door)
    other = client_for(stocked.network.actor(stocked.network.points[1]))
    row = Feedback.objects.get()
    assert other.post(_url("feedback-aside", row.pk), {"reason": "玩笑"}).status_code == 404
    for chosen in ([row.pk], ["x"], [10**17]):
        other.post(_url("feedback-show"), {"chosen": chosen})
    assert Feedback.objects.get().state == "waiting"


def test_the_desk_writes_it_down_from_the_loan(stocked: StockedRound) -> None:
    loan = lend(
        actor=stocked.desk,
        at=clock.now(),
        point=stocked.point,
        entry=stocked.entry,
        borrower_name="王小明",
    )
    desk = client_for(stocked.desk)
    assert _url("loan-feedback", loan.pk) in desk.get(_url("loan", loan.pk)).content.decode()
    back = desk.post(_url("loan-return", loan.pk), follow=True)
    assert _url("loan-feedback", loan.pk) in back.content.decode()
    assert desk.post(_url("loan-feedback", loan.pk), {"stars": "", "words": "好"}).status_code == 422
    done = desk.post(_url("loan-feedback", loan.pk), {"stars": "3", "words": "后面有点深"}, follow=True)
    assert "后面有点深" in done.content.decode()
    for page in (_url("loan", loan.pk), f"{_url('desk')}?done={loan.pk}"):
        assert _url("loan-feedback", loan.pk) not in desk.get(page).content.decode()


def test_the_list_asks_as_often_for_one_as_for_many_and_leaves_as_a_spreadsheet(
    stocked: StockedRound, door: PointDoor
) -> None:
    admin = client_for(stocked.admin)
    _leave(stocked, door)
    one = queries_of(admin, _url("feedback"))
    for _ in range(5):
        _leave(stocked, door)
    assert queries_of(admin, _url("feedback")) == one
    public = queries_of(Client(), _url("feedback-titles", door.token))
    delivered_round(stocked.network, {"家常菜": 2, "沪剧": 2}, at=clock.now())
    assert queries_of(Client(), _url("feedback-titles", door.token)) == public
    sheet = admin.get(_url("feedback"), {"export": "xlsx"})
    assert sheet["Content-Type"].startswith("application/vnd.openxmlformats")
    college = client_for(stocked.network.actor(stocked.network.colleges[0]))
    assert "很好" in college.get(_url("feedback")).content.decode()
