"""Statements that are planned with their values are not kept by the connection, the others are."""

import pytest
from django.db import connection

from lianxue.kernel.plans import planned_with_values

pytestmark = pytest.mark.django_db


def _kept() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%asked again%'")
        return int(cursor.fetchone()[0])


def _ask(number: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("/* asked again */ SELECT %s::int + 1", [number])
        return int(cursor.fetchone()[0])


def test_only_within_the_block_statements_are_sent_anew() -> None:
    with planned_with_values():
        assert [_ask(number) for number in range(5)] == [1, 2, 3, 4, 5]
        assert _kept() == 0
    assert [_ask(number) for number in range(5)] == [1, 2, 3, 4, 5]
    assert _kept() == 1


def test_the_block_ends_when_something_fails_in_it() -> None:
    connection.ensure_connection()
    before = connection.connection.prepare_threshold
    with pytest.raises(ZeroDivisionError), planned_with_values():
        raise ZeroDivisionError
    assert connection.connection.prepare_threshold == before
