"""What happened in programmes."""

from dataclasses import dataclass
from datetime import datetime

from lianxue.kernel.events import Event


@dataclass(frozen=True)
class CallOpened(Event):
    """An office opened a call."""

    at: datetime
    call_id: int


@dataclass(frozen=True)
class FilingSubmitted(Event):
    """A unit handed a filing in, and it lies at a desk."""

    at: datetime
    filing_id: int
    desk_id: int


@dataclass(frozen=True)
class FilingReturned(Event):
    """A level gave a filing back for mending."""

    at: datetime
    filing_id: int
    comment: str


@dataclass(frozen=True)
class FilingMoved(Event):
    """A level agreed, and the filing lies at the next desk."""

    at: datetime
    filing_id: int
    desk_id: int


@dataclass(frozen=True)
class FilingDecided(Event):
    """The last level approved a filing, or some level declined it."""

    at: datetime
    filing_id: int
    approved: bool


@dataclass(frozen=True)
class ChangeNoticeSubmitted(Event):
    """A unit gave notice that something in an approved filing changes (S1-48)."""

    at: datetime
    notice_id: int
    desk_id: int


@dataclass(frozen=True)
class ChangeNoticeDecided(Event):
    """A change notice was accepted or not."""

    at: datetime
    notice_id: int
    approved: bool


@dataclass(frozen=True)
class UnitsReminded(Event):
    """Units that have not filed in a stage are reminded."""

    at: datetime
    call_id: int
    stage: str
    unit_ids: tuple[int, ...]


@dataclass(frozen=True)
class PanelDrawn(Event):
    """Experts have something to score."""

    at: datetime
    panel_id: int


@dataclass(frozen=True)
class PanelClosed(Event):
    """The scores of a panel stand."""

    at: datetime
    panel_id: int
