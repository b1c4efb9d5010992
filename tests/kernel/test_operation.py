"""The frame around use cases: transactions, refusals in the trail, requests carried out once, operations in operations."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection
from tests.kernel.trial import (
    AT,
    LI,
    WANG,
    Note,
    notes,
    put_down,
    put_down_all,
    put_down_slowly,
    put_down_what_can_be,
    tear_up,
)

from lianxue.kernel.errors import Conflict, Invalid, NotAllowed, Refused
from lianxue.kernel.models import AuditEntry, Outcome
from lianxue.kernel.operation import OPERATIONS, operation


def trail() -> list[tuple[str, str]]:
    """Return verb and outcome of all entries, oldest first."""
    return list(AuditEntry.objects.order_by("id").values_list("verb", "outcome"))


@pytest.mark.django_db
def test_done_once_and_recorded() -> None:
    note = put_down(actor=WANG, at=AT, text="one")
    assert notes() == ["one"]
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.outcome, entry.person_id, entry.person_label) == (
        "trial.put_down",
        Outcome.DONE,
        7,
        "王芳",
    )
    assert (entry.organisation_id, entry.organisation_label) == (3, "黄浦区社区学院")
    assert (entry.remote_address, entry.at) == ("192.0.2.1", AT)
    assert (entry.subject_type, entry.subject_id, entry.after) == (
        "kernel.donerequest",
        str(note.pk),
        {"key": "one"},
    )


@pytest.mark.django_db
def test_refusal_undoes_and_is_written_down_afterwards() -> None:
    with pytest.raises(Invalid) as refused:
        put_down(actor=WANG, at=AT, text="")
    assert refused.value.fields == {"text": "Write something."}
    assert notes() == []
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.outcome, entry.note) == (
        "trial.put_down",
        Outcome.REFUSED,
        "invalid: An empty note.",
    )
    assert (entry.subject_id, entry.before, entry.after) == ("", None, None)


@pytest.mark.django_db
def test_refusal_names_what_it_was_about() -> None:
    note = put_down(actor=WANG, at=AT, text="one")
    with pytest.raises(NotAllowed):
        tear_up(actor=LI, at=AT, reason="no reason", note=note)
    entry = AuditEntry.objects.get(outcome=Outcome.REFUSED)
    assert (entry.person_label, entry.subject_type, entry.subject_id) == (
        "李强",
        "kernel.donerequest",
        str(note.pk),
    )


@pytest.mark.django_db
def test_fault_of_the_program_is_no_refusal() -> None:
    @operation("trial.break", label="Break")
    def break_down(*, actor: object, at: object) -> None:
        Note.objects.create(key="x", verb="note", at=AT)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_down(actor=WANG, at=AT)
    assert notes() == []
    assert trial_is_empty()


def trial_is_empty() -> bool:
    return not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_inner_refusal_that_goes_on_is_written_once_by_the_outer() -> None:
    with pytest.raises(Invalid):
        put_down_all(actor=WANG, at=AT, texts=["one", "", "two"])
    assert notes() == []
    assert trail() == [("trial.put_down_all", Outcome.REFUSED)]


@pytest.mark.django_db
def test_inner_refusal_that_is_borne_stays_in_the_trail_and_the_rest_is_done() -> None:
    put_down_what_can_be(actor=WANG, at=AT, texts=["one", "", "two"])
    assert notes() == ["one", "two"]
    assert trail() == [
        ("trial.put_down", Outcome.DONE),
        ("trial.put_down", Outcome.REFUSED),
        ("trial.put_down", Outcome.DONE),
    ]


@pytest.mark.django_db
def test_outer_refusal_takes_everything_back_but_its_own_line() -> None:
    with pytest.raises(NotAllowed):
        put_down_what_can_be(actor=WANG, at=AT, texts=["one", ""], fail=True)
    assert notes() == []
    assert trail() == [("trial.put_down_what_can_be", Outcome.REFUSED)]


@pytest.mark.django_db
def test_same_request_sent_again_gives_the_first_result() -> None:
    first = put_down(actor=WANG, at=AT, text="one", request_key="k")
    again = put_down(actor=WANG, at=AT, text="one", request_key="k")
    assert again.pk == first.pk
    assert notes() == ["one"]
    assert trail() == [("trial.put_down", Outcome.DONE)]


@pytest.mark.django_db
def test_changed_form_under_the_old_key_is_a_new_request() -> None:
    put_down(actor=WANG, at=AT, text="one", request_key="k")
    put_down(actor=WANG, at=AT, text="two", request_key="k")
    assert notes() == ["one", "two"]


@dataclass(frozen=True)
class Parcel:
    """Something that operations take: rows, files and plain values within one another."""

    note: Note
    file: ContentFile[bytes]
    lines: Mapping[str, Sequence[Decimal]]


@pytest.mark.django_db
def test_what_was_sent_is_compared_by_content() -> None:
    @operation("trial.send", label="Send")
    def send(
        *, actor: object, at: object, parcel: Parcel, tags: set[str], request_key: str | None = None
    ) -> None:
        Note.objects.create(key="sent", verb="note", at=AT, person_id=Note.objects.count() + 1000)

    note = Note.objects.create(key="x", verb="other", at=AT)

    def parcel(text: bytes = b"abc", name: str = "a.txt", price: str = "1.50") -> Parcel:
        return Parcel(note, ContentFile(text, name=name), {"b": [Decimal(price)], "a": []})

    for given in (parcel(), parcel()):
        send(actor=WANG, at=AT, parcel=given, tags={"a", "b", "c"}, request_key="k")
    assert notes() == ["sent"]
    for number, given in enumerate((parcel(b"abd"), parcel(name="b.txt"), parcel(price="1.51")), 2):
        send(actor=WANG, at=AT, parcel=given, tags={"c", "b", "a"}, request_key="k")
        assert len(notes()) == number
    send(actor=WANG, at=AT, parcel=parcel(), tags={"a"}, request_key="k")
    assert len(notes()) == 5


@pytest.mark.django_db
def test_key_of_another_person_counts_apart() -> None:
    put_down(actor=WANG, at=AT, text="one", request_key="k")
    put_down(actor=LI, at=AT, text="one", request_key="k")
    assert notes() == ["one", "one"]


@pytest.mark.django_db
def test_refused_request_can_be_sent_again() -> None:
    for _ in range(2):
        with pytest.raises(Invalid):
            put_down(actor=WANG, at=AT, text="", request_key="k")
    assert trail() == [("trial.put_down", Outcome.REFUSED)] * 2


@pytest.mark.django_db
def test_request_without_key_is_carried_out_each_time() -> None:
    put_down(actor=WANG, at=AT, text="one")
    put_down(actor=WANG, at=AT, text="one")
    assert notes() == ["one", "one"]


def test_operations_are_keyword_only_and_told_who_and_when() -> None:
    with pytest.raises(TypeError, match="keyword-only"):

        @operation("trial.loose")
        def loose(actor: object, *, at: object) -> None: ...

    with pytest.raises(TypeError, match="take actor and at"):

        @operation("trial.nobody")
        def nobody(*, at: object) -> None: ...


def test_one_verb_one_operation() -> None:
    with pytest.raises(ValueError, match=r"already holds 'trial\.put_down'"):

        @operation("trial.put_down")
        def other(*, actor: object, at: object) -> None: ...

    assert OPERATIONS["trial.put_down"] is put_down


def in_threads(*acts: Callable[[], object]) -> list[object]:
    """Run all at once, each on a connection of its own, and return what came out or was raised."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait(10)
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.slow
def test_two_identical_requests_at_once_make_one_row(own_database: None) -> None:
    for turn in range(5):
        key = f"k{turn}"
        results = in_threads(*[lambda key=key: put_down(actor=WANG, at=AT, text=key, request_key=key)] * 4)
        assert len({note.pk for note in results if isinstance(note, Note)}) == 1
        assert not [one for one in results if isinstance(one, Refused)]
    assert notes() == [f"k{turn}" for turn in range(5)]
    assert trail() == [("trial.put_down", Outcome.DONE)] * 5


