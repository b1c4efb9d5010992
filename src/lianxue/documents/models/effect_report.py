"""What stands in the yearly effect report (S0-53)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Figure:
    """One number of the year with the words before it."""

    label: str
    value: int


@dataclass(frozen=True, kw_only=True)
class PaperPicture:
    """One photograph with what it shows; ``content`` is JPEG or PNG of ``width`` × ``height`` pixels."""

    content: bytes
    media_type: str
    width: int
    height: int
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class EffectReportPaper:
    """The report of one point: its figures and the four contents, in the point's own words, and its photographs.

    ``submitted_on`` is None for a draft: the date is then left open and the paper says that it is a draft.
    """

    unit: str
    year: int
    recipients: str
    forms: str
    effects: str
    suggestions: str
    figures: Sequence[Figure] = ()
    pictures: Sequence[PaperPicture] = ()
    submitted_on: date | None = None
