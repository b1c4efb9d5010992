"""Mail, handed in to a real mail server on this machine."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test.utils import override_settings
from tests.factories.orgs import AT, make_person
from tests.notices.receivers import LOCAL, Mailbox, mail_server
from tests.notices.trial import KIND, confirm, send_all

from lianxue.accounts.models import Person
from lianxue.notices.models import Delivery
from lianxue.notices.operations.deliver import PAUSES, give_up_interrupted
from lianxue.notices.public import notify

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with (
        mail_server() as box,
        override_settings(
            EMAIL_HOST=LOCAL,
            EMAIL_PORT=box.port,
            EMAIL_USE_SSL=False,
            EMAIL_USE_TLS=False,
            EMAIL_HOST_USER="",
            DEFAULT_FROM_EMAIL="联学 <lianxue@school.example>",
            SITE_URL="https://lianxue.example.cn",
        ),
    ):
        yield box


def tell(*people: Person, title: str = "三份教材已发出", body: str = "请查收。") -> None:
    notify(at=AT, kind=KIND, title=title, body=body, url="/shipments/7/", person_ids=[p.pk for p in people])


def reader(name: str = "reader", email: str = "wang@example.org") -> Person:
    person = make_person(name)
    confirm(person.pk, email)
    return person


def test_a_mail_says_what_it_is_about_and_where(mailbox: Mailbox) -> None:
    tell(reader())
    assert send_all() == [("sent", "")]
    (mail,) = mailbox.taken
    assert (mail["Subject"], mail["To"], mail["Auto-Submitted"]) == (
        "三份教材已发出",
        "wang@example.org",
        "auto-generated",
    )
    assert mail["From"] == "联学 <lianxue@school.example>"
    assert mail["Message-ID"].endswith("@school.example>")
    assert mail.get_content().replace("\r\n", "\n") == (
        "请查收。\n\nhttps://lianxue.example.cn/shipments/7/\n\n—\n\n"
        "本邮件由联学发出。在“消息”页面可以选择向您发送哪些内容。\n"
    )


def test_many_mails_go_over_one_connection_and_each_once(mailbox: Mailbox) -> None:
    tell(*[reader(f"reader-{n}", f"r{n}@example.org") for n in range(5)])
    assert send_all() == [("sent", "")] * 5
    assert send_all() == [("sent", "")] * 5
    assert sorted(mail["To"] for mail in mailbox.taken) == [f"r{n}@example.org" for n in range(5)]
    assert mailbox.connections == 1


def test_a_title_cannot_write_headers(mailbox: Mailbox) -> None:
    tell(reader(), title="One\r\nBcc: other@example.org")
    assert send_all() == [("sent", "")]
    assert mailbox.taken[0]["Subject"] == "One Bcc: other@example.org"
    assert mailbox.taken[0]["Bcc"] is None


def test_refused_for_good_is_not_tried_again_and_names_no_address(mailbox: Mailbox) -> None:
    mailbox.answers["RCPT"] = "550 5.1.1 <wang@example.org> unknown"
    tell(reader())
    assert send_all() == [("failed", "refused")]
    delivery = Delivery.objects.get()
    assert (delivery.detail, delivery.attempts, delivery.sent_at) == ("550 5.1.1 … unknown", 1, None)
    mailbox.answers.clear()
    assert send_all(AT + timedelta(days=1)) == [("failed", "refused")]
    assert mailbox.taken == []


def test_come_back_later_means_longer_and_longer_pauses_and_then_giving_up(mailbox: Mailbox) -> None:
    mailbox.answers["DATA"] = "451 busy"
    tell(reader())
    at, waits = AT, []
    for _attempt in range(len(PAUSES)):
        assert send_all(at) == [("waiting", "busy")]
        due_at = Delivery.objects.get().due_at
        waits.append(due_at - at)
        assert send_all(due_at - timedelta(seconds=1)) == [("waiting", "busy")]
        at = due_at
    assert [wait.total_seconds() / 60 for wait in waits] == [1, 5, 30, 120, 480]
    assert send_all(at) == [("failed", "busy")]
    assert Delivery.objects.get().attempts == 6


def test_what_was_put_off_arrives_at_last(mailbox: Mailbox) -> None:
    mailbox.answers["MAIL"] = "421 later"
    tell(reader())
    assert send_all() == [("waiting", "busy")]
    mailbox.answers.clear()
    assert send_all(AT + PAUSES[0]) == [("sent", "")]
    assert len(mailbox.taken) == 1
    assert Delivery.objects.get().sent_at == AT + PAUSES[0]


def test_a_server_that_is_away_is_tried_again(mailbox: Mailbox, free_port: int) -> None:
    tell(reader())
    with override_settings(EMAIL_PORT=free_port):
        assert send_all() == [("waiting", "unreachable")]
    assert send_all(AT + PAUSES[0]) == [("sent", "")]


def test_a_line_that_breaks_after_the_text_was_sent_is_not_sent_twice(mailbox: Mailbox) -> None:
    mailbox.hang_up_after_data = True
    tell(reader())
    assert send_all() == [("failed", "interrupted")]
    mailbox.hang_up_after_data = False
    assert send_all(AT + timedelta(days=1)) == [("failed", "interrupted")]
    assert mailbox.taken == []


def test_what_was_being_sent_when_the_sender_died_is_given_up_not_sent_again(mailbox: Mailbox) -> None:
    tell(reader())
    Delivery.objects.update(state="sending", begun_at=AT, attempts=1)
    assert give_up_interrupted(at=AT + timedelta(minutes=10)) == 0
    assert give_up_interrupted(at=AT + timedelta(minutes=10, seconds=1)) == 1
    assert send_all(AT + timedelta(hours=1)) == [("failed", "interrupted")]
    assert mailbox.taken == []


def test_an_address_that_changed_meanwhile_gets_nothing(mailbox: Mailbox) -> None:
    person = reader()
    tell(person)
    Person.objects.filter(pk=person.pk).update(email="other@example.org")
    assert send_all() == [("failed", "no_address")]
    assert mailbox.taken == []


def test_mail_that_was_switched_off_meanwhile(mailbox: Mailbox) -> None:
    tell(reader())
    with override_settings(EMAIL_HOST=""):
        assert send_all() == [("failed", "switched_off")]
    assert mailbox.taken == []


def test_each_in_the_own_language(mailbox: Mailbox) -> None:
    from django.utils.translation import gettext_lazy as _

    chinese, english = reader("chinese", "c@example.org"), reader("english", "e@example.org")
    Person.objects.filter(pk=english.pk).update(language="en")
    notify(at=AT, kind=KIND, title=_("Administrator"), url="/", person_ids=[chinese.pk, english.pk])
    assert send_all() == [("sent", "")] * 2
    assert {mail["To"]: mail["Subject"] for mail in mailbox.taken} == {
        "c@example.org": "管理员",
        "e@example.org": "Administrator",
    }
