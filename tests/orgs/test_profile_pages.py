"""One's own page: contact, preferences, the choice between posts, one's own trail."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from tests.factories.orgs import AT, PLATFORM, Network, client_for, make_person, small_network

from lianxue.accounts.models import Person
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.enums import Role
from lianxue.orgs.models import Actor
from lianxue.orgs.operations import appoint


@pytest.fixture
def network(db: None) -> Network:
    return small_network()


@pytest.fixture
def actor(network: Network) -> Actor:
    return network.actor(network.points[0])


@pytest.fixture
def me(actor: Actor) -> Person:
    return Person.objects.get(pk=actor.person_id)


@pytest.fixture
def client(actor: Actor) -> Client:
    return client_for(actor)


def test_contact_is_changed_and_kept_masked(client: Client, me: Person) -> None:
    response = client.post("/profile/", {"email": "wang@example.org", "phone": "021-6234 5678"})
    assert response.status_code == 302
    me.refresh_from_db()
    assert (me.email, me.phone) == ("wang@example.org", "+862162345678")
    page = client.get("/profile/").content.decode()
    assert me.masked_phone in page
    assert "62345678" not in page
    client.post("/profile/", {"email": "", "phone": ""})
    me.refresh_from_db()
    assert (me.email, me.phone) == ("", "+862162345678")
    client.post("/profile/", {"email": "", "phone": "", "without_phone": "on"})
    me.refresh_from_db()
    assert (me.phone, me.phone_index) == ("", "")


def test_wrong_number_is_said_beside_its_field(client: Client, me: Person) -> None:
    response = client.post("/profile/", {"email": "", "phone": "12345"})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["phone"]
    me.refresh_from_db()
    assert me.phone == ""


def test_preferences_count_here_and_everywhere(client: Client, me: Person) -> None:
    client.cookies["text_size"] = "normal"
    response = client.post("/profile/preferences/", {"language": "en", "text_size": "largest"})
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    me.refresh_from_db()
    assert (me.language, me.text_size) == ("en", "largest")
    page = client.get("/profile/").content.decode()
    assert 'data-text-size="largest"' in page
    assert "My posts" in page
    assert client.post("/profile/preferences/", {"language": "fr", "text_size": "huge"}).status_code == 404


def test_going_on_under_another_post(network: Network, actor: Actor, client: Client, me: Person) -> None:
    second = appoint(
        actor=PLATFORM,
        at=AT,
        person=me,
        organisation=network.colleges[1],
        role=Role.TIER_ADMIN,
        starts_on=date(2026, 1, 1),
    )
    assert client.get(f"/network/{network.colleges[0].pk}/").status_code == 200
    assert client.get(f"/network/{network.points[3].pk}/").status_code == 404
    response = client.post("/profile/post/", {"post": second.pk, "next": "/network/"})
    assert (response.status_code, response["Location"]) == (302, "/network/")
    assert client.get(f"/network/{network.points[3].pk}/").status_code == 200
    assert client.get(f"/network/{network.colleges[0].pk}/").status_code == 404
    entry = AuditEntry.objects.latest("id")
    assert (entry.verb, entry.organisation_label) == ("orgs.choose_post", actor.organisation_name)


@pytest.mark.parametrize("post", ["", "x", "0", "9" * 40, "²"])
def test_odd_choices_change_nothing(client: Client, post: str) -> None:
    response = client.post("/profile/post/", {"post": post, "next": "https://elsewhere.example/"})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert "没有这个岗位" in client.get("/profile/").content.decode()


def test_post_of_somebody_else_cannot_be_taken(network: Network, client: Client) -> None:
    foreign = network.office_admin.post_id
    client.post("/profile/post/", {"post": foreign})
    assert client.get("/profile/").context["actor"].organisation_id == network.points[0].pk


def test_own_trail_shows_ones_own_and_what_others_did_to_the_account(
    network: Network, client: Client, me: Person
) -> None:
    client.post("/profile/", {"email": "wang@example.org", "phone": ""})
    other = client_for(network.actor(network.points[1]))
    other.post("/profile/", {"email": "li@example.org", "phone": ""})
    entries = list(client.get("/profile/trail/").context["listing"].page)
    assert [entry.verb for entry in entries] == ["accounts.change_contact", "accounts.create_person"]
    assert all(entry.subject_id == str(me.pk) for entry in entries)


def test_somebody_without_a_post_has_a_profile_and_nothing_else(db: None) -> None:
    client = Client()
    client.force_login(make_person("stray", "游离"))
    assert "您目前没有任职" in client.get("/profile/").content.decode()
    for address in ("/network/", "/people/", "/audit/", "/people/register/"):
        assert client.get(address).status_code == 404
