"""What stands on the papers that hang on the wall."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class DisplaySign:
    """The sign over a display corner (S0-55), lying A4 or A3."""

    point: str
    paper: Literal["a4", "a3"] = "a4"


@dataclass(frozen=True, kw_only=True)
class NeedPoster:
    """The invitation to say what one needs; ``url`` is the point's own public page, ``until`` its last day if any."""

    point: str
    url: str
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class OnlinePoster:
    """The way to an online title by a QR code that works until ``until``; ``handed_to`` is empty for everybody."""

    point: str
    title: str
    url: str
    until: date
    handed_to: str = ""
