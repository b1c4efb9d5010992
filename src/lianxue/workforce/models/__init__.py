"""Tables of workforce."""

from lianxue.workforce.models.appraisal import Appraisal, Declared, Finding
from lianxue.workforce.models.indicators.published import IndicatorSet
from lianxue.workforce.models.members import MemberAccount
from lianxue.workforce.models.training import Attendance, AudienceLine, TrainingSession

__all__ = [
    "Appraisal",
    "Attendance",
    "AudienceLine",
    "Declared",
    "Finding",
    "IndicatorSet",
    "MemberAccount",
    "TrainingSession",
]
