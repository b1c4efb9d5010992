"""What other features may use of workforce."""

from lianxue.workforce.enums import (
    AttendanceState,
    AttendanceWay,
    AudienceKind,
    Part,
    SessionState,
    Team,
    TrainingLevel,
    TrainingTopic,
    TrainingWay,
)
from lianxue.workforce.errors import CodeNotValid, ReasonMissing
from lianxue.workforce.models import Attendance, AudienceLine, TrainingSession
from lianxue.workforce.operations.training.attend import (
    Comer,
    Mark,
    attend_session,
    excuse_from_session,
    note_attendance,
)
from lianxue.workforce.operations.training.door import DoorCode, door_code, poster_token
from lianxue.workforce.operations.training.particulars import Audience, Particulars
from lianxue.workforce.operations.training.plan import (
    announce_session,
    cancel_session,
    change_session,
    close_session,
    plan_session,
    remind_missing,
)
from lianxue.workforce.queries.training import attendances_of, sessions_seen

__all__ = [
    "Attendance",
    "AttendanceState",
    "AttendanceWay",
    "Audience",
    "AudienceKind",
    "AudienceLine",
    "CodeNotValid",
    "Comer",
    "DoorCode",
    "Mark",
    "Part",
    "Particulars",
    "ReasonMissing",
    "SessionState",
    "Team",
    "TrainingLevel",
    "TrainingSession",
    "TrainingTopic",
    "TrainingWay",
    "announce_session",
    "attend_session",
    "attendances_of",
    "cancel_session",
    "change_session",
    "close_session",
    "door_code",
    "excuse_from_session",
    "note_attendance",
    "plan_session",
    "poster_token",
    "remind_missing",
    "sessions_seen",
]
