"""Links to online titles: handed out, opened by anybody, counted without names, stopped at once."""

from datetime import date, timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from tests.distribution.online.test_access import online_entry
from tests.factories.asking import queries_of
from tests.factories.distribution_people import everybody, everything_written
from tests.factories.orgs import AT, Network, client_for, small_network
from tests.pages import bare

from lianxue.distribution.errors import AccessEnded
from lianxue.distribution.models import OnlineAccess, OnlineLink, OnlineUse
from lianxue.distribution.operations.online.access import end_access, grant_access
from lianxue.distribution.operations.online.links import make_link, open_link, withdraw_link
from lianxue.distribution.queries.online import (
    link_behind,
    online_figures,
    online_uses_by_point,
    online_uses_by_title,
    signed,
)
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid, NotAllowed, WrongState
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.public import Actor
from lianxue.resources.public import republish_entry, withdraw_entry

pytestmark = pytest.mark.django_db

VISITOR = Actor.visitor("192.0.2.7")


@pytest.fixture
def network() -> Network:
    return small_network()


def access_at(network: Network, number: int = 0, title: str = "在线课程") -> OnlineAccess:
    point, entry = network.points[number], online_entry(title)
    grant_access(actor=network.office_admin, at=AT, entry=entry, points=[point])
    return OnlineAccess.objects.get(entry=entry, point=point)


def link_of(network: Network, access: OnlineAccess, days: int = 7, *, at: object = None) -> OnlineLink:
    return make_link(actor=network.actor(access.point), at=at or clock.now(), access=access, days=days)  # type: ignore[arg-type]


def _look(text: str) -> str:
    return reverse("distribution:online-look", args=[text])


def test_the_staff_of_the_point_hand_out_links_and_nobody_else(network: Network) -> None:
    access = access_at(network)
    succeeded = ""
    for letter, actor in everybody(network).items():
        try:
            link = make_link(actor=actor, at=AT, access=access, days=3, handed_to=" 书法班 ")
        except NotAllowed:
            continue
        succeeded += letter
        assert (link.handed_to, link.expires_at) == ("书法班", AT + timedelta(days=3))
    assert succeeded == "PD"
    before = everything_written()
    for wrong in ({"days": 0}, {"days": 3661}, {"days": 1, "handed_to": "长" * 61}):
        with pytest.raises(Invalid):
            make_link(actor=network.actor(access.point), at=AT, access=access, **wrong)  # type: ignore[arg-type]
    assert everything_written() == before


def test_only_its_point_withdraws_a_link(network: Network) -> None:
    link = link_of(network, access_at(network))
    for letter, actor in everybody(network).items():
        if letter not in "PD":
            with pytest.raises(NotAllowed):
                withdraw_link(actor=actor, at=AT, link=link)
    withdraw_link(actor=network.actor(network.points[0]), at=AT, link=link)
    with pytest.raises(WrongState):
        withdraw_link(actor=network.actor(network.points[0]), at=AT, link=link)


def test_a_visitor_looks_and_goes_and_only_going_is_counted_by_day(network: Network) -> None:
    link = link_of(network, access_at(network))
    visitor, url = Client(), _look(signed(link))
    page = visitor.get(url)
    assert page.status_code == 200
    assert "在线课程" in page.content.decode()
    assert "example.org" not in page.content.decode(), "the way leads past the count"
    go = reverse("distribution:online-go", args=[signed(link)])
    for _ in range(3):
        answer = visitor.get(go)
        assert (answer.status_code, answer["Location"]) == (302, "https://example.org/course")
    assert visitor.head(go).status_code == 302
    assert visitor.post(go).status_code == 405
    assert list(OnlineUse.objects.values_list("link_id", "on", "times")) == [(link.pk, clock.today(), 3)]
    assert not AuditEntry.objects.filter(verb="distribution.open_link").exists()


def test_what_is_over_withdrawn_ended_or_forged_looks_the_same(network: Network) -> None:
    office, now = network.office_admin, clock.now()
    over = link_of(network, access_at(network, 0, "一"), days=2, at=now - timedelta(days=3))
    taken = link_of(network, access_at(network, 0, "二"))
    withdraw_link(actor=network.actor(network.points[0]), at=now, link=taken)
    ended = link_of(network, access_at(network, 0, "三"))
    end_access(actor=office, at=now, access=ended.access, reason="授权到期")
    gone = link_of(network, access_at(network, 0, "四"))
    withdraw_entry(actor=office, at=now, entry=gone.access.entry, reason="版权到期")
    good = signed(link_of(network, access_at(network, 0, "五")))
    number, _, signature = good.partition(":")
    forged = [
        "x",
        f"{int(number) - 1}:{signature}",
        f"{number}:{signature[:-1]}",
        f"{number}:{signature.swapcase()}",
        number,
        signing.Signer(salt="another purpose").sign(number),
        signing.Signer(salt="lianxue.distribution.online").sign("999999"),
    ]
    texts = [*map(signed, (over, taken, ended, gone)), *forged]
    pages = set()
    for text in texts:
        assert link_behind(text, now) is None, text
        for name in ("online-look", "online-go"):
            answer = Client().get(reverse(f"distribution:{name}", args=[text]))
            assert answer.status_code == 404
            pages.add(bare(answer))
    assert len(pages) == 1, "what is over must not be told from what never was"
    assert not OnlineUse.objects.exists()
    assert link_behind(good, now) is not None
    republish_entry(actor=office, at=now, entry=gone.access.entry, reason="续约")
    assert link_behind(signed(gone), now) == gone


