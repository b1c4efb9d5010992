"""Kept query sets answer as the query sets themselves do, and refuse what cannot be kept."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.models import Count, Max, Q, QuerySet
from django.db.transaction import TransactionManagementError
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from tests.kernel.trial import AT, WANG, Note

from lianxue.kernel import audit
from lianxue.kernel.kept import Figures, kept, kept_figures
from lianxue.kernel.models import AuditEntry
from lianxue.kernel.new_row import rewrite, write, write_unless_known

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def some_notes() -> None:
    for number, (key, verb) in enumerate((("a", "note"), ("b", "note"), ("c%", "other"))):
        Note.objects.create(key=key, verb=verb, person_id=number, at=AT + timedelta(days=number))


@kept
def of_verb(verb: str) -> QuerySet[Note]:
    return Note.objects.filter(verb=verb).order_by("pk")


@kept
def since(at: datetime, person_id: int | None) -> "QuerySet[Note, str]":
    return Note.objects.filter(at__gte=at, person_id=person_id).values_list("key", flat=True)


def test_rows_counts_and_existence_are_those_of_the_query_set() -> None:
    for verb in ("note", "other", "note", "none", "%", "it's"):
        rows = Note.objects.filter(verb=verb).order_by("pk")
        assert of_verb.rows(verb=verb) == list(rows)
        assert of_verb.first(verb=verb) == rows.first()
        if rows:
            assert of_verb.get(verb=verb) == rows[0]
        else:
            with pytest.raises(Note.DoesNotExist):
                of_verb.get(verb=verb)
        assert of_verb.count(verb=verb) == rows.count()
        assert of_verb.exists(verb=verb) is rows.exists()
    assert since.rows(at=AT, person_id=1) == ["b"]
    assert since.rows(at=AT + timedelta(days=2), person_id=1) == []
    assert since.rows(at=AT, person_id=None) == []  # another shape: IS NULL
    assert since.rows(at=AT, person_id=2) == ["c%"]


def test_a_call_sends_one_statement() -> None:
    of_verb.rows(verb="note")
    with CaptureQueriesContext(connection) as captured:
        of_verb.rows(verb="other")
        of_verb.count(verb="other")
    assert len(captured) == 2


@kept_figures
def figures(verb: str, before: datetime) -> Figures:
    return Note.objects.filter(verb=verb), {
        "late": Count("pk", filter=Q(at__gte=before)),
        "all": Count("pk"),
        "last": Max("at"),
    }


def test_figures_are_those_of_aggregate() -> None:
    for verb in ("note", "other", "none"):
        rows, wanted = figures.compose(verb=verb, before=AT + timedelta(hours=1))
        assert figures(verb=verb, before=AT + timedelta(hours=1)) == rows.aggregate(**wanted)
    assert figures(verb="note", before=AT + timedelta(days=9)) == {
        "late": 0,
        "all": 2,
        "last": AT + timedelta(days=1),
    }


@kept
def none_of(person_id: int) -> QuerySet[Note]:
    return Note.objects.filter(person_id=person_id, pk__in=[])


@kept_figures
def figures_of_none(person_id: int) -> Figures:
    return Note.objects.filter(person_id=person_id, pk__in=[]), {"all": Count("pk"), "last": Max("at")}


def test_where_nothing_can_be_found_nothing_is_found() -> None:
    assert none_of.rows(person_id=1) == []
    assert none_of.count(person_id=1) == 0
    assert none_of.exists(person_id=1) is False
    assert figures_of_none(person_id=1) == {"all": 0, "last": None}


@kept
def numbered(pk: int) -> QuerySet[Note]:
    return Note.objects.filter(pk=pk)


def test_a_number_that_no_column_takes_finds_nothing() -> None:
    for number in (2**31, 2**63, 10**30, -(2**40)):
        assert numbered.first(pk=number) is None
        assert numbered.count(pk=number) == 0
        assert numbered.exists(pk=number) is False


@kept
def by_value(person_id: int) -> QuerySet[Note]:
    rows = Note.objects.filter(person_id=person_id)
    return rows if person_id < 10 else rows | Note.objects.filter(person_id=person_id + 1)


@kept
def with_derived(person_id: int) -> QuerySet[Note]:
    return Note.objects.filter(person_id=person_id + 1)


@kept
def like(text: str) -> QuerySet[Note]:
    return Note.objects.filter(key__contains=text)


def test_what_cannot_be_kept_is_a_fault_of_the_program() -> None:
    with pytest.raises(AssertionError, match="depend on its values"):
        by_value.rows(person_id=3)
    with pytest.raises(TypeError, match="do not stand in the statement"):
        with_derived.rows(person_id=3)
    with pytest.raises(TypeError, match="only whole texts"):
        like.rows(text="a")


@kept
def locked(verb: str) -> QuerySet[Note]:
    return Note.objects.select_for_update().filter(verb=verb)


@override_settings(TESTING=False)
def test_rows_are_locked_inside_a_transaction_only() -> None:
    assert len(locked.rows(verb="note")) == 2
    autocommit = connection.get_autocommit
    connection.get_autocommit = lambda: True  # as a connection says outside of any transaction
    try:
        with pytest.raises(TransactionManagementError):
            locked.rows(verb="note")
    finally:
        connection.get_autocommit = autocommit


def test_a_new_row_is_written_as_save_writes_it() -> None:
    audit.record(actor=WANG, at=AT, verb="trial.act", subject=None, before={"a": 1}, after={"a": [2, "三"]})
    written = AuditEntry.objects.get()
    saved = AuditEntry(**{f.attname: getattr(written, f.attname) for f in AuditEntry._meta.fields})
    saved.pk = None
    saved.save(force_insert=True)
    saved.refresh_from_db()
    for field in AuditEntry._meta.fields:
        if not field.primary_key:
            assert getattr(saved, field.attname) == getattr(written, field.attname), field.name
    fresh = Note(key="n", verb="note", person_id=5, at=AT)
    write(fresh)
    assert not fresh._state.adding
    assert Note.objects.get(pk=fresh.pk) == fresh


def test_a_row_that_is_known_is_not_written_again() -> None:
    first, again = (Note(key="once", verb="note", person_id=5, at=AT) for _time in range(2))
    assert write_unless_known(first)
    again.pk = None
    assert Note.objects.filter(key="once").count() == 1
    assert write_unless_known(again) is False
    assert again.pk is None
    assert Note.objects.get(key="once") == first


def test_a_row_is_rewritten_as_save_rewrites_it() -> None:
    row = Note.objects.get(key="a")
    row.verb, row.person_id, row.at = "it's %s", None, AT - timedelta(days=9)
    rewrite(row, "verb", "person_id")
    kept_row = Note.objects.get(key="a")
    assert (kept_row.verb, kept_row.person_id, kept_row.at) == ("it's %s", None, AT)
    row.delete()
    row.pk = kept_row.pk
    with pytest.raises(DatabaseError):
        rewrite(row, "verb")
