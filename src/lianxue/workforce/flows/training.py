"""The way of a training: written down, announced, held and closed; or called off."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.flow import Condition, Flow, Step
from lianxue.workforce.enums import AttendanceState, SessionState
from lianxue.workforce.models import TrainingSession
from lianxue.workforce.rules.training import RUNS, SOMEBODY

# The door: who comes early or is a little late is there all the same.
DOOR_OPENS_BEFORE = timedelta(hours=1)
DOOR_STAYS_OPEN = timedelta(hours=1)


def _has_begun(session: TrainingSession, at: datetime) -> bool:
    return at >= session.starts_at


def _door_open(session: TrainingSession, at: datetime) -> bool:
    return session.starts_at - DOOR_OPENS_BEFORE <= at <= session.ends_at + DOOR_STAYS_OPEN


def _somebody_missing(session: TrainingSession, _at: datetime) -> bool:
    return session.attendances.filter(state=AttendanceState.EXPECTED, person__isnull=False).exists()


HAS_BEGUN = Condition("has_begun", _has_begun, _("This training has not begun yet."))
DOOR_OPEN = Condition(
    "door_open",
    _door_open,
    _("The code works from an hour before the training begins until an hour after it ends."),
)
SOMEBODY_MISSING = Condition(
    "somebody_missing", _somebody_missing, _("Nobody with an account is still missing.")
)

TRAINING_FLOW = Flow(
    "training",
    states=SessionState.values,
    steps=[
        Step(
            verb="change_session",
            source=(SessionState.DRAFT, SessionState.PLANNED),
            target=None,
            who=RUNS,
            label=_("Change"),
            tone="plain",
        ),
        Step(
            verb="announce_session",
            source=(SessionState.DRAFT,),
            target=SessionState.PLANNED,
            who=RUNS,
            label=_("Announce"),
        ),
        Step(
            verb="attend_session",
            source=(SessionState.PLANNED,),
            target=None,
            who=SOMEBODY,
            label=_("I am here"),
            needs=(DOOR_OPEN,),
        ),
        Step(
            verb="note_attendance",
            source=(SessionState.PLANNED, SessionState.HELD),
            target=None,
            who=RUNS,
            label=_("Note who was there"),
            tone="plain",
        ),
        Step(
            verb="excuse_from_session",
            source=(SessionState.PLANNED, SessionState.HELD),
            target=None,
            who=SOMEBODY,
            label=_("Send apologies"),
            tone="plain",
        ),
        Step(
            verb="remind_missing",
            source=(SessionState.PLANNED, SessionState.HELD),
            target=None,
            who=RUNS,
            label=_("Remind all who have not attended"),
            needs=(SOMEBODY_MISSING,),
            tone="plain",
        ),
        Step(
            verb="close_session",
            source=(SessionState.PLANNED,),
            target=SessionState.HELD,
            who=RUNS,
            label=_("It was held: close the list"),
            needs=(HAS_BEGUN,),
        ),
        Step(
            verb="cancel_session",
            source=(SessionState.DRAFT, SessionState.PLANNED),
            target=SessionState.CANCELLED,
            who=RUNS,
            label=_("Call off"),
            tone="danger",
        ),
    ],
)
