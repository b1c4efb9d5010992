"""The audit trail: what is written, what never is, and that nothing can be taken back."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries
from tests.kernel.trial import AT, WANG, Note, Someone

from lianxue.accounts.models import Person
from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.models import AuditEntry, Outcome

PHONE = "+8613812345678"


@pytest.fixture
def entry(db: None) -> AuditEntry:
    return audit.record(actor=WANG, at=AT, verb="trial.put_down", subject=None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kernel_auditentry SET note = 'nothing happened'",
        "DELETE FROM kernel_auditentry",
        "TRUNCATE kernel_auditentry",
    ],
)
def test_the_database_refuses_to_change_or_remove_entries(entry: AuditEntry, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEntry.objects.get().note == ""


def test_the_program_cannot_change_them_either(entry: AuditEntry) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.update(note="nothing happened")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        entry.delete()
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
def test_only_what_changed_is_kept() -> None:
    written = audit.record(
        actor=WANG,
        at=AT,
        verb="trial.put_down",
        subject=None,
        before={"name": "甲", "on": date(2026, 1, 1), "size": Decimal("1.50"), "gone": 1},
        after={"name": "甲", "on": date(2026, 1, 2), "size": Decimal("1.50"), "new": ["a", ("b", None)]},
    )
    written.refresh_from_db()
    assert written.before == {"on": "2026-01-01", "gone": 1, "new": None}
    assert written.after == {"on": "2026-01-02", "gone": None, "new": ["a", ["b", None]]}


@pytest.mark.django_db
def test_many_things_are_written_like_one_in_one_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    subjects = [Person(pk=number, username=f"p{number}", created_at=AT) for number in (7, 8, 9)]
    changes = [audit.Change(one, {"a": 1, "b": 2}, {"a": 1, "b": 3}, note="neu\0") for one in subjects]
    with django_assert_num_queries(1):
        audit.record_many(actor=WANG, at=AT, verb="trial.put_down", changes=changes)
    audit.record(
        actor=WANG,
        at=AT,
        verb="trial.put_down",
        subject=subjects[2],
        before={"b": 2},
        after={"b": 3},
        note="neu",
    )
    *_others, third, by_itself = AuditEntry.objects.order_by("id").values()
    assert AuditEntry.objects.count() == 4
    assert {**third, "id": 0} == {**by_itself, "id": 0}


@pytest.mark.django_db
def test_sealed_values_stay_unreadable_but_a_change_can_be_seen() -> None:
    person = Person(username="wang", full_name="王芳", phone=PHONE, created_at=AT)
    first = audit.snapshot(person, "username", "phone", "citizen_id")
    assert first["username"] == "wang"
    assert first["citizen_id"] == ""
    assert PHONE not in str(first)
    assert first["phone"].startswith("• ")
    assert len(first["phone"]) == 6
    person.phone = "+8613812345679"
    second = audit.snapshot(person, "phone")
    assert second["phone"] != first["phone"]
    person.phone = PHONE
    assert audit.snapshot(person, "phone")["phone"] == first["phone"]


@pytest.mark.django_db
def test_long_and_odd_texts_never_keep_a_line_from_being_written() -> None:
    odd = Someone(label="名" * 300, organisation_label="学" * 300)
    note = Note.objects.create(key="x", verb="v" * 80, at=AT)
    written = audit.record(
        actor=odd,
        at=AT,
        verb="trial.put_down",
        subject=note,
        after={"text": "a\0b", "deep": {"k": "\0"}},
        note="n\0",
    )
    written.refresh_from_db()
    assert (written.person_label, written.organisation_label) == ("名" * 100, "学" * 200)
    assert (written.after, written.note) == ({"text": "ab", "deep": {"k": ""}}, "n")
    audit.record_refusal(
        actor=odd, at=AT, verb="trial.put_down", subject=None, refusal=NotAllowed("不行\0" * 500)
    )
    assert AuditEntry.objects.filter(outcome=Outcome.REFUSED).count() == 1


def test_acts_have_names_to_read() -> None:
    assert audit.act_label("trial.put_down") == "Put down"
    assert audit.act_label("trial.forgotten") == "trial.forgotten"
