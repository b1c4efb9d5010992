"""Signing in and out through the pages: to the letter, locked, audited, with a second step and first passwords."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client, TestCase
from tests.factories.orgs import PASSWORD, make_person

from lianxue.accounts.models import Person
from lianxue.kernel import clock
from lianxue.kernel.models import AuditEntry, Outcome

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _fresh_limits(request: pytest.FixtureRequest) -> None:
    if "own_database" not in request.fixturenames:
        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture
def person(db: None) -> Person:
    return make_person("LiQiang", "李强", password=PASSWORD)


def sign_in(client: Client, password: str = PASSWORD, username: str = "LiQiang", **more: str) -> HttpResponse:
    return client.post(LOGIN, {"login": username, "password": password}, **more)  # type: ignore[return-value, arg-type]


def trail() -> list[tuple[str, str]]:
    return list(
        AuditEntry.objects.filter(verb__startswith="accounts.")
        .exclude(verb="accounts.create_person")
        .order_by("id")
        .values_list("verb", "outcome")
    )


def test_in_and_out_are_written_down_with_the_address(client: Client, person: Person) -> None:
    response = sign_in(client, REMOTE_ADDR="198.51.100.7")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/profile/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/profile/").status_code == 302
    assert trail() == [("accounts.sign_in", "done"), ("accounts.sign_out", "done")]
    entry = AuditEntry.objects.get(verb="accounts.sign_in")
    assert (entry.person_id, entry.remote_address, entry.subject_id) == (
        person.pk,
        "198.51.100.7",
        str(person.pk),
    )


@pytest.mark.parametrize("username", ["liqiang", "LIQIANG", "LiQiang1"])
def test_account_name_counts_to_the_letter(client: Client, person: Person, username: str) -> None:
    response = sign_in(client, username=username)
    assert response.status_code == 200
    assert "请注意大小写" in response.content.decode()
    assert client.get("/profile/").status_code == 302
    entry = AuditEntry.objects.latest("id")
    assert (entry.verb, entry.outcome, entry.person_id, entry.subject_id) == (
        "accounts.sign_in",
        Outcome.REFUSED,
        None,
        "",
    )


def test_wrong_password_is_written_down_under_the_account(client: Client, person: Person) -> None:
    sign_in(client, "not this one")
    entry = AuditEntry.objects.latest("id")
    assert (entry.outcome, entry.subject_id, entry.person_id) == (Outcome.REFUSED, str(person.pk), None)
    assert "not this one" not in str(list(AuditEntry.objects.values()))


def test_five_failures_lock_the_account_even_for_the_right_password(client: Client, person: Person) -> None:
    for _ in range(5):
        assert "账号或密码不正确" in sign_in(client, "wrong").content.decode()
    response = sign_in(client)
    assert "此账号已锁定，请 5 分钟后再试" in response.content.decode()
    assert client.get("/profile/").status_code == 302
    assert trail() == [("accounts.sign_in", "refused")] * 5 + [("accounts.attempt_sign_in", "refused")]


def test_lock_tells_nobody_which_accounts_exist(client: Client, person: Person) -> None:
    pages = {}
    for username in ("LiQiang", "nobody"):
        for _ in range(5):
            sign_in(client, "wrong", username)
        body = sign_in(client, "wrong", username).content.decode()
        pages[username] = re.sub(r'value="[^"]*"', "", body)
    assert pages["LiQiang"] == pages["nobody"]


def test_one_address_cannot_try_many_accounts(client: Client, person: Person) -> None:
    for number in range(20):
        sign_in(client, "wrong", f"somebody{number}")
    assert "错误次数过多" in sign_in(client, "wrong", "another").content.decode()
    elsewhere = Client(REMOTE_ADDR="198.51.100.8")
    assert sign_in(elsewhere).status_code == 302


@pytest.mark.slow
def test_attempts_at_once_cannot_overtake_the_lock(
    own_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # allauth turns an attempt away that has waited a second for its neighbours; a busy machine takes longer.
    monkeypatch.setattr("allauth.core.internal.ratelimit.CACHE_LOCK_WAIT_TIMEOUT", 60)
    person = make_person("LiQiang", password=PASSWORD)
    start = threading.Barrier(8)

    def guess(number: int) -> str:
        try:
            start.wait(60)
            client = Client(REMOTE_ADDR=f"198.51.100.{number}")
            return sign_in(client, "wrong").content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(guess, range(8)))
    assert sum("账号或密码不正确" in page for page in pages) == 5
    assert sum("此账号已锁定" in page for page in pages) == 3
    assert AuditEntry.objects.filter(subject_id=str(person.pk), outcome=Outcome.REFUSED).count() == 5


def test_closed_account_cannot_sign_in_and_leaves_at_once(client: Client, person: Person) -> None:
    sign_in(client)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/profile/").status_code == 302
    assert "账号或密码不正确" in sign_in(Client()).content.decode()


@pytest.mark.parametrize("address", ["signup", "email", "password/reset", "confirm-email", "social/signup"])
def test_nobody_signs_up_or_resets_by_mail(client: Client, address: str) -> None:
    assert client.get(f"/accounts/{address}/").status_code == 404
    assert (
        client.post(f"/accounts/{address}/", {"username": "new", "email": "x@example.org"}).status_code == 404
    )


def test_first_password_must_be_changed_before_anything_else(client: Client) -> None:
    person = make_person("LiQiang", "李强", password=PASSWORD)
    Person.objects.filter(pk=person.pk).update(must_change_password=True)
    sign_in(client)
    for address in ("/", "/profile/", "/network/", "/accounts/2fa/"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (302, "/accounts/password/change/"), address
    part = client.get("/profile/", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (200, "/accounts/password/change/")
    page = client.get("/accounts/password/change/")
    assert "这是初始密码" in page.content.decode()
    given = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    assert "这是您当前的密码" in client.post("/accounts/password/change/", given).content.decode()
    new = given | {"password1": "Garten-und-Haus-7", "password2": "Garten-und-Haus-7"}
    changed = client.post("/accounts/password/change/", new)
    assert (changed.status_code, changed["Location"]) == (302, "/")
    assert client.get("/profile/").status_code == 200
    assert ("accounts.change_password", "done") in trail()
    client.post("/accounts/logout/")
    assert client.post("/accounts/login/", {"login": "LiQiang", "password": PASSWORD}).status_code == 200
    assert sign_in(client, "Garten-und-Haus-7").status_code == 302


@pytest.mark.parametrize(
    ("password", "reason"),
    [("aB1-", "8"), ("abcdefgh1", "三类"), ("Passw0rd", "常见"), ("LiQiang-1", "相似")],
)
def test_weak_passwords_are_refused_on_the_page(
    client: Client, person: Person, password: str, reason: str
) -> None:
    sign_in(client)
    given = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    response = client.post("/accounts/password/change/", given)
    assert response.status_code == 200
    assert reason in str(response.context["form"].errors["password1"])
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_language_of_the_account_is_applied_at_sign_in(client: Client, person: Person) -> None:
    assert "django_language" not in sign_in(client).cookies
    Person.objects.filter(pk=person.pk).update(language="en")
    other = Client()
    assert sign_in(other).cookies["django_language"].value == "en"
    assert "My profile" in other.get("/profile/").content.decode()


def code_now(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return f"{hotp_value(secret, counter):06d}"


def set_up_second_step(client: Client) -> str:
    page = client.get("/accounts/2fa/totp/activate/")
    if page.status_code == 302:
        client.post(page["Location"], {"password": PASSWORD})
        page = client.get("/accounts/2fa/totp/activate/")
    secret = str(page.context["form"].secret)
    with TestCase.captureOnCommitCallbacks(execute=True):
        response = client.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})
    assert response.status_code == 302
    return secret


def test_second_step_is_asked_for_sealed_and_written_down(client: Client, person: Person) -> None:
    sign_in(client)
    secret = set_up_second_step(client)
    stored = Authenticator.objects.get(user=person, type="totp")
    assert secret not in str(stored.data)
    assert isinstance(stored.wrap(), TOTP)
    cache.clear()
    other = Client()
    response = sign_in(other)
    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert other.get("/profile/").status_code == 302
    wrong = other.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "验证码不正确" in wrong.content.decode()
    assert other.post("/accounts/2fa/authenticate/", {"code": code_now(secret)}).status_code == 302
    assert other.get("/profile/").status_code == 200
    assert trail() == [
        ("accounts.sign_in", "done"),
        ("accounts.add_second_factor", "done"),
        ("accounts.add_second_factor", "done"),
        ("accounts.sign_in", "refused"),
        ("accounts.sign_in", "done"),
    ]


def test_recovery_code_opens_once(client: Client, person: Person) -> None:
    sign_in(client)
    set_up_second_step(client)
    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()
    cache.clear()
    for status in (302, 200):
        other = Client()
        sign_in(other)
        assert other.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == status


def test_second_step_cannot_be_guessed_for_long(client: Client, person: Person) -> None:
    sign_in(client)
    secret = set_up_second_step(client)
    cache.clear()
    other = Client()
    sign_in(other)
    for _ in range(10):
        assert other.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    other.post("/accounts/2fa/authenticate/", {"code": code_now(secret)})
    assert other.get("/profile/").status_code == 302


def test_odd_input_is_refused_politely(client: Client, person: Person) -> None:
    for username in ("\x00", "x" * 5000, "' OR 1=1 --", "王\ufffe"):
        assert sign_in(client, username=username).status_code == 200
    assert client.post(LOGIN, {}).status_code == 200
    assert sign_in(client, "x" * 100_000).status_code == 200
    for address in ("https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"):
        away = Client().post(LOGIN, {"login": "LiQiang", "password": PASSWORD, "next": address})
        assert away["Location"] == "/"


def test_session_ends_with_the_browser_and_after_half_an_hour_without_a_request(
    client: Client, person: Person
) -> None:
    sign_in(client)
    session = client.session
    assert session.get_expire_at_browser_close()
    assert session.get_expiry_age() == settings.SESSION_COOKIE_AGE == 30 * 60
    row = Session.objects.get(session_key=session.session_key)
    row.expire_date = clock.now() - timedelta(seconds=1)
    row.save()
    assert client.get("/profile/").status_code == 302
