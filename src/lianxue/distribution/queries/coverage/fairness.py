"""How evenly copies went to points, year by year.

The Gini coefficient is 0 where everybody has the same and nears 1 where one has all. Copies for each learner can be
compared where a point has stated its learners of the year; the filled share where it asked for anything.
"""

from dataclasses import dataclass

from lianxue.distribution.queries.coverage.facts import facts, rows_of
from lianxue.distribution.queries.coverage.figures import percent
from lianxue.orgs.public import Actor


@dataclass(frozen=True, kw_only=True)
class FairYear:
    """One year: points, copies, and how evenly they were spread; None where too few points can be compared."""

    year: int
    points: int
    reached: int
    asked: int
    allocated: int
    received: int
    used: int
    gini_per_learner: float | None
    points_with_learners: int
    gini_filled: float | None
    points_asking: int

    @property
    def coverage(self) -> float | None:
        return percent(self.reached, self.points)

    @property
    def allocated_share(self) -> float | None:
        return percent(self.allocated, self.asked)

    @property
    def received_share(self) -> float | None:
        return percent(self.received, self.asked)

    @property
    def use_per_copy(self) -> float | None:
        return round(self.used / self.received, 2) if self.received else None


# Of values in rising order, 2·Σ(i·x) / (n·Σx) − (n + 1) / n.
_GINI = "2.0 * SUM(place * share) / NULLIF(COUNT(*) * SUM(share), 0) - (COUNT(*) + 1.0) / COUNT(*)"


def fairness(actor: Actor) -> list[FairYear]:
    """Return the figures of every year in which the points below ``actor`` asked or received, oldest first."""
    head, params = facts(actor)
    sql = f"""{head},
        known AS (SELECT facts.* FROM facts JOIN points ON points.organisation_id = facts.point),
        shares AS (
            SELECT in_year, 'learner' AS kind, received::float / learners AS share FROM known WHERE learners > 0
            UNION ALL
            SELECT in_year, 'filled', LEAST(allocated::float / asked, 1) FROM known WHERE asked > 0
        ),
        placed AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY in_year, kind ORDER BY share) AS place FROM shares),
        ginis AS (SELECT in_year, kind, COUNT(*) AS points, {_GINI} AS gini FROM placed GROUP BY in_year, kind)
        SELECT known.in_year AS year, (SELECT COUNT(*) FROM points) AS points,
            COUNT(*) FILTER (WHERE received > 0) AS reached, SUM(asked) AS asked, SUM(allocated) AS allocated,
            SUM(received) AS received, SUM(lent) + SUM(issued) AS used,
            MAX(learner.gini) AS gini_per_learner, COALESCE(MAX(learner.points), 0) AS points_with_learners,
            MAX(filled.gini) AS gini_filled, COALESCE(MAX(filled.points), 0) AS points_asking
        FROM known
        LEFT JOIN ginis AS learner ON learner.in_year = known.in_year AND learner.kind = 'learner'
        LEFT JOIN ginis AS filled ON filled.in_year = known.in_year AND filled.kind = 'filled'
        GROUP BY known.in_year HAVING SUM(asked) > 0 OR SUM(received) > 0
        ORDER BY known.in_year"""  # noqa: S608  # our own names, values apart
    return [
        FairYear(
            gini_per_learner=_rounded(row.pop("gini_per_learner")),
            gini_filled=_rounded(row.pop("gini_filled")),
            **{name: int(value or 0) for name, value in row.items()},
        )
        for row in rows_of(sql, params)
    ]


def _rounded(gini: float | None) -> float | None:
    return None if gini is None else round(float(gini), 3)
