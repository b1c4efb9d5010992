"""A made-up feature for the tests of the kernel: notes that people put down, as operations and a flow."""

import secrets
import threading
from dataclasses import dataclass
from datetime import UTC, datetime

from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed, Refused
from lianxue.kernel.models import DoneRequest
from lianxue.kernel.operation import operation

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)

# The one plain table of the kernel stands in for a feature's table.
Note = DoneRequest


@dataclass(frozen=True)
class Someone:
    """Somebody who acts."""

    person_id: int | None = 7
    label: str = "王芳"
    organisation_id: int | None = 3
    organisation_label: str = "黄浦区社区学院"
    remote_address: str | None = "192.0.2.1"


WANG = Someone()
LI = Someone(person_id=8, label="李强")


def notes() -> list[str]:
    """Return the texts of all notes, oldest first."""
    return list(Note.objects.filter(verb="note").order_by("pk").values_list("key", flat=True))


@operation("trial.put_down", label="Put down")
def put_down(*, actor: Someone, at: datetime, text: str, request_key: str | None = None) -> Note:
    """Put down a note; an empty one is refused after it has been written."""
    note = Note.objects.create(key=text, verb="note", person_id=secrets.randbits(40), at=at)
    if not text:
        raise Invalid("An empty note.", fields={"text": "Write something."})
    audit.record(actor=actor, at=at, verb="trial.put_down", subject=note, after={"key": text})
    return note


@operation("trial.put_down_slowly", label="Put down slowly")
def put_down_slowly(
    *, actor: Someone, at: datetime, text: str, begun: threading.Event, go_on: threading.Event
) -> None:
    """Put down a note and wait before the transaction ends."""
    Note.objects.create(key=text, verb="note", person_id=secrets.randbits(40), at=at)
    begun.set()
    go_on.wait(10)


@operation("trial.put_down_all", label="Put down all")
def put_down_all(*, actor: Someone, at: datetime, texts: list[str]) -> None:
    """Put down several notes, each by the operation for one; the first refusal ends it."""
    for text in texts:
        put_down(actor=actor, at=at, text=text)


@operation("trial.put_down_what_can_be", label="Put down what can be")
def put_down_what_can_be(*, actor: Someone, at: datetime, texts: list[str], fail: bool = False) -> None:
    """Put down several notes and go on after a refusal."""
    for text in texts:
        try:
            put_down(actor=actor, at=at, text=text)
        except Refused:
            continue
    if fail:
        raise NotAllowed


@operation("trial.tear_up", label="Tear up")
def tear_up(*, actor: Someone, at: datetime, reason: str, note: Note) -> None:
    """Refuse in any case."""
    raise NotAllowed
