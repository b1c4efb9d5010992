"""The figures by which proposals are compared: how much is filled, for how many points, and how evenly."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import NamedTuple

BANDS = 7  # nothing, five equal steps in between, everything
STEPS = BANDS - 2
DIGITS = 4


class PointSum(NamedTuple):
    """What one point comes to over all titles; ``learners`` None: not stated."""

    point_id: int
    college_id: int
    learners: int | None
    titles: int
    asked: int
    agreed: int
    allocated: int


@dataclass
class Figures:
    """Totals of one allocation.

    ``gini`` is of the filled share of the points that ask, 0 when all are equal; ``gini_per_learner`` is of the copies
    for each learner among the ``points_stated`` that have stated their learners. ``gap`` is the most copies that any
    one point (``gap_point``) goes without. ``bands`` counts points by filled share.
    """

    titles: int = 0
    lines: int = 0
    supply: int = 0
    asked: int = 0
    agreed: int = 0
    allocated: int = 0
    unmet: int = 0
    points_asking: int = 0
    points_covered: int = 0
    gini: float = 0.0
    gini_per_learner: float | None = None
    points_stated: int = 0
    gap: int = 0
    gap_point: int | None = None
    bands: list[int] = field(default_factory=lambda: [0] * BANDS)

    def add_points(self, sums: Iterable[PointSum]) -> None:
        """Work out everything that is told of points."""
        asking = [one for one in sums if one.agreed]
        self.asked = sum(one.asked for one in asking)
        self.agreed = sum(one.agreed for one in asking)
        self.allocated = sum(one.allocated for one in asking)
        self.unmet = self.agreed - self.allocated
        self.points_asking = len(asking)
        self.points_covered = sum(1 for one in asking if one.allocated)
        self.gini = gini([one.allocated / one.agreed for one in asking])
        stated = [one.allocated / one.learners for one in asking if one.learners]
        self.points_stated = len(stated)
        self.gini_per_learner = gini(stated) if stated else None
        shortest = max(asking, key=lambda one: (one.agreed - one.allocated, -one.point_id), default=None)
        if shortest is not None and shortest.agreed > shortest.allocated:
            self.gap, self.gap_point = shortest.agreed - shortest.allocated, shortest.point_id
        counted = Counter(band_of(one.allocated, one.agreed) for one in asking)
        self.bands = [counted[band] for band in range(BANDS)]

    @property
    def as_json(self) -> dict[str, object]:
        return asdict(self)

    @property
    def for_the_trail(self) -> dict[str, object]:
        """Return what the audit trail keeps of the figures."""
        left_out = {"bands", "gap_point"}
        return {name: value for name, value in asdict(self).items() if name not in left_out}


def band_of(allocated: int, agreed: int) -> int:
    """Return in which band a filled share lies: 0 nothing, 6 everything, and five steps of a fifth in between."""
    if not allocated:
        return 0
    if allocated >= agreed:
        return BANDS - 1
    return 1 + allocated * STEPS // agreed


def gini(values: Sequence[float]) -> float:
    """Return the Gini coefficient: 0 when all have the same, near 1 when one has everything."""
    total, count = sum(values), len(values)
    if not total:
        return 0.0
    ranked = sum(rank * value for rank, value in enumerate(sorted(values), start=1))
    return round(max(2 * ranked / (count * total) - (count + 1) / count, 0.0), DIGITS)
