"""What can be weighed in a yearly selection (S0-57, S0-58): each criterion counts rows, and the same rows can be read.

The sources name what is judged (数量和质量, the duties of S0-40…46) and give no numbers, so no criterion weighs
anything until the office says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from lianxue.distribution.enums import Award
from lianxue.kernel.errors import Text
from lianxue.kernel.registry import Registry

Key = tuple[int, int | None]  # an organisation, and a person where people are chosen


class Scale(StrEnum):
    """How a figure becomes points: beside the highest of all candidates, or as a share of its own whole."""

    COUNT = "count"
    SHARE = "share"


@dataclass(frozen=True)
class Measured:
    """A figure: so much, of so much where it is a share."""

    part: int
    whole: int | None = None


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One thing that is counted in a year.

    ``rows(year)`` gives everything that is looked at; ``organisation`` and ``person`` are the paths to whom it belongs
    (without ``person`` it belongs to everybody who stands for the organisation); ``amount`` is what is added up, rows
    are counted without it; of a share, those rows ``count`` that meet ``counts``.
    """

    key: str
    award: Award
    title: Text
    unit: Text
    source: Text
    rows: Callable[[int], QuerySet[Any]]
    organisation: str
    person: str = ""
    amount: str = ""
    counts: Callable[[int], Q] | None = None

    @property
    def scale(self) -> Scale:
        return Scale.SHARE if self.counts else Scale.COUNT

    def measure(self, year: int) -> Mapping[Key, Measured]:
        """Return the figure of everybody who has one, in one statement."""
        owner = [self.organisation, *([self.person] if self.person else [])]
        size = Coalesce(Sum(self.amount), 0) if self.amount else Count("pk", distinct=True)
        figures: dict[str, Any] = {"figure_whole": size}
        if self.counts:
            figures["figure_part"] = Count("pk", filter=self.counts(year), distinct=True)
        found = self.rows(year).order_by().values_list(*owner).annotate(**figures)
        return {self._key(row): self._measured(row) for row in found}

    def _key(self, row: tuple[Any, ...]) -> Key:
        return (row[0], row[1] if self.person else None)

    def _measured(self, row: tuple[Any, ...]) -> Measured:
        return Measured(part=row[-1], whole=row[-2]) if self.counts else Measured(part=row[-1])

    def of(self, figures: Mapping[Key, Measured], key: Key) -> Measured | None:
        """Return the figure of one candidate among those that were measured."""
        return figures.get(key if self.person else (key[0], None))

    def rows_of(self, year: int, key: Key) -> QuerySet[Any]:
        """Return the rows behind the figure of one candidate; of a share, each says whether it ``counts``."""
        owner = {self.organisation: key[0]} | ({self.person: key[1]} if self.person else {})
        rows = self.rows(year).filter(**owner)
        if self.counts is None:
            return rows
        counting = Case(When(self.counts(year), then=True), default=False, output_field=BooleanField())
        annotated: QuerySet[Any] = rows.annotate(counts=counting)
        return annotated


CRITERIA: Registry[Criterion] = Registry("criteria of selections")


def criteria_of(award: str) -> list[Criterion]:
    """Return what can be weighed for an award, in the order in which it is shown."""
    return [criterion for criterion in CRITERIA.values() if criterion.award == award]
