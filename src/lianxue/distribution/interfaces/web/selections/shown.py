"""The figures of candidates in words: value, points and how the one became the other."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lianxue.distribution.models import Candidate, Selection
from lianxue.distribution.queries.selections.criterion import CRITERIA, Criterion, Scale, criteria_of
from lianxue.kernel.errors import Text


@dataclass(frozen=True)
class WeightShown:
    """What one criterion counts."""

    criterion: Criterion
    weight: int
    rule: Text


@dataclass(frozen=True)
class FigureShown:
    """One figure of a candidate: what was counted, what it gave, and the arithmetic in between."""

    criterion: Criterion
    value: str
    points: str
    weight: int
    working: str


def weights_shown(selection: Selection) -> list[WeightShown]:
    """Return the criteria that count, in the order of the registry."""
    return [
        WeightShown(one, selection.weights[one.key], rule_of(one))
        for one in criteria_of(selection.award)
        if selection.weights.get(one.key)
    ]


def rule_of(criterion: Criterion) -> str:
    """Return how a figure becomes points."""
    if criterion.scale == Scale.SHARE:
        return _("All of it gives the full weight, half of it half.")
    return _("The highest of all candidates gives the full weight, half of that half.")


def figures_shown(candidate: Candidate) -> list[FigureShown]:
    """Return the figures of a candidate as they were when the ranking was made."""
    kept = candidate.figures
    return [_shown(CRITERIA[key], kept[key]) for key in CRITERIA if key in kept]


def _shown(criterion: Criterion, kept: dict[str, object]) -> FigureShown:
    part, whole, best = kept["part"], kept["whole"], kept["best"]
    weight, points = int(str(kept["weight"])), str(kept["points"])
    if criterion.scale == Scale.SHARE:
        value = (
            _("%(part)s of %(whole)s") % {"part": part, "whole": whole} if whole else _("nothing to count")
        )
        working = (
            f"{weight} × {part} ÷ {whole} = {points}"
            if whole
            else _("Without anything to count there are no points.")
        )
    else:
        value = f"{part} {criterion.unit}"
        working = (
            f"{weight} × {part} ÷ {best} = {points}" if best else _("Nobody has any, so it gives no points.")
        )
    return FigureShown(criterion, value, points, weight, working)
