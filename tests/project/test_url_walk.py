"""Every address of the project × every role: who gets in, who is sent to sign in, and for whom there is nothing."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
import tests.walk
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.pages import bare
from tests.walk.world import EVERYBODY, Address, Kwargs, World

from lianxue.kernel.pages import access_of

# Views that are not ours carry no access of ours; why each is open to those it is open to.
NOT_OURS = {
    "account_login": "allauth: everybody signs in here; attempts are counted and locked",
    "account_logout": "allauth: ends one's own session only, and only by POST",
    "account_inactive": "allauth: a page without content of ours",
    "account_reauthenticate": "allauth: asks for one's own password again",
    "account_change_password": "allauth: one's own password; sends strangers to sign in",
    "account_set_password": "allauth: one's own first password; sends strangers to sign in",
    "mfa_index": "allauth: one's own second step; sends strangers to sign in",
    "mfa_authenticate": "allauth: the second step while signing in",
    "mfa_reauthenticate": "allauth: asks for one's own second step again",
    "mfa_activate_totp": "allauth: one's own second step; asks for the password again",
    "mfa_deactivate_totp": "allauth: one's own second step; asks for the password again",
    "mfa_view_recovery_codes": "allauth: one's own recovery codes; asks for the password again",
    "mfa_generate_recovery_codes": "allauth: one's own recovery codes; asks for the password again",
    "mfa_download_recovery_codes": "allauth: one's own recovery codes; asks for the password again",
    "set_language": "Django: sets a cookie, only by POST",
}


API = "api:"  # the open interface: tests/api/test_walk.py walks it with tokens


def patterns(resolver: URLResolver | None = None, inside: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Return every address with its full name."""
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLResolver):
            yield from patterns(part, f"{inside}{part.namespace}:" if part.namespace else inside)
        else:
            yield f"{inside}{part.name}", part


def tables() -> dict[str, dict[str, Address]]:
    """Return the table of each feature."""
    found = {}
    for module in pkgutil.iter_modules(tests.walk.__path__):
        table = getattr(importlib.import_module(f"tests.walk.{module.name}"), "ADDRESSES", None)
        if table is not None:
            found[module.name] = table
    return found


def test_every_view_of_ours_has_an_access_and_every_other_a_reason() -> None:
    unguarded = sorted(
        name
        for name, part in patterns()
        if access_of(part.callback) is None and name not in NOT_OURS and not name.startswith(API)
    )
    assert not unguarded, f"guard these views with @page(access): {unguarded}"
    gone = sorted(NOT_OURS.keys() - {name for name, _part in patterns()})
    assert not gone, f"no longer there, take them out of NOT_OURS: {gone}"


def test_every_address_stands_in_a_table() -> None:
    known = {name for table in tables().values() for name in table}
    ours = {name for name, _part in patterns() if name not in NOT_OURS and not name.startswith(API)}
    missing = "".join(f"\n    {name}" for name in sorted(ours - known))
    assert not missing, (
        f"add these addresses to ADDRESSES in tests/walk/<feature>.py (how: tests/walk/world.py):{missing}"
    )
    assert not sorted(known - ours), "these addresses stand in a table but exist no longer"


def get(client: Client, name: str, kwargs: Kwargs) -> HttpResponseBase:
    """Open an address and read what it gives to the end."""
    response = client.get(reverse(name, kwargs=kwargs))
    if response.streaming:
        b"".join(response.streaming_content)
    return response  # type: ignore[return-value]  # the client's own kind of response


def missing_from(kwargs: Kwargs) -> Kwargs:
    """Return arguments of the same kind for which there is nothing."""
    return {
        name: value + 10**9
        if isinstance(value, int)
        else type(value)("f" * len(str(value)))
        if isinstance(value, str)
        else value
        for name, value in kwargs.items()
    }


def faults_of(world: World, name: str, address: Address) -> Iterator[str]:
    """Try one address as everybody, with own and foreign things, and return what is not as it should be."""
    for role in sorted(EVERYBODY):
        client = world.client(role)
        for own in (True, False):
            kwargs = address.example(world, role, own)
            if kwargs is None:
                continue
            whose = "own" if own else "foreign"
            expected = address.expected(role, own=own)
            try:
                response = get(client, name, kwargs)
            except Exception as broken:  # noqa: BLE001  # whatever it is, a visitor would see a 500
                yield f"{name} as {role} ({whose}): broke with {broken!r}"
                continue
            if response.status_code != expected:
                yield f"{name} as {role} ({whose}): {response.status_code}, not {expected}"
            elif (
                expected == 302
                and role not in address.opens_to
                and not response["Location"].startswith("/accounts/login/")
            ):
                yield f"{name} as {role}: sent to {response['Location']} instead of sign-in"
            elif (
                not own
                and expected == 404
                and bare(response) != bare(get(client, name, missing_from(kwargs)))
            ):
                yield f"{name} as {role}: a foreign thing looks different from one that does not exist"


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("feature", sorted(tables()))
def test_walk(feature: str) -> None:
    world = World()
    table = tables()[feature]
    faults = [fault for name, address in table.items() for fault in faults_of(world, name, address)]
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.slow
@pytest.mark.django_db
def test_views_that_are_not_ours_break_for_nobody() -> None:
    world = World()
    for name in NOT_OURS:
        for role in sorted(EVERYBODY):
            assert get(world.client(role), name, {}).status_code in {200, 302, 403, 404, 405}, (name, role)


@pytest.mark.django_db
def test_address_that_does_not_exist_is_a_page_in_words() -> None:
    response = Client().get("/there/is/nothing/here/")
    assert response.status_code == 404
    assert "<html" in response.content.decode()
