"""Registering people, contact data, passwords and the count of attempts to sign in."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from tests.factories.orgs import AT

from lianxue.accounts.enums import Language, TextSize
from lianxue.accounts.errors import (
    AccountLocked,
    BadEmail,
    BadPhone,
    BadUsername,
    CitizenIdTaken,
    NoName,
    UsernameTaken,
    WeakPassword,
)
from lianxue.accounts.models import Person, PersonActing, SignInLock
from lianxue.accounts.operations import (
    attempt_sign_in,
    change_contact,
    change_password,
    choose_preferences,
    create_person,
    record_sign_in,
    renew_password,
)
from lianxue.accounts.rules import character_classes, is_username, new_first_password
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.models import AuditEntry

CITIZEN = "11010519491231002X"
SOMEBODY = PersonActing(None, "访客", "192.0.2.9")


def register(username: str = "LiQiang", **more: Any) -> Person:
    return create_person(actor=SOMEBODY, at=AT, username=username, **{"full_name": "李强"} | more)


def as_self(person: Person) -> PersonActing:
    return PersonActing.as_person(person, "192.0.2.1")


@pytest.mark.django_db
def test_personal_data_are_sealed_in_the_database_and_found_by_fingerprint() -> None:
    person = register(phone="138 1234 5678", citizen_id=CITIZEN.lower(), email=" li@example.org ")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT phone, citizen_id, phone_index FROM accounts_person WHERE id = %s", [person.pk]
        )
        phone, citizen_id, phone_index = cursor.fetchone()
    assert "138" not in phone
    assert "1949" not in citizen_id
    assert len(phone_index) == 64
    person.refresh_from_db()
    assert (person.phone, person.citizen_id, person.email) == ("+8613812345678", CITIZEN, "li@example.org")
    assert (person.masked_phone, person.masked_citizen_id) == ("138****5678", "110***********002X")
    assert CITIZEN not in str(list(AuditEntry.objects.values_list("after", "note")))


@pytest.mark.django_db
def test_account_names_are_kept_to_the_letter() -> None:
    """S1-86: 平台账号请注意大小写."""
    first, second = register("LiQiang"), register("liqiang")
    assert first.pk != second.pk
    assert Person.objects.get_by_natural_key("LiQiang") == first
    assert Person.objects.get_by_natural_key("liqiang") == second
    with pytest.raises(Person.DoesNotExist):
        Person.objects.get_by_natural_key("LIQIANG")
    with pytest.raises(UsernameTaken):
        register("LiQiang")


@pytest.mark.parametrize(
    ("name", "is_right"),
    [
        ("wang", True),
        ("王小明", True),
        ("li.qiang+1@school-2_a", True),
        ("ab", False),
        ("has space", False),
        (" wang", False),
        ("x" * 61, False),
        ("ｗａｎｇ", False),
        ("a\u200bbc", False),
        ("a\nbc", False),
        ("", False),
    ],
)
def test_what_can_be_an_account_name(name: str, is_right: bool) -> None:
    assert is_username(name) is is_right


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"username": "a b"}, BadUsername, "username"),
        ({"full_name": "  "}, NoName, "full_name"),
        ({"email": "not an address"}, BadEmail, "email"),
        ({"phone": "12"}, BadPhone, "phone"),
    ],
)
def test_faults_name_their_field(given: dict[str, str], refusal: type[Exception], field: str) -> None:
    with pytest.raises(refusal) as refused:
        register(**given)
    assert list(refused.value.fields) == [field]  # type: ignore[attr-defined]
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_one_identity_one_person() -> None:
    register(citizen_id=CITIZEN)
    with pytest.raises(CitizenIdTaken):
        register("other", citizen_id="110105491231002")
    register("third")
    register("fourth")


@pytest.mark.django_db
def test_contact_and_preferences_are_ones_own() -> None:
    person, other = register("one"), register("two")
    for act in (
        lambda: change_contact(actor=as_self(other), at=AT, person=person, email="", phone=""),
        lambda: choose_preferences(actor=as_self(other), at=AT, person=person, language=Language.ENGLISH),
        lambda: change_password(actor=as_self(other), at=AT, person=person, password="Kbtm-7392-wpxq"),
    ):
        with pytest.raises(NotAllowed):
            act()
    changed = choose_preferences(actor=as_self(person), at=AT, person=person, text_size=TextSize.LARGEST)
    assert (changed.language, changed.text_size) == (Language.CHINESE, TextSize.LARGEST)


@pytest.mark.django_db
def test_changed_telephone_shows_in_the_trail_without_being_readable() -> None:
    person = register(phone="13812345678")
    change_contact(actor=as_self(person), at=AT, person=person, email="", phone="13912345678")
    entry = AuditEntry.objects.get(verb="accounts.change_contact")
    assert entry.before is not None
    assert entry.after is not None
    assert list(entry.after) == ["phone"]
    assert entry.before["phone"] != entry.after["phone"]
    assert "139" not in str(entry.after)


@pytest.mark.parametrize(
    ("password", "classes"),
    [("abc", 1), ("abcD", 2), ("abcD1", 3), ("aB1-", 4), ("密码密码", 1), ("密码aB1", 4), ("", 0)],
)
def test_classes_of_characters(password: str, classes: int) -> None:
    assert character_classes(password) == classes


def test_first_passwords_by_chance() -> None:
    made = {new_first_password() for _ in range(100)}
    assert len(made) == 100
    assert all(character_classes(password) == 4 for password in made)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("aB1-", "8"),
        ("abcdefgh1", "三类"),
        ("LiQiang-1", "相似"),
        ("Kbtm-7392-wpxq", "当前的密码"),
    ],
)
def test_weak_passwords_are_refused_in_words(password: str, reason: str) -> None:
    person = register(password="Kbtm-7392-wpxq")
    before = person.password
    with pytest.raises(WeakPassword, match=reason):
        change_password(actor=as_self(person), at=AT, person=person, password=password)
    person.refresh_from_db()
    assert person.password == before


@pytest.mark.django_db
def test_first_password_must_be_changed_and_then_no_more() -> None:
    person = register(password="Kbtm-7392-wpxq", must_change_password=True)
    changed = change_password(actor=as_self(person), at=AT, person=person, password="Garten-und-Haus-7")
    assert not changed.must_change_password
    renewed = renew_password(actor=SOMEBODY, at=AT, person=person, password="Kbtm-7392-wpxq")
    assert renewed.must_change_password
    trail = str(list(AuditEntry.objects.values_list("before", "after", "note")))
    assert "Kbtm" not in trail
    assert "argon2" not in trail


def attempt(username: str = "LiQiang", **later: int) -> None:
    attempt_sign_in(actor=SOMEBODY, at=AT + timedelta(**later), username=username)


@pytest.mark.django_db
def test_sixth_attempt_meets_a_lock_of_five_minutes() -> None:
    for second in range(5):
        attempt(seconds=second)
    with pytest.raises(AccountLocked, match="请 5 分钟后再试"):
        attempt(seconds=5)
    with pytest.raises(AccountLocked, match="请 1 分钟后再试"):
        attempt(minutes=5, seconds=3)
    attempt("liqiang", seconds=6)
    attempt(minutes=5, seconds=4)
    for second in range(4):
        attempt(minutes=5, seconds=5 + second)
    with pytest.raises(AccountLocked):
        attempt(minutes=5, seconds=10)


@pytest.mark.django_db
def test_attempts_long_apart_do_not_add_up_and_success_forgets_them() -> None:
    for number in range(8):
        attempt(minutes=6 * number)
    person = register()
    for second in range(4):
        attempt(hours=2, seconds=second)
    record_sign_in(actor=as_self(person), at=AT + timedelta(hours=2), person=person)
    for second in range(5):
        attempt(hours=2, seconds=10 + second)
    with pytest.raises(AccountLocked):
        attempt(hours=2, seconds=20)


@pytest.mark.django_db
def test_names_tried_are_not_kept_readable() -> None:
    attempt("my-secret-password")
    assert "secret" not in str(list(SignInLock.objects.values()))
