"""The pages of notices as people use them."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from tests.factories.orgs import AT, Network, client_for, make_person, small_network
from tests.notices.receivers import LOCAL, Mailbox, mail_server
from tests.notices.trial import KIND, confirm, send_all

from lianxue.accounts.models import Person
from lianxue.kernel import clock
from lianxue.kernel.models import AuditEntry
from lianxue.notices.models import Choice, ConfirmedAddress, Delivery, Notice, Robot
from lianxue.notices.public import notify
from lianxue.orgs.models import Actor
from lianxue.orgs.public import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with (
        mail_server() as box,
        override_settings(EMAIL_HOST=LOCAL, EMAIL_PORT=box.port, EMAIL_USE_SSL=False, EMAIL_USE_TLS=False),
    ):
        yield box


def tell(actor: Actor, title: str = "新消息", **more: object) -> Notice:
    message = notify(
        at=AT,
        kind=KIND,
        title=title,
        url="/profile/",
        organisation_ids=[actor.organisation_id or 0],
        **more,  # type: ignore[arg-type]
    )
    return Notice.objects.get(message=message, person_id=actor.person_id)


def bell(client: Client) -> str:
    found = re.search(r'class="tool-button bell".*?</a>', client.get("/profile/").content.decode(), re.DOTALL)
    assert found
    number = re.search(r"(\d+)</span></a>", found[0])
    return number[1] if number else ""


def test_bell_counts_and_opening_one_marks_it_and_goes_there(network: Network) -> None:
    actor = network.actor(network.points[0])
    client = client_for(actor)
    assert bell(client) == ""
    first, _second = tell(actor, "第一件"), tell(actor, "第二件")
    assert bell(client) == "2"
    response = client.get(f"/notices/{first.pk}/")
    assert (response.status_code, response["Location"]) == (302, "/profile/")
    first.refresh_from_db()
    read_at = first.read_at
    assert read_at is not None
    assert bell(client) == "1"
    client.get(f"/notices/{first.pk}/")
    first.refresh_from_db()
    assert first.read_at == read_at
    text = client.get("/notices/").content.decode()
    assert text.index("第二件") < text.index("第一件")


def test_mark_all_and_only_own(network: Network) -> None:
    mine, other = network.actor(network.points[0]), network.actor(network.points[1])
    client = client_for(mine)
    for actor in (mine, mine, other):
        tell(actor)
    assert client.post("/notices/read/").status_code == 302
    assert list(Notice.objects.filter(read_at=None).values_list("person", flat=True)) == [other.person_id]
    client.post("/notices/read/", {"chosen": [Notice.objects.get(read_at=None).pk]})
    assert Notice.objects.filter(read_at=None).count() == 1


def test_filter_by_kind_and_unread(network: Network) -> None:
    actor = network.actor(network.points[0])
    client = client_for(actor)
    notice = tell(actor, "只此一件")
    assert "只此一件" in client.get(f"/notices/?kind={KIND}&unread=on").content.decode()
    client.get(f"/notices/{notice.pk}/")
    assert "只此一件" not in client.get("/notices/?unread=on").content.decode()
    assert "只此一件" in client.get("/notices/?unread=").content.decode()
    assert client.get("/notices/?export=xlsx").status_code == 200


def test_list_needs_as_many_queries_for_one_as_for_many(network: Network) -> None:
    actor = network.actor(network.points[0])
    client = client_for(actor)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/notices/").status_code == 200
        return len(seen)

    tell(actor)
    queries()  # the session is written once
    one = queries()
    for _number in range(15):
        tell(actor)
    assert queries() == one


def test_choices_are_kept_and_used(network: Network, mailbox: Mailbox) -> None:
    actor = network.actor(network.points[0])
    confirm(actor.person_id)
    client = client_for(actor)
    assert 'value="trial.news" checked' in client.get("/notices/preferences/").content.decode()
    assert client.post("/notices/preferences/", {"robot": [KIND]}).status_code == 302
    choice = Choice.objects.get(person_id=actor.person_id, kind=KIND)
    assert (choice.by_email, choice.by_robot) == (False, True)
    tell(actor)
    assert Delivery.objects.count() == 0
    client.post("/notices/preferences/", {"email": [KIND]})
    choice.refresh_from_db()
    assert (choice.by_email, choice.by_robot) == (True, False)
    tell(actor)
    assert send_all() == [("sent", "")]


def test_address_is_confirmed_by_the_link_in_the_mail(network: Network, mailbox: Mailbox) -> None:
    actor = network.actor(network.points[0])
    Person.objects.filter(pk=actor.person_id).update(email="wang@example.org")
    client = client_for(actor)
    tell(actor)
    assert Delivery.objects.count() == 0, "nothing is sent to an address that nobody confirmed"
    client.post("/notices/preferences/address/")
    client.post("/notices/preferences/address/")
    assert Delivery.objects.count() == 1, "asked twice, sent once"
    send_all(clock.now())
    (mail,) = mailbox.taken
    link = re.search(r"http://[^/]+(/notices/confirm/\S+/)", mail.get_content())
    assert link, mail.get_content()
    stranger = Client()
    assert stranger.get(link[1]).status_code == 200
    assert ConfirmedAddress.objects.count() == 0, "looking at the page confirms nothing"
    assert stranger.post(link[1]).status_code == 302
    assert ConfirmedAddress.objects.get().email == "wang@example.org"
    assert AuditEntry.objects.filter(verb="notices.confirm_address", outcome="done").count() == 1
    tell(actor)
    assert send_all() == [("sent", ""), ("sent", "")]


def test_a_wrong_or_old_link_confirms_nothing(network: Network, mailbox: Mailbox) -> None:
    actor = network.actor(network.points[0])
    Person.objects.filter(pk=actor.person_id).update(email="wang@example.org")
    client_for(actor).post("/notices/preferences/address/")
    send_all(clock.now())
    link = re.search(r"(/notices/confirm/\S+/)", mailbox.taken[0].get_content())
    assert link
    for wrong in ("/notices/confirm/nothing/", link[1][:-3] + "xx/"):
        assert Client().post(wrong).status_code == 409
    Person.objects.filter(pk=actor.person_id).update(email="new@example.org")
    assert Client().post(link[1]).status_code == 409
    assert ConfirmedAddress.objects.count() == 0


def test_no_address_no_mail(network: Network, mailbox: Mailbox) -> None:
    person = make_person("nobody")
    client = client_for(Actor(person_id=person.pk, person_name="nobody"))
    client.post("/notices/preferences/address/")
    with override_settings(EMAIL_HOST=""):
        client.post("/notices/preferences/address/")
    assert Delivery.objects.count() == 0
    assert [
        e.note.split(":")[0]
        for e in AuditEntry.objects.filter(verb="notices.ask_confirmation").order_by("id")
    ] == [
        "no_address",
        "mail_is_off",
    ]


def test_robot_is_registered_on_its_page_and_never_shown(network: Network) -> None:
    client = client_for(network.actor(network.points[0]))
    given = {"kind": "wecom", "address": "https://example.org/send?key=k", "secret": ""}
    response = client.post("/notices/robot/", given)
    assert response.status_code == 422
    assert "qyapi.weixin.qq.com" in response.content.decode()
    assert Robot.objects.count() == 0
    given["address"] = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=hidden-key"
    assert client.post("/notices/robot/", given).status_code == 302
    assert "hidden-key" not in client.get("/notices/robot/").content.decode()
    assert client.post("/notices/robot/remove/").status_code == 302
    assert Robot.objects.get().removed_at is not None
    assert client.post("/notices/robot/try/").status_code == 422


def test_what_did_not_arrive_is_seen_and_tried_again(network: Network, mailbox: Mailbox) -> None:
    actor = network.actor(network.points[0])
    confirm(actor.person_id)
    mailbox.answers["RCPT"] = "550 unknown"
    tell(actor, "到不了")
    assert send_all() == [("failed", "refused")]
    mailbox.answers.clear()
    for role in (Role.SYSTEM_OPERATOR, Role.TIER_ADMIN):
        client = client_for(network.actor(network.office, role))
        assert "到不了" in client.get("/notices/undelivered/").content.decode()
        assert "/notices/undelivered/" in client.get("/").content.decode()
    delivery = Delivery.objects.get()
    assert client_for(actor).post(f"/notices/undelivered/{delivery.pk}/again/").status_code == 404
    assert client.post(f"/notices/undelivered/{delivery.pk}/again/").status_code == 302
    assert send_all(clock.now()) == [("sent", "")]
    assert len(mailbox.taken) == 1
    assert client.post(f"/notices/undelivered/{delivery.pk}/again/").status_code == 409
    assert client.get("/notices/undelivered/?export=xlsx").status_code == 200
