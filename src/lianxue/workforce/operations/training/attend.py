"""Who was there: said by the person at the door, noted by the organiser, or excused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed, NotFound
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.workforce.enums import AttendanceState, AttendanceWay, Part
from lianxue.workforce.flows.training import TRAINING_FLOW
from lianxue.workforce.models import Attendance, TrainingSession
from lianxue.workforce.operations.checks import NAME_LENGTH, UNIT_LENGTH, require_reason, require_text
from lianxue.workforce.operations.training.door import session_typed
from lianxue.workforce.operations.training.plan import locked_session
from lianxue.workforce.rules.training import EXCUSES

NOTED = ("state", "way", "noted_at", "noted_by", "reason")


@dataclass(frozen=True)
class Mark:
    """What the organiser notes of one row."""

    row_id: int
    state: AttendanceState
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Comer:
    """Somebody whom nobody expected; ``account`` may be empty."""

    name: str
    unit: str
    account: str = ""
    part: Part = Part.PARTICIPANT
    state: AttendanceState = AttendanceState.ATTENDED
    reason: str = ""


@operation("workforce.attend_session", label=_("Say that one is at a training"))
def attend_session(
    *, actor: Actor, at: datetime, code: str, way: AttendanceWay, request_key: str | None = None
) -> Attendance:
    """Note that the actor is at the training whose code was scanned or typed; a second time changes nothing.

    Who was not asked is welcome (S0-48: 不定期). Raise ``CodeNotValid``, ``WrongState``, ``NotAllowed`` or ``Unmet``.
    """
    row = locked_session(session_typed(code, at))
    TRAINING_FLOW.require("attend_session", actor=actor, subject=row, at=at)
    there = row.attendances.filter(person_id=actor.person_id or 0).order_by("part").last()
    if there is None:
        there = Attendance(
            session=row,
            person_id=actor.person_id,
            organisation_id=actor.organisation_id,
            name=actor.person_name[:NAME_LENGTH],
            unit_name=actor.organisation_name[:UNIT_LENGTH],
        )
    elif there.state == AttendanceState.ATTENDED:
        return there
    _note(there, AttendanceState.ATTENDED, way, actor=actor, at=at)
    there.save()
    audit.record(
        actor=actor,
        at=at,
        verb="workforce.attend_session",
        subject=row,
        after={"attendance": there.pk, **audit.snapshot(there, "state", "way")},
    )
    return there


@operation("workforce.note_attendance", label=_("Note who was at a training"))
def note_attendance(
    *,
    actor: Actor,
    at: datetime,
    session: TrainingSession,
    marks: Sequence[Mark] = (),
    comers: Sequence[Comer] = (),
    way: AttendanceWay = AttendanceWay.LIST,
    request_key: str | None = None,
) -> TrainingSession:
    """Note who was there, who was excused and why, and who came of themselves.

    All or nothing. Raise ``WrongState``, ``NotAllowed``, ``NotFound`` or ``Invalid``.
    """
    row = locked_session(session)
    TRAINING_FLOW.require("note_attendance", actor=actor, subject=row, at=at)
    rows = {one.pk: one for one in row.attendances.all()}
    changes = []
    for mark in marks:
        there = rows.get(mark.row_id)
        if there is None:
            raise NotFound
        before = audit.snapshot(there, *NOTED)
        if not _differs(there, mark):
            continue
        if not there.name and mark.state != AttendanceState.EXPECTED:
            raise Invalid(fields={f"state_{there.pk}": _("Please add by name whoever came for this unit.")})
        _note(there, mark.state, way, actor=actor, at=at, reason=mark.reason, field=f"reason_{there.pk}")
        there.save(update_fields=[*NOTED])
        changes.append({"attendance": there.pk, "before": before, "after": audit.snapshot(there, *NOTED)})
    for comer in comers:
        there = _new_comer(row, comer)
        _note(there, comer.state, way, actor=actor, at=at, reason=comer.reason)
        there.save(force_insert=True)
        changes.append({"attendance": there.pk, "after": audit.snapshot(there, "part", *NOTED)})
    if changes:
        audit.record(
            actor=actor, at=at, verb="workforce.note_attendance", subject=row, after={"rows": changes}
        )
    return row


@operation("workforce.excuse_from_session", label=_("Send apologies for a training"))
def excuse_from_session(
    *, actor: Actor, at: datetime, attendance: Attendance, reason: str, request_key: str | None = None
) -> Attendance:
    """Excuse somebody with a reason: oneself, one's own unit, or anybody for the organiser.

    Raise ``WrongState``, ``NotAllowed``, ``ReasonMissing`` or ``Invalid``.
    """
    session = locked_session(attendance.session)
    TRAINING_FLOW.require("excuse_from_session", actor=actor, subject=session, at=at)
    row = Attendance.objects.select_related("session").get(pk=attendance.pk)
    if not EXCUSES.holds(actor, row):
        raise NotAllowed
    if row.state == AttendanceState.ATTENDED:
        raise Invalid(_("This person was there."))
    if not row.name:
        row.name = actor.person_name[:NAME_LENGTH]  # who answers for a unit that has named nobody
    before = audit.snapshot(row, *NOTED)
    _note(row, AttendanceState.EXCUSED, AttendanceWay.LIST, actor=actor, at=at, reason=reason)
    row.save(update_fields=["name", *NOTED])
    audit.record(
        actor=actor,
        at=at,
        verb="workforce.excuse_from_session",
        subject=session,
        before=before,
        after={"attendance": row.pk, **audit.snapshot(row, *NOTED)},
        note=row.reason,
    )
    return row


def _differs(row: Attendance, mark: Mark) -> bool:
    return row.state != mark.state or (
        mark.state == AttendanceState.EXCUSED and row.reason != mark.reason.strip()
    )


def _note(
    row: Attendance,
    state: AttendanceState,
    way: AttendanceWay,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    field: str = "reason",
) -> None:
    row.state = state
    row.reason = require_reason(reason, field=field) if state == AttendanceState.EXCUSED else ""
    is_known = state != AttendanceState.EXPECTED
    row.way = way if is_known else ""
    row.noted_at = at if is_known else None
    row.noted_by_id = actor.person_id if is_known else None


def _new_comer(session: TrainingSession, comer: Comer) -> Attendance:
    name = require_text(comer.name, field="name", longest=NAME_LENGTH)
    unit = require_text(comer.unit, field="unit", longest=UNIT_LENGTH)
    person = None
    if comer.account.strip():
        person = Person.objects.filter(username=comer.account.strip(), is_active=True).first()  # S1-86
        if person is None or person.full_name != name:
            raise Invalid(
                fields={"account": _("There is no account of this name that belongs to this person.")}
            )
        if session.attendances.filter(person=person, part=comer.part).exists():
            raise Invalid(fields={"account": _("This person stands on the list already.")})
    elif session.attendances.filter(person=None, name=name, unit_name=unit, part=comer.part).exists():
        raise Invalid(fields={"name": _("This person stands on the list already.")})
    return Attendance(session=session, person=person, name=name, unit_name=unit, part=comer.part)
