"""A training is written down, changed, announced, closed or called off."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed, Unmet
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.workforce.enums import SessionState
from lianxue.workforce.events import AttendanceReminded, SessionAnnounced, SessionCancelled, SessionMoved
from lianxue.workforce.flows.training import TRAINING_FLOW
from lianxue.workforce.models import TrainingSession
from lianxue.workforce.operations.checks import require_reason
from lianxue.workforce.operations.training.expecting import expect
from lianxue.workforce.operations.training.particulars import Particulars, write_audience, write_into
from lianxue.workforce.queries.training import level_of, place_of
from lianxue.workforce.rules.training import may_organise

WRITTEN = ("title", "topic", "way", "starts_at", "ends_at", "place", "link", "words")
TOLD = ("starts_at", "ends_at", "place", "link", "way")  # a change of these concerns everybody who was asked


def locked_session(session: TrainingSession) -> TrainingSession:
    """Return the training anew, locked until the end of the transaction."""
    return TrainingSession.objects.select_for_update().get(pk=session.pk)


@operation("workforce.plan_session", label=_("Plan a training"))
def plan_session(
    *, actor: Actor, at: datetime, particulars: Particulars, request_key: str | None = None
) -> TrainingSession:
    """Write a training of the own organisation down (S1-28, S0-48). Raise ``NotAllowed``, ``Unmet`` or ``Invalid``."""
    if not may_organise(actor):
        raise NotAllowed
    node = place_of(actor.organisation_id or 0)
    if node is None:
        raise Unmet(_("Your organisation stands in no chain of authority, so it has nobody to train."))
    row = TrainingSession(
        organiser_id=node.organisation_id,
        chain=node.chain,
        level=level_of(node),
        created_at=at,
        created_by_id=actor.person_id,
    )
    write_into(row, particulars)
    row.save(force_insert=True)
    write_audience(row, particulars.audience)
    audit.record(
        actor=actor,
        at=at,
        verb="workforce.plan_session",
        subject=row,
        after={**audit.snapshot(row, *WRITTEN), "audience": _audience_words(row)},
    )
    return row


@operation("workforce.change_session", label=_("Change a training"))
def change_session(
    *,
    actor: Actor,
    at: datetime,
    session: TrainingSession,
    particulars: Particulars,
    request_key: str | None = None,
) -> TrainingSession:
    """Change a training before it is closed; who was asked is told when day, hour or place change.

    Raise ``WrongState``, ``NotAllowed`` or ``Invalid``.
    """
    row = locked_session(session)
    TRAINING_FLOW.require("change_session", actor=actor, subject=row, at=at)
    before = {**audit.snapshot(row, *WRITTEN), "audience": _audience_words(row)}
    write_into(row, particulars)
    row.save(update_fields=[*WRITTEN])
    write_audience(row, particulars.audience)
    after = {**audit.snapshot(row, *WRITTEN), "audience": _audience_words(row)}
    audit.record(actor=actor, at=at, verb="workforce.change_session", subject=row, before=before, after=after)
    if row.state == SessionState.PLANNED:
        new = expect(row, at)
        if any(before[name] != after[name] for name in TOLD):
            publish(SessionMoved(at, row.pk))
        if new:
            publish(SessionAnnounced(at, row.pk, new))
    return row


@operation("workforce.announce_session", label=_("Announce a training"))
def announce_session(
    *, actor: Actor, at: datetime, session: TrainingSession, request_key: str | None = None
) -> TrainingSession:
    """Announce a training: who must attend is written down by name and told. Raise ``WrongState`` or ``NotAllowed``."""
    row = locked_session(session)
    TRAINING_FLOW.require("announce_session", actor=actor, subject=row, at=at)
    before = audit.snapshot(row, "state")
    row.state, row.announced_at = SessionState.PLANNED, at
    row.save(update_fields=["state", "announced_at"])
    new = expect(row, at)
    audit.record(
        actor=actor,
        at=at,
        verb="workforce.announce_session",
        subject=row,
        before=before,
        after={**audit.snapshot(row, "state"), "expected": row.attendances.count()},
    )
    publish(SessionAnnounced(at, row.pk, new))
    return row


@operation("workforce.close_session", label=_("Close the list of a training"))
def close_session(
    *, actor: Actor, at: datetime, session: TrainingSession, request_key: str | None = None
) -> TrainingSession:
    """Say that a training was held; from now on it counts. Raise ``WrongState``, ``NotAllowed`` or ``Unmet``."""
    row = locked_session(session)
    TRAINING_FLOW.require("close_session", actor=actor, subject=row, at=at)
    before = audit.snapshot(row, "state")
    row.state, row.closed_at = SessionState.HELD, at
    row.save(update_fields=["state", "closed_at"])
    audit.record(
        actor=actor,
        at=at,
        verb="workforce.close_session",
        subject=row,
        before=before,
        after=audit.snapshot(row, "state"),
    )
    return row


@operation("workforce.cancel_session", label=_("Call a training off"))
def cancel_session(
    *, actor: Actor, at: datetime, session: TrainingSession, reason: str, request_key: str | None = None
) -> TrainingSession:
    """Call a training off with a reason; who was asked is told.

    Raise ``WrongState``, ``NotAllowed``, ``ReasonMissing`` or ``Invalid``.
    """
    row = locked_session(session)
    TRAINING_FLOW.require("cancel_session", actor=actor, subject=row, at=at)
    before = audit.snapshot(row, "state")
    was_announced = row.state == SessionState.PLANNED
    row.state, row.cancel_reason = SessionState.CANCELLED, require_reason(reason)
    row.save(update_fields=["state", "cancel_reason"])
    audit.record(
        actor=actor,
        at=at,
        verb="workforce.cancel_session",
        subject=row,
        before=before,
        after=audit.snapshot(row, "state"),
        note=row.cancel_reason,
    )
    if was_announced:
        publish(SessionCancelled(at, row.pk))
    return row


@operation("workforce.remind_missing", label=_("Remind those who have not attended"))
def remind_missing(*, actor: Actor, at: datetime, session: TrainingSession) -> int:
    """Remind everybody with an account who is expected and neither came nor was excused; return how many they are.

    Pressed twice on one day it tells nobody twice. Raise ``WrongState``, ``NotAllowed`` or ``Unmet``.
    """
    row = locked_session(session)
    TRAINING_FLOW.require("remind_missing", actor=actor, subject=row, at=at)
    people = row.attendances.filter(state="expected", person__isnull=False).order_by("person_id")
    missing = tuple(dict.fromkeys(people.values_list("person_id", flat=True)))
    before = audit.snapshot(row, "reminded_at")
    row.reminded_at = at
    row.save(update_fields=["reminded_at"])
    audit.record(
        actor=actor,
        at=at,
        verb="workforce.remind_missing",
        subject=row,
        before=before,
        after={**audit.snapshot(row, "reminded_at"), "people": len(missing)},
    )
    publish(AttendanceReminded(at, row.pk, missing))
    return len(missing)


def _audience_words(row: TrainingSession) -> list[str]:
    lines = row.audience.order_by("kind", "team", "organisation_id")
    return [
        ":".join(str(part) for part in (one.kind, one.team, one.organisation_id) if part) for one in lines
    ]
