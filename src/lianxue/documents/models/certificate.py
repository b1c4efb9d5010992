"""What stands on the certificate of a yearly selection (S0-33, S0-57, S0-58)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class SelectionCertificate:
    """An award of a year for one holder; ``url`` is the public page on which anybody may check it."""

    holder: str
    award: str
    year: int
    office: str
    number: str
    issued_on: date
    url: str
