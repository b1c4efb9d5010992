"""Sealed columns: what was sealed opens, and only where it belongs; fingerprints and masks."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxue.accounts.models import Person
from lianxue.kernel.sealing import (
    SealBroken,
    SealedTextField,
    blind_index,
    mask_citizen_id,
    mask_name,
    mask_phone,
    reseal,
    seal,
    unseal,
)

OLD, NEW = (base64.b64encode(bytes([letter]) * 32).decode() for letter in (1, 2))
AT = datetime(2026, 3, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _keys() -> Iterator[None]:
    with override_settings(SEALING_KEYS={"old": OLD}, BLIND_INDEX_KEY=base64.b64encode(b"i" * 32).decode()):
        yield


@settings(deadline=None)
@given(text=st.text(), context=st.text(min_size=1))
def test_what_was_sealed_opens_in_its_own_place(text: str, context: str) -> None:
    sealed = seal(text, context=context)

    assert unseal(sealed, context=context) == text
    with pytest.raises(SealBroken):
        unseal(sealed, context=context + ".other")


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert seal("13812345678", context="a") != seal("13812345678", context="a")


@settings(deadline=None)
@given(position=st.integers(0, 43), bit=st.integers(0, 7))
def test_one_changed_bit_is_noticed(position: int, bit: int) -> None:
    key_id, body = seal("310112194003050014"[:16], context="a").split(":")
    raw = bytearray(base64.b64decode(body))
    assert len(raw) == 44
    raw[position] ^= 1 << bit

    with pytest.raises(SealBroken):
        unseal(f"{key_id}:{base64.b64encode(raw).decode()}", context="a")


@pytest.mark.parametrize("stored", ["", "old", "old:", "old:!!!", "old:AAAA", "gone:AAAA", "plain text"])
def test_what_was_never_sealed_does_not_open(stored: str) -> None:
    with pytest.raises(SealBroken):
        unseal(stored, context="a")


def test_the_first_key_seals_and_every_key_opens() -> None:
    before = seal("王桂英", context="a")
    with override_settings(SEALING_KEYS={"new": NEW, "old": OLD}):
        after = seal("王桂英", context="a")
        assert [before[:4], after[:4]] == ["old:", "new:"]
        assert [unseal(before, context="a"), unseal(after, context="a")] == ["王桂英", "王桂英"]
    with override_settings(SEALING_KEYS={"new": NEW}), pytest.raises(SealBroken, match="no key 'old'"):
        unseal(before, context="a")


@pytest.mark.parametrize(
    "keys", [{}, {"k": "not base64!"}, {"k": base64.b64encode(b"short").decode()}, {"a:b": OLD}]
)
def test_bad_keys_stop_the_program(keys: dict[str, str]) -> None:
    with override_settings(SEALING_KEYS=keys), pytest.raises(ImproperlyConfigured):
        seal("x", context="a")


def _person(**values: str) -> Person:
    return Person.objects.create(username="wang", full_name="王桂英", created_at=AT, **values)


def _stored(column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM accounts_person")  # noqa: S608  # the tests' own words
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_column_is_sealed_in_the_database_and_readable_in_python() -> None:
    _person(phone="+8613812345678")

    assert "138" not in _stored("phone")
    assert _stored("phone").startswith("old:")
    assert _stored("citizen_id") == ""
    assert Person.objects.get().phone == "+8613812345678"


@pytest.mark.django_db
def test_a_value_moved_to_another_column_does_not_open() -> None:
    _person(phone="+8613812345678")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_person SET citizen_id = phone")

    with pytest.raises(SealBroken, match=r"accounts\.person\.citizen_id"):
        Person.objects.get()


@pytest.mark.django_db
def test_a_sealed_column_cannot_be_searched() -> None:
    with pytest.raises(FieldError, match="sealed and cannot be searched by 'exact'"):
        Person.objects.filter(phone="x").exists()  # type: ignore[misc]  # refused on purpose
    assert not Person.objects.filter(phone__isnull=True).exists()


@pytest.mark.django_db
def test_reseal_moves_every_row_to_the_first_key() -> None:
    for number in range(5):
        Person.objects.create(
            username=f"p{number}", full_name="x", phone=f"1381234567{number}", citizen_id="", created_at=AT
        )
    with override_settings(SEALING_KEYS={"new": NEW, "old": OLD}):
        assert reseal(Person, batch=2) == 5
        assert reseal(Person, batch=2) == 0
    with override_settings(SEALING_KEYS={"new": NEW}):
        phones = [person.phone for person in Person.objects.order_by("username")]

    assert phones == [f"1381234567{number}" for number in range(5)]


def test_a_pinned_context_survives_migrations() -> None:
    _name, _path, _args, kwargs = SealedTextField(context="people.phone", blank=True).deconstruct()

    assert kwargs == {"context": "people.phone", "blank": True}
    assert SealedTextField().deconstruct()[3] == {}


def test_blind_index_is_keyed_and_told_apart_by_purpose() -> None:
    index = blind_index("13812345678")

    assert (len(index), blind_index("13812345678") == index) == (64, True)
    assert blind_index("13812345679") != index
    assert blind_index("13812345678", purpose="phone") != index
    assert blind_index("") == ""
    with override_settings(BLIND_INDEX_KEY=OLD):
        assert blind_index("13812345678") != index


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("+8613812345678", "138****5678"),
        ("0086 138-1234-5678", "138****5678"),
        ("021-12345678", "021****5678"),
        ("+85212345678", "+85*****5678"),
        ("12345678", "********"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_mask_phone(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("citizen_id", "masked"),
    [
        ("310112194003050014", "310***********0014"),
        ("31011219400305001X", "310***********001X"),
        ("310112400305001", "310********5001"),
        ("31011", "*****"),
        ("", ""),
    ],
)
def test_mask_citizen_id(citizen_id: str, masked: str) -> None:
    assert mask_citizen_id(citizen_id) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [("王桂英", "王**"), ("王", "王"), ("", ""), ("买买提·艾力", "买**·**"), ("Anna Lee", "A*** ***")],
)
def test_mask_name(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.django_db
def test_the_command_seals_every_table_anew() -> None:
    with override_settings(SEALING_KEYS={"old": OLD}):
        Person.objects.create(username="p", full_name="x", phone="13812345678", citizen_id="", created_at=AT)
    out = StringIO()
    with override_settings(SEALING_KEYS={"new": NEW, "old": OLD}):
        call_command("reseal", stdout=out)

    assert "accounts.Person: 1 rows sealed anew" in out.getvalue().splitlines()
    with override_settings(SEALING_KEYS={"new": NEW}):
        assert Person.objects.get().phone == "13812345678"