@pytest.mark.slow
def test_refusal_is_committed_although_the_work_was_taken_back(own_database: None) -> None:
    (result,) = in_threads(lambda: put_down(actor=WANG, at=AT, text=""))
    assert isinstance(result, Invalid)
    assert notes() == []
    assert trail() == [("trial.put_down", Outcome.REFUSED)]


@pytest.mark.slow
def test_two_who_clash_in_the_database_get_a_conflict(
    own_database: None, caplog: pytest.LogCaptureFixture
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX one_note ON kernel_donerequest (key) WHERE verb = 'note'")
    begun, go_on = threading.Event(), threading.Event()

    def first() -> object:
        return put_down_slowly(actor=WANG, at=AT, text="same", begun=begun, go_on=go_on)

    def second() -> object:
        begun.wait(10)
        threading.Timer(0.2, go_on.set).start()
        return put_down(actor=LI, at=AT, text="same")

    with caplog.at_level(logging.WARNING, logger="lianxue.kernel.operation"):
        _, clash = in_threads(first, second)
    assert isinstance(clash, Conflict)
    assert isinstance(clash.__cause__, DatabaseError)
    assert notes() == ["same"]
    assert trail() == [("trial.put_down", Outcome.REFUSED)]


@pytest.mark.slow
def test_deadlock_is_a_conflict_for_one_and_nothing_for_the_other(own_database: None) -> None:
    one, two = (Note.objects.create(key=key, verb="note", at=AT) for key in "ab")
    both = threading.Barrier(2)

    @operation("trial.lock_both", label="Lock both")
    def lock_both(*, actor: object, at: object, order: tuple[int, int]) -> None:
        Note.objects.select_for_update().get(pk=order[0])
        both.wait(10)
        Note.objects.select_for_update().get(pk=order[1])

    results = in_threads(
        lambda: lock_both(actor=WANG, at=AT, order=(one.pk, two.pk)),
        lambda: lock_both(actor=LI, at=AT, order=(two.pk, one.pk)),
    )
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "NoneType"]
    assert trail() == [("trial.lock_both", Outcome.REFUSED)]
