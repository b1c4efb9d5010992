"""The whole table of trainings: every state × every verb × everybody, and that what is refused changed nothing."""

import pytest
from django.db import transaction
from tests.factories.orgs import AT
from tests.factories.workforce import (
    EVERYBODY,
    Province,
    everything_written,
    make_session,
    particulars,
    small_province,
)

from lianxue.kernel.errors import NotAllowed, NotFound, Refused, WrongState
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor
from lianxue.workforce.enums import AttendanceState, AttendanceWay, SessionState
from lianxue.workforce.flows.training import TRAINING_FLOW
from lianxue.workforce.models import Attendance, TrainingSession
from lianxue.workforce.operations.training.attend import (
    Mark,
    attend_session,
    excuse_from_session,
    note_attendance,
)
from lianxue.workforce.operations.training.door import door_code
from lianxue.workforce.operations.training.plan import (
    announce_session,
    cancel_session,
    change_session,
    close_session,
    remind_missing,
)
from lianxue.workforce.rules.training import SEES_SESSION

pytestmark = pytest.mark.django_db

# verb: state -> who succeeds. States that are not named are wrong for everybody. The first city (C) runs it; its two
# counties (K is one of them) must attend.
TABLE: dict[str, dict[str, str]] = {
    "change_session": {"draft": "C", "planned": "C"},
    "announce_session": {"draft": "C"},
    "attend_session": {"planned": "PUCDKLSN"},
    "note_attendance": {"planned": "C", "held": "C"},
    "excuse_from_session": {"planned": "CK", "held": "CK"},
    "remind_missing": {"planned": "C", "held": "C"},
    "close_session": {"planned": "C"},
    "cancel_session": {"draft": "C", "planned": "C"},
}
SEEN = {"draft": "C", "planned": "PUCK", "held": "PUCK", "cancelled": "PUC"}


@pytest.fixture
def province() -> Province:
    made = small_province()
    for organisation in (*made.cities, *made.counties, *made.schools):
        made.actor(organisation)
    return made


def _act(verb: str, actor: Actor, row: TrainingSession, of_k: Attendance | None) -> None:
    if verb == "change_session":
        change_session(actor=actor, at=AT, session=row, particulars=particulars(title="新标题"))
    elif verb == "attend_session":
        attend_session(actor=actor, at=AT, code=door_code(row, AT).token, way=AttendanceWay.QR)
    elif verb == "note_attendance":
        marks = [Mark(of_k.pk, AttendanceState.ATTENDED)] if of_k else []
        note_attendance(actor=actor, at=AT, session=row, marks=marks)
    elif verb == "excuse_from_session":
        there = of_k or Attendance(session=row, pk=0)
        excuse_from_session(actor=actor, at=AT, attendance=there, reason="出差")
    elif verb == "cancel_session":
        cancel_session(actor=actor, at=AT, session=row, reason="改期")
    else:
        act = {"announce_session": announce_session, "remind_missing": remind_missing}.get(
            verb, close_session
        )
        act(actor=actor, at=AT, session=row)


def test_the_table_names_every_verb() -> None:
    assert tuple(TABLE) == TRAINING_FLOW.verbs


@pytest.mark.parametrize("state", SessionState.values)
@pytest.mark.parametrize("verb", TABLE)
def test_every_verb_in_every_state_by_everybody(province: Province, state: str, verb: str) -> None:
    row = make_session(province.actor(province.cities[0]), SessionState(state))
    actors = province.everybody()
    of_k = row.attendances.filter(person=actors["K"].person_id).first()
    before = everything_written()
    for letter in EVERYBODY:
        outcome: type[Refused] | None = None
        with transaction.atomic():
            try:
                _act(verb, actors[letter], row, of_k)
            except Refused as refusal:
                outcome = type(refusal)
                assert everything_written() == before
            else:
                target = TRAINING_FLOW.steps[verb].target or state
                assert TrainingSession.objects.get(pk=row.pk).state == target
            transaction.set_rollback(True)
        allowed = TABLE[verb].get(state)
        if verb == "attend_session" and allowed is None:
            assert issubclass(outcome or Refused, NotFound), letter  # the code says nothing more
        elif allowed is None:
            assert outcome is WrongState, letter
        else:
            assert outcome is (None if letter in allowed else NotAllowed), letter


@pytest.mark.parametrize("state", SessionState.values)
def test_who_sees_a_training_in_a_list_and_by_its_address(province: Province, state: str) -> None:
    row = make_session(province.actor(province.cities[0]), SessionState(state))
    actors = province.everybody()
    in_lists = [
        letter
        for letter in EVERYBODY
        if visible(TrainingSession.objects.all(), SEES_SESSION, actors[letter]).exists()
    ]
    by_address = [letter for letter in EVERYBODY if SEES_SESSION.holds(actors[letter], row)]
    assert in_lists == by_address == list(SEEN[state])
