"""What other features may use of workforce."""

from lianxue.workforce.enums import (
    AppraisalState,
    AttendanceState,
    AttendanceWay,
    AudienceKind,
    Part,
    PartVerdict,
    Rounding,
    SessionState,
    Team,
    TrainingLevel,
    TrainingTopic,
    TrainingWay,
)
from lianxue.workforce.errors import CodeNotValid, NoCall, OverQuota, ReasonMissing, SheetFaulty, StillOpen
from lianxue.workforce.events import AppraisalConfirmed, IndicatorsPublished, SessionAnnounced
from lianxue.workforce.models import (
    Appraisal,
    Attendance,
    AudienceLine,
    Declared,
    Finding,
    IndicatorSet,
    MemberAccount,
    TrainingSession,
)
from lianxue.workforce.operations.appraisal.appraise import (
    confirm_appraisal,
    find_part,
    recommend,
    reopen_appraisal,
    take_recommendation_back,
)
from lianxue.workforce.operations.appraisal.begin import begin_appraisals
from lianxue.workforce.operations.appraisal.declare import Declaration, declare_part
from lianxue.workforce.operations.appraisal.file import file_recommendations
from lianxue.workforce.operations.indicators.publish import OfficeNumbers, publish_indicators
from lianxue.workforce.operations.members import link_account
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
from lianxue.workforce.queries.appraisal import Sheet, appraisals_seen, sheet_of
from lianxue.workforce.queries.indicators.sets import SETS, current_set
from lianxue.workforce.queries.quota import Quota, quotas_of
from lianxue.workforce.queries.training import attendances_of, sessions_seen

__all__ = [
    "SETS",
    "Appraisal",
    "AppraisalConfirmed",
    "AppraisalState",
    "Attendance",
    "AttendanceState",
    "AttendanceWay",
    "Audience",
    "AudienceKind",
    "AudienceLine",
    "CodeNotValid",
    "Comer",
    "Declaration",
    "Declared",
    "DoorCode",
    "Finding",
    "IndicatorSet",
    "IndicatorsPublished",
    "Mark",
    "MemberAccount",
    "NoCall",
    "OfficeNumbers",
    "OverQuota",
    "Part",
    "PartVerdict",
    "Particulars",
    "Quota",
    "ReasonMissing",
    "Rounding",
    "SessionAnnounced",
    "SessionState",
    "Sheet",
    "SheetFaulty",
    "StillOpen",
    "Team",
    "TrainingLevel",
    "TrainingSession",
    "TrainingTopic",
    "TrainingWay",
    "announce_session",
    "appraisals_seen",
    "attend_session",
    "attendances_of",
    "begin_appraisals",
    "cancel_session",
    "change_session",
    "close_session",
    "confirm_appraisal",
    "current_set",
    "declare_part",
    "door_code",
    "excuse_from_session",
    "file_recommendations",
    "find_part",
    "link_account",
    "note_attendance",
    "plan_session",
    "poster_token",
    "publish_indicators",
    "quotas_of",
    "recommend",
    "remind_missing",
    "reopen_appraisal",
    "sessions_seen",
    "sheet_of",
    "take_recommendation_back",
]