def test_no_link_is_made_for_what_cannot_be_opened(network: Network) -> None:
    access = access_at(network)
    end_access(actor=network.office_admin, at=AT, access=access, reason="授权到期")
    with pytest.raises(AccessEnded):
        link_of(network, access)
    link = OnlineLink(access=access, made_at=AT, expires_at=AT + timedelta(days=1))
    link.save()
    assert open_link(actor=VISITOR, at=AT, link=link) == ""
    assert not OnlineUse.objects.exists()


def test_uses_add_up_by_point_title_and_area(network: Network) -> None:
    day = local_date(AT)
    for number, title, times in ((0, "甲", 3), (0, "乙", 1), (3, "丙", 2)):
        link = link_of(network, access_at(network, number, title), at=AT)
        for count in range(times):
            open_link(actor=VISITOR, at=AT + timedelta(days=count), link=link)
    first, fourth = network.points[0].pk, network.points[3].pk
    week = (day, day + timedelta(days=6))
    assert online_uses_by_point([first, fourth], *week) == {first: 4, fourth: 2}
    assert online_uses_by_point([first, fourth], day, day) == {first: 2, fourth: 1}
    assert sorted(online_uses_by_title([first], *week).values()) == [1, 3]
    office = online_figures(network.office_admin, *week)
    assert (office.titles, office.points, office.times) == (3, 2, 6)
    college = online_figures(network.actor(network.colleges[0]), *week)
    assert (college.titles, college.points, college.times) == (2, 1, 4)
    assert online_figures(network.office_admin, date(2020, 1, 1), date(2020, 1, 2)).times == 0


def test_the_pages_of_point_and_office(network: Network) -> None:
    access = access_at(network)
    desk, office = client_for(network.actor(access.point)), client_for(network.office_admin)
    make = reverse("distribution:online-link-make", args=[access.pk])
    assert desk.post(make, {"days": ""}).status_code == 422
    shown = desk.post(make, {"days": "14", "handed_to": "书法班"}).url
    link = OnlineLink.objects.get()
    assert shown == reverse("distribution:online-link", args=[link.pk])
    page = desk.get(shown)
    assert page.context["url"].endswith(_look(signed(link)))
    sheet = desk.get(reverse("distribution:online-link-sheet", args=[link.pk]))
    assert sheet.content.startswith(b"%PDF")
    withdrawn = desk.post(reverse("distribution:online-link-withdraw", args=[link.pk]), follow=True)
    assert withdrawn.status_code == 200
    assert desk.get(reverse("distribution:online-link-sheet", args=[link.pk])).status_code == 404
    grant = reverse("distribution:online-grant")
    assert office.post(grant, {"code": "nothing"}).status_code == 422
    code, unit = access.entry.code, network.colleges[1].pk
    assert office.post(grant, {"code": code, "unit": unit}).status_code == 302
    assert OnlineAccess.objects.filter(entry=access.entry).count() == 3
    end = reverse("distribution:online-end", args=[access.pk])
    assert office.post(end, {"reason": ""}).status_code == 422
    assert office.post(end, {"reason": "授权到期"}).status_code == 302
    access.refresh_from_db()
    assert access.ended_reason == "授权到期"


def test_lists_ask_as_often_for_one_as_for_many(network: Network) -> None:
    access = access_at(network)
    link_of(network, access)
    point, office = client_for(network.actor(access.point)), client_for(network.office_admin)
    title = reverse("distribution:online-title", args=[access.pk])
    urls = [
        (point, reverse("distribution:online")),
        (office, reverse("distribution:online")),
        (point, title),
    ]
    with_one = [queries_of(client, url) for client, url in urls]
    for number in range(4):
        more = access_at(network, number % 2, f"资源{number}")
        link_of(network, more)
        link_of(network, access)
    assert [queries_of(client, url) for client, url in urls] == with_one
