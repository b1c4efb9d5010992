"""What happened in workforce."""

from dataclasses import dataclass
from datetime import datetime

from lianxue.kernel.events import Event


@dataclass(frozen=True)
class SessionAnnounced(Event):
    """A training was announced, or people were added to those expected: ``person_ids`` have not heard of it."""

    at: datetime
    session_id: int
    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class SessionMoved(Event):
    """Day, hour or place of an announced training changed."""

    at: datetime
    session_id: int


@dataclass(frozen=True)
class SessionCancelled(Event):
    """An announced training was called off."""

    at: datetime
    session_id: int


@dataclass(frozen=True)
class AttendanceReminded(Event):
    """The organiser reminds those who have not attended."""

    at: datetime
    session_id: int
    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class IndicatorsPublished(Event):
    """An office published the indicators of a year, or changed them."""

    at: datetime
    set_id: int


@dataclass(frozen=True)
class AppraisalConfirmed(Event):
    """A city confirmed the appraisal of somebody."""

    at: datetime
    appraisal_id: int
