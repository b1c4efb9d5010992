"""Tokens: who makes them, when they are good, what they open, how often they may call."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.test.utils import override_settings
from tests.factories.api import ROOT, Program, make_program
from tests.factories.orgs import AT, PASSWORD, PLATFORM, Network, client_for, make_actor, small_network

from lianxue.accounts.models import Person
from lianxue.kernel import clock
from lianxue.kernel.api.scopes import SCOPES
from lianxue.kernel.errors import Invalid, NotAllowed
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.models import Actor, ApiToken, Post, TokenRequest
from lianxue.orgs.operations.api_tokens import digest_of, forget_token_requests, make_token
from lianxue.orgs.public import Role, end_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    cache.clear()
    return small_network()


def refused(program: Program, status: int, path: str = "/me") -> Any:
    response = program.call("get", path)
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    return json.loads(response.content)


def test_a_token_says_whom_it_acts_for(network: Network) -> None:
    actor = network.actor(network.points[0])
    program = make_program(actor, "stock:read", "rounds:read")
    me = program.get("/me")
    assert me["organisation_id"] == network.points[0].pk
    assert (me["person"], me["role"], me["tier"], me["scopes"]) == (
        actor.person_name,
        "tier_admin",
        3,
        ["rounds:read", "stock:read"],
    )
    row = ApiToken.objects.get()
    assert (row.prefix, row.digest) == (program.text[:9], digest_of(program.text))
    assert program.text not in str(list(ApiToken.objects.values()))
    assert row.last_used_at is not None


def test_without_a_good_token_there_is_nothing(network: Network) -> None:
    admin = network.actor(network.points[0])
    for header in ({}, {"Authorization": "Bearer lx_wrong"}, {"Authorization": "Basic abc"}):
        response = Client().get(f"{ROOT}/me", headers=header)
        assert response.status_code == 401
        assert response["WWW-Authenticate"] == 'Bearer realm="Lianxue"'
        assert response.json()["code"] == "no_valid_token"
    signed_in = client_for(admin)
    assert signed_in.get(f"{ROOT}/me").status_code == 401, "a cookie opens nothing here"
    assert signed_in.post(f"{ROOT}/loans", {}).status_code == 401


def test_token_ends_with_its_day_its_revocation_its_post_and_its_person(network: Network) -> None:
    point = network.points[0]

    def program(name: str) -> Program:
        return make_program(make_actor(point, name=name))

    over = program("over")
    ApiToken.objects.filter(pk=over.token.pk).update(
        created_at=clock.now() - timedelta(days=2), expires_at=clock.now() - timedelta(seconds=1)
    )
    revoked = program("revoked")
    ApiToken.objects.filter(pk=revoked.token.pk).update(revoked_at=clock.now())
    ended = program("ended")
    end_post(actor=PLATFORM, at=clock.now(), post=Post.objects.get(pk=ended.token.post_id), reason="离任")
    asleep = program("asleep")
    Person.objects.filter(pk=asleep.token.post.person_id).update(is_active=False)
    renewed = program("renewed")
    Person.objects.filter(pk=renewed.token.post.person_id).update(must_change_password=True)
    for one in (over, revoked, ended, asleep, renewed):
        assert refused(one, 401)["code"] == "no_valid_token"


def test_scope_is_asked_for(network: Network) -> None:
    program = make_program(network.actor(network.points[0]), "stock:read")
    assert program.get("/stock")["items"] == []
    told = refused(program, 403, "/loans")
    assert (told["code"], told["status"], told["title"], told["fields"]) == (
        "scope_missing",
        403,
        "Forbidden",
        {},
    )


def test_too_many_calls_are_put_off(network: Network) -> None:
    program = make_program(network.actor(network.points[0]))
    other = make_program(network.actor(network.points[1]))
    with override_settings(API_CALLS_PER_MINUTE=3):
        answers = [program.call("get", "/me") for _number in range(8)]
        assert {answer.status_code for answer in answers[:3]} == {200}
        late = next(answer for answer in answers if answer.status_code == 429)
        assert 0 < int(late["Retry-After"]) <= 60
        assert late["Content-Type"] == "application/problem+json"
        assert other.call("get", "/me").status_code == 200


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"valid_days": 0}, "valid_days"),
        ({"valid_days": 367}, "valid_days"),
    ],
)
def test_what_cannot_be_made(network: Network, given: dict[str, Any], field: str) -> None:
    right = {"name": "x", "scopes": ["stock:read"], "valid_days": 30}
    with pytest.raises(Invalid) as wrong:
        make_token(actor=network.office_admin, at=AT, **{**right, **given})
    assert set(wrong.value.fields) == {field}
    assert ApiToken.objects.count() == 0


def test_no_token_without_a_post_and_not_more_than_twenty(network: Network) -> None:
    right: dict[str, Any] = {"name": "x", "scopes": ["stock:read"], "valid_days": 30}
    with pytest.raises(NotAllowed):
        make_token(actor=Actor(person_id=1, person_name="x"), at=AT, **right)
    for _number in range(20):
        make_token(actor=network.office_admin, at=AT, **right)
    with pytest.raises(Invalid):
        make_token(actor=network.office_admin, at=AT, **right)
    assert ApiToken.objects.count() == 20


def test_one_makes_and_revokes_ones_own_on_the_pages(network: Network) -> None:
    actor = make_actor(network.points[0], name="wang", password=PASSWORD)
    client = client_for(actor)
    response = client.get("/profile/tokens/new/")
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/accounts/reauthenticate/")
    assert client.post("/profile/tokens/new/", {"name": "x"}).status_code == 302
    client.post(response["Location"], {"password": PASSWORD})
    assert client.get("/profile/tokens/new/").status_code == 200
    given = {"name": "图书系统", "scopes": ["loans:write", "registers:read"], "valid_days": "90"}
    assert client.post("/profile/tokens/new/", {**given, "valid_days": "0"}).status_code == 422
    made = client.post("/profile/tokens/new/", given)
    text = re.search(r"lx_[\w-]{43}", made.content.decode())
    assert text
    token = ApiToken.objects.get()
    assert token.digest == digest_of(text[0])
    entry = AuditEntry.objects.get(verb="orgs.make_token", outcome="done")
    assert entry.after["scopes"] == ["loans:write", "registers:read"]
    assert text[0] not in str(entry.after)
    listed = client.get("/profile/tokens/").content.decode()
    assert "图书系统" in listed
    assert text[0] not in listed
    program = Program(token, text[0])
    assert program.call("get", "/me").status_code == 200
    stranger = client_for(network.actor(network.points[1]))
    assert stranger.post(f"/profile/tokens/{token.pk}/revoke/").status_code == 404
    assert program.call("get", "/me").status_code == 200
    assert client.post(f"/profile/tokens/{token.pk}/revoke/").status_code == 302
    assert program.call("get", "/me").status_code == 401


def test_a_second_step_is_asked_for_when_there_is_one(network: Network) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    actor = make_actor(network.points[0], name="wang", password=PASSWORD)
    client = client_for(actor)
    TOTP.activate(Person.objects.get(pk=actor.person_id), generate_totp_secret())
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    response = client.get("/profile/tokens/new/")
    assert (response.status_code, response["Location"].split("?")[0]) == (
        302,
        "/accounts/2fa/reauthenticate/",
    )


def test_keys_are_forgotten_in_time(network: Network) -> None:
    program = make_program(network.actor(network.points[0], Role.DESK_CLERK))
    for days in (0, 40):
        TokenRequest.objects.create(
            token=program.token, key=f"{days}", fingerprint="x", at=clock.now() - timedelta(days=days)
        )
    forget_token_requests(before=clock.now() - timedelta(days=30))
    assert list(TokenRequest.objects.values_list("key", flat=True)) == ["0"]


def test_every_scope_is_known_to_the_document(network: Network) -> None:
    document = Client().get(f"{ROOT}/openapi.json").json()
    asked = {
        one["x-scope"] for path in document["paths"].values() for one in path.values() if "x-scope" in one
    }
    assert asked == set(SCOPES)
    assert document["openapi"].startswith("3.1")
