"""Tables of workforce."""

from lianxue.workforce.models.training import Attendance, AudienceLine, TrainingSession

__all__ = ["Attendance", "AudienceLine", "TrainingSession"]
