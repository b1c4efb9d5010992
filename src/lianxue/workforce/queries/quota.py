"""How many of a team a city may recommend: the ratio of the year, with the arithmetic in sight (S1-52)."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.translation import gettext as _

from lianxue.workforce.enums import AppraisalState, Rounding, Team
from lianxue.workforce.models import Appraisal
from lianxue.workforce.queries.indicators.judging import plain
from lianxue.workforce.queries.indicators.sets import current_set


@dataclass(frozen=True)
class Quota:
    """The places of one team in one city and year."""

    team: Team
    people: int
    appraised: int
    ratio: Decimal
    rounding: Rounding
    places: int
    taken: int

    @property
    def arithmetic(self) -> str:
        """Return how the places came about: ``13 × 15% = 1.95 → 1``."""
        exact = Decimal(self.people) * self.ratio / 100
        return f"{self.people} × {plain(self.ratio)}% = {plain(exact)} → {self.places}"

    @property
    def full_words(self) -> str:
        return _(
            "%(arithmetic)s places, %(taken)d taken: no further person of this team can be recommended."
        ) % {
            "arithmetic": self.arithmetic,
            "taken": self.taken,
        }


def quota_of(city_id: int, office_id: int, year: int, team: str) -> Quota | None:
    """Return the quota of a team in a city, or None when no ratio is published."""
    published = current_set(office_id, year)
    if published is None or team not in published.ratios:
        return None
    rows = Appraisal.objects.filter(city_id=city_id, year=year, team=team)
    people, ratio = rows.count(), Decimal(str(published.ratios[team]))
    way = ROUND_FLOOR if published.rounding == Rounding.DOWN else ROUND_CEILING
    return Quota(
        team=Team(team),
        people=people,
        appraised=rows.filter(state=AppraisalState.CONFIRMED).count(),
        ratio=ratio,
        rounding=Rounding(published.rounding),
        places=int((Decimal(people) * ratio / 100).to_integral_value(rounding=way)),
        taken=rows.filter(is_recommended=True).count(),
    )


def quotas_of(city_id: int, office_id: int, year: int) -> list[Quota]:
    """Return the quotas of all teams in a city."""
    found = (quota_of(city_id, office_id, year, team) for team in Team)
    return [one for one in found if one is not None]
