"""Rows of the two registers that a point keeps (S0-50, S0-51)."""

from dataclasses import dataclass
from datetime import date

from lianxue.documents.enums import PrintedKind


@dataclass(frozen=True, kw_only=True)
class LoanRegisterRow:
    """One loan. ``returned_on`` is None while the copies are out."""

    unit: str
    title: str
    kind: PrintedKind
    quantity: int
    borrower: str
    lent_on: date
    returned_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class IssueRegisterRow:
    """Copies handed out to a teacher or learner for good."""

    unit: str
    title: str
    kind: PrintedKind
    quantity: int
    recipient: str
    issued_on: date
