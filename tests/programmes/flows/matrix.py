"""One state and one verb of a flow, tried by everybody."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.db.models import Model
from tests.factories.orgs import AT
from tests.factories.programmes_people import EVERYBODY, everything_written

from lianxue.kernel.errors import NotAllowed, Refused, WrongState
from lianxue.kernel.flow import Flow
from lianxue.orgs.public import Actor

Table = Mapping[str, Mapping[str, str]]  # verb: state -> who succeeds


def tried_by_everybody(
    flow: Flow,
    table: Table,
    subject: Model,
    *,
    verb: str,
    actors: Mapping[str, Actor],
    act: Callable[[Actor], object],
) -> None:
    """Let everybody try ``verb``: it is done, or refused for the right reason with nothing changed."""
    state = subject.state  # type: ignore[attr-defined]  # it is there; the stubs do not tell
    allowed, target = table[verb].get(state), flow.steps[verb].target
    before = everything_written()
    for letter in EVERYBODY:
        outcome: type[Refused] | None = None
        with transaction.atomic():
            try:
                act(actors[letter])
            except Refused as refusal:
                outcome = type(refusal)
                assert everything_written() == before, letter
            else:
                row = type(subject)._default_manager.filter(pk=subject.pk).first()
                assert row is None or row.state == (target or state), letter  # type: ignore[attr-defined]  # it is there; the stubs do not tell
            transaction.set_rollback(True)
        if allowed is None:
            assert outcome is WrongState, letter
        else:
            assert outcome is (None if letter in allowed else NotAllowed), letter


def offered_to_everybody(flow: Flow, table: Table, subject: Model, actors: Mapping[str, Actor]) -> None:
    """The buttons are those of the table."""
    state = subject.state  # type: ignore[attr-defined]  # it is there; the stubs do not tell
    for letter, actor in actors.items():
        offered = [one.verb for one in flow.offered(actor=actor, subject=subject, at=AT)]
        assert offered == [verb for verb in table if letter in table[verb].get(state, "")], letter
