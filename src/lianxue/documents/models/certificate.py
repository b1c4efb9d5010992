"""What stands on a certificate."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """An award or a status for one holder; ``url`` is the public page on which anybody may check it.

    ``words`` lead from the holder's name to the ``award`` (在2026年度…中成绩突出，被评为). A status holds until
    ``valid_until``; an award has no end.
    """

    holder: str
    words: str
    award: str
    office: str
    number: str
    issued_on: date
    url: str
    title: str = "荣誉证书"
    closing: str = "特颁此证，以资鼓励。"
    valid_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class SelectionCertificate:
    """An award of a year's selection (S0-33, S0-57, S0-58)."""

    holder: str
    award: str
    year: int
    office: str
    number: str
    issued_on: date
    url: str
