"""Rows copied into a table in one stream."""

from datetime import UTC, datetime

import pytest
from django.db import DataError, connection, transaction

from lianxue.kernel.bulk import by_the_million, copy_rows
from lianxue.kernel.models import AuditEntry, DoneRequest

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
COLUMNS = ("key", "verb", "person_id", "at", "result_type", "result_id")


def test_rows_arrive_with_their_types_and_order() -> None:
    rows = [("a\tb\\N", "x.y", None, AT, "", ""), ("第二", "x.y", 7, AT, "t", "5")]
    assert copy_rows(DoneRequest, COLUMNS, iter(rows)) == 2
    assert list(DoneRequest.objects.order_by("pk").values_list(*COLUMNS)) == rows


def test_nothing_is_nothing() -> None:
    assert copy_rows(DoneRequest, COLUMNS, []) == 0


def test_json_is_written_as_json() -> None:
    names = [field.attname for field in AuditEntry._meta.concrete_fields if not field.primary_key]
    values = dict.fromkeys(names, "") | {
        "at": AT,
        "outcome": "done",
        "person_id": None,
        "organisation_id": None,
        "remote_address": None,
        "before": None,
        "after": {"名": [1, "'", None]},
    }
    copy_rows(AuditEntry, names, [[values[name] for name in names]])
    entry = AuditEntry.objects.latest("pk")
    assert (entry.before, entry.after) == (None, {"名": [1, "'", None]})


@pytest.mark.parametrize("columns", [(*COLUMNS, "nonsense"), COLUMNS[1:]])
def test_unknown_and_missing_columns_are_a_fault(columns: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="DoneRequest"):
        copy_rows(DoneRequest, columns, [])


def test_a_row_that_does_not_fit_stops_everything() -> None:
    with pytest.raises(ValueError, match="zip"):
        copy_rows(DoneRequest, COLUMNS, [("a", "b")])


def test_a_wrong_value_stops_everything() -> None:
    with pytest.raises(DataError):
        copy_rows(DoneRequest, COLUMNS, [("a", "b", "no number", AT, "", "")])


def _settings() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('work_mem'), current_setting('cursor_tuple_fraction')")
        found: tuple[str, str] = cursor.fetchone()
    return found


def test_room_for_millions_is_given_back() -> None:
    before = _settings()
    with by_the_million():
        assert _settings() == ("128MB", "1")
    assert _settings() == before


def test_room_for_millions_ends_with_what_fails() -> None:
    before = _settings()
    with pytest.raises(DataError), transaction.atomic(), by_the_million(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    assert _settings() == before
