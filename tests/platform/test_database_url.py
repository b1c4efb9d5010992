"""Reading DATABASE_URL."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxue.platform.database_url import BadDatabaseUrl, DatabaseAddress, parse

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)


def test_the_usual_form() -> None:
    address = parse("postgres://clerk:p%40ss%2Fword@db.example:5433/lianxue?sslmode=require")
    assert address == DatabaseAddress(
        name="lianxue",
        user="clerk",
        password="p@ss/word",
        host="db.example",
        port="5433",
        options={"sslmode": "require"},
    )
    assert address.to_libpq() == {
        "PGDATABASE": "lianxue",
        "PGUSER": "clerk",
        "PGPASSWORD": "p@ss/word",
        "PGHOST": "db.example",
        "PGPORT": "5433",
        "PGSSLMODE": "require",
    }


def test_a_unix_socket_and_an_ipv6_host() -> None:
    assert parse("postgresql://lianxue@/lianxue?host=/run/postgresql").host == "/run/postgresql"
    address = parse("postgresql://u@[2001:db8::1]:5432/d")
    assert (address.host, parse(address.url())) == ("2001:db8::1", address)


@given(name=WORDS, user=WORDS, password=WORDS)
def test_what_is_written_is_read_back(name: str, user: str, password: str) -> None:
    address = DatabaseAddress(name=name, user=user, password=password, host="/run/dir with space")
    assert parse(address.url()) == address


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mysql://root:geheim@localhost/x", "must begin with postgresql://"),
        ("postgresql://root:geheim@localhost/", "names no database"),
        ("postgresql://root:geheim@localhost:port/x", "cannot be read"),
        ("geheim", "must begin with postgresql://"),
    ],
)
def test_nonsense_is_refused_without_repeating_a_password(text: str, words: str) -> None:
    with pytest.raises(BadDatabaseUrl, match=words) as refusal:
        parse(text)
    assert "geheim" not in str(refusal.value)
