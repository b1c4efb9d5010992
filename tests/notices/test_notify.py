"""Telling people something: who is told, in which words, how often, and what is sent out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from tests.factories.orgs import AT, PLATFORM, Network, make_actor, make_person, small_network
from tests.notices.trial import KIND, confirm

from lianxue.accounts.models import Person
from lianxue.notices.enums import Channel, RobotKind
from lianxue.notices.models import Choice, Delivery, Message, Notice, Robot
from lianxue.notices.public import Telling, notify, notify_each
from lianxue.orgs.models import Post
from lianxue.orgs.public import Role, end_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


def told(message: Message) -> set[tuple[int, int | None]]:
    return set(Notice.objects.filter(message=message).values_list("person_id", "organisation_id"))


def test_administrators_in_force_are_told_and_nobody_else(network: Network) -> None:
    first, second = network.points[:2]
    admin, other = network.actor(first), network.actor(second)
    network.actor(first, Role.DESK_CLERK)
    gone = make_actor(first, name="gone")
    end_post(actor=PLATFORM, at=AT, post=Post.objects.get(pk=gone.post_id), reason="离任", ends_on=None)
    asleep = make_actor(first, name="asleep")
    Person.objects.filter(pk=asleep.person_id).update(is_active=False)
    message = notify(at=AT, kind=KIND, title="One", url="/rounds/", organisation_ids=[first.pk, second.pk])
    assert told(message) == {(admin.person_id, first.pk), (other.person_id, second.pk)}
    assert (message.kind, message.url, message.at, message.once_key) == (KIND, "/rounds/", AT, None)


def test_roles_can_be_chosen_and_people_told_by_themselves(network: Network) -> None:
    point = network.points[0]
    desk, nobody = network.actor(point, Role.DESK_CLERK), make_person("nobody")
    message = notify(
        at=AT,
        kind=KIND,
        title="One",
        url="/",
        organisation_ids=[point.pk],
        person_ids=[nobody.pk, desk.person_id or 0],
        roles=[Role.DESK_CLERK],
    )
    assert told(message) == {(desk.person_id, point.pk), (nobody.pk, None)}


def test_words_are_kept_in_every_language() -> None:
    person = make_person("reader")
    message = notify(
        at=AT,
        kind=KIND,
        title=lambda: f"{_('Administrator')} 7",
        body=_("Supplier"),
        url="/",
        person_ids=[person.pk],
    )
    message.refresh_from_db()
    with translation.override("en"):
        assert (message.headline, message.text) == ("Administrator 7", "Supplier")
    with translation.override("zh-hans"):
        assert (message.headline, message.text) == ("管理员 7", "供应单位")


def test_same_key_tells_each_person_once() -> None:
    one, two = make_person("one"), make_person("two")
    same = {"at": AT, "kind": KIND, "title": "A", "url": "/", "once_key": "trial:1"}
    first = notify(**same, person_ids=[one.pk])
    again = notify(**same, person_ids=[one.pk, two.pk])
    assert first.pk == again.pk
    assert Message.objects.count() == 1
    assert told(first) == {(one.pk, None), (two.pk, None)}
    notify(at=AT, kind=KIND, title="A", url="/", once_key="trial:2", person_ids=[one.pk])
    assert Notice.objects.filter(person=one).count() == 2


def test_number_of_queries_does_not_grow(network: Network) -> None:
    for point in network.points:
        network.actor(point)

    def queries(points: int, key: str) -> int:
        tellings = [
            Telling(title=f"{n}", url="/", once_key=f"{key}:{n}", organisation_ids=[p.pk])
            for n, p in enumerate(network.points[:points])
        ]
        with CaptureQueriesContext(connection) as seen:
            messages = notify_each(at=AT, kind=KIND, tellings=tellings)
        assert len({m.pk for m in messages}) == points
        return len(seen)

    assert queries(2, "few") == queries(6, "many")
    assert queries(1, "one") <= queries(2, "two")  # one alone may go a shorter way
    assert Notice.objects.count() == 11


def test_unknown_kind_and_foreign_page_are_faults_of_the_program() -> None:
    person = make_person("reader")
    with pytest.raises(LookupError):
        notify(at=AT, kind="trial.unknown", title="A", url="/", person_ids=[person.pk])
    with pytest.raises(ValueError, match="own page"):
        notify(at=AT, kind=KIND, title="A", url="https://example.org/", person_ids=[person.pk])
    with pytest.raises(ValueError, match="own page"):
        notify(at=AT, kind=KIND, title="A", url="//example.org/", person_ids=[person.pk])


def test_mail_goes_to_confirmed_addresses_of_those_who_want_it() -> None:
    people = [make_person(name) for name in ("confirmed", "unwilling", "changed", "unconfirmed")]
    for person in people[:3]:
        confirm(person.pk)
    Choice.objects.create(person=people[1], kind=KIND, by_email=False)
    Person.objects.filter(pk=people[2].pk).update(email="new@example.org")
    with override_settings(EMAIL_HOST="mail.example.org"):
        message = notify(at=AT, kind=KIND, title="A", url="/", person_ids=[p.pk for p in people])
    assert list(Delivery.objects.values_list("message", "person", "channel", "state", "due_at")) == [
        (message.pk, people[0].pk, Channel.EMAIL, "waiting", AT)
    ]


def test_no_mail_where_it_is_switched_off() -> None:
    person = make_person("reader")
    confirm(person.pk)
    notify(at=AT, kind=KIND, title="A", url="/", person_ids=[person.pk])
    assert Delivery.objects.count() == 0


def test_a_group_hears_a_message_once_if_one_there_wants_it(network: Network) -> None:
    first, second, third = network.points[:3]
    two_here = [network.actor(first), make_actor(first, name="second-admin")]
    alone = network.actor(second)
    network.actor(third)
    made = {
        point.pk: Robot.objects.create(
            organisation=point,
            kind=RobotKind.WECOM,
            address="https://x/",
            secret="",
            host="x",
            registered_at=AT,
        )
        for point in (first, second)
    }
    for actor in (two_here[0], alone):
        Choice.objects.create(person_id=actor.person_id, kind=KIND, by_robot=False)
    message = notify(at=AT, kind=KIND, title="A", url="/", organisation_ids=[first.pk, second.pk, third.pk])
    assert Notice.objects.filter(message=message).count() == 4
    assert list(Delivery.objects.values_list("channel", "robot")) == [(Channel.ROBOT, made[first.pk].pk)]
