"""What stands in the effect reports of a district or of the whole city, put together (S0-30, S0-53)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianxue.documents.models.effect_report import Figure


@dataclass(frozen=True, kw_only=True)
class RollUpUnit:
    """One unit directly below: how many of its points reported, and what they received, lent and issued."""

    name: str
    points: int
    handed_in: int
    late: int
    received: int
    lent: int
    issued: int


@dataclass(frozen=True)
class Quotation:
    """The words of one point."""

    point: str
    words: str


@dataclass(frozen=True)
class UnitQuotations:
    """The words of the points of one unit, in their order."""

    unit: str
    quotations: Sequence[Quotation]


@dataclass(frozen=True)
class UnitPoints:
    """Points of one unit, named."""

    unit: str
    points: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class ReportRollUp:
    """All reports of an area in one volume: standing, figures, the words by chapter, who was late and who is missing."""

    area: str
    year: int
    made_on: date
    due_on: date
    figures: Sequence[Figure]
    units: Sequence[RollUpUnit]
    recipients: Sequence[UnitQuotations]
    forms: Sequence[UnitQuotations]
    effects: Sequence[UnitQuotations]
    suggestions: Sequence[UnitQuotations]
    late: Sequence[UnitPoints] = ()
    missing: Sequence[UnitPoints] = ()
