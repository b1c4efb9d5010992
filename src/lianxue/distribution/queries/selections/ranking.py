"""Ranking the candidates of a selection: figures of all of them at once, points by the published weights, places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Exists, OuterRef, Q

from lianxue.distribution.enums import Award
from lianxue.distribution.models import Candidate, Selection
from lianxue.distribution.queries.network import point_places
from lianxue.distribution.queries.selections.counted import contributions
from lianxue.distribution.queries.selections.criterion import CRITERIA, Criterion, Key, Measured, Scale
from lianxue.orgs.models import ChainNode, Post
from lianxue.orgs.public import Chain, Role

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def keys_of_candidates(selection: Selection) -> list[Key]:
    """Return everybody who stands for an award: providers that sent something in, points, or their administrators.

    Administrators are those who held the post at a point of the network on any day of the year.
    """
    points = point_places(selection.office_id).values("organisation_id")
    match selection.award:
        case Award.PROVIDER:
            inside = ChainNode.objects.filter(
                chain=Chain.DISTRIBUTION, path__contains=f"/{selection.office_id}/"
            ).exclude(organisation_id=selection.office_id)
            ids = contributions(selection.year).filter(organisation__in=inside.values("organisation_id"))
            return [(pk, None) for pk in ids.order_by().values_list("organisation_id", flat=True).distinct()]
        case Award.POINT:
            return [(row["organisation_id"], None) for row in points]
        case _:
            first, last = date(selection.year, 1, 1), date(selection.year, 12, 31)
            held = Post.objects.filter(
                Q(ends_on__isnull=True) | Q(ends_on__gte=first),
                Exists(point_places(selection.office_id).filter(organisation_id=OuterRef("organisation_id"))),
                role=Role.TIER_ADMIN,
                starts_on__lte=last,
            )
            return list(held.order_by().values_list("organisation_id", "person_id").distinct())


@dataclass
class Ranked:
    """A candidate with figures, score and place."""

    key: Key
    figures: dict[str, dict[str, object]]
    score: Decimal
    place: int = 0


def rank(selection: Selection) -> list[Ranked]:
    """Return the candidates of a selection by place; whoever has the same score has the same place."""
    keys = keys_of_candidates(selection)
    weighed = [(CRITERIA[key], int(weight)) for key, weight in selection.weights.items() if weight]
    measured = {one.key: one.measure(selection.year) for one, _weight in weighed}
    best = {one.key: _best(one, measured[one.key], keys) for one, _weight in weighed}
    ranked = [_ranked(key, weighed, measured, best) for key in keys]
    ranked.sort(key=lambda one: (-one.score, one.key[0], one.key[1] or 0))
    for at, one in enumerate(ranked):
        tied = at > 0 and ranked[at - 1].score == one.score
        one.place = ranked[at - 1].place if tied else at + 1
    return ranked


def _best(criterion: Criterion, figures: Mapping[Key, Measured], keys: Iterable[Key]) -> int:
    found = (criterion.of(figures, key) for key in keys)
    return max((one.part for one in found if one is not None), default=0)


def _ranked(
    key: Key,
    weighed: Iterable[tuple[Criterion, int]],
    measured: Mapping[str, Mapping[Key, Measured]],
    best: Mapping[str, int],
) -> Ranked:
    figures: dict[str, dict[str, object]] = {}
    score = ZERO
    for criterion, weight in weighed:
        figure = criterion.of(measured[criterion.key], key)
        points = points_for(criterion.scale, figure, weight=weight, best=best[criterion.key])
        score += points
        figures[criterion.key] = {
            "part": figure.part if figure else 0,
            "whole": figure.whole if figure else None,
            "best": best[criterion.key],
            "weight": weight,
            "points": str(points),
        }
    return Ranked(key, figures, score)


def points_for(scale: Scale, figure: Measured | None, *, weight: int, best: int) -> Decimal:
    """Return the points for a figure: the weight times its part of the best, or of its own whole; to the cent."""
    whole = best if scale == Scale.COUNT else (figure.whole if figure else 0)
    if figure is None or not whole:
        return ZERO
    return (Decimal(weight) * figure.part / whole).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Cut:
    """What the ranking by itself would choose: places up to ``sure`` are chosen, those beyond ``places`` are not.

    Between the two lies a tie that does not fit whole; there the office is free.
    """

    places: int
    sure: int

    @property
    def departures(self) -> Q:
        """Return the condition for candidates with whom the office departs from the ranking."""
        return Q(place__lte=self.sure) & ~Q(chosen=True) | Q(place__gt=self.places, chosen=True)

    def expects(self, place: int) -> bool | None:
        """Tell whether the ranking chooses a place; None: it leaves it open."""
        if place <= self.sure:
            return True
        return False if place > self.places else None


def cut_of(selection: Selection) -> Cut:
    """Return the cut at the places that the office said, or without them at as many as it has chosen."""
    candidates = Candidate.objects.filter(selection=selection)
    places = selection.places
    if places is None:
        places = candidates.filter(chosen=True).count()
    sure = 0
    ahead = candidates.filter(place__lte=places).order_by("place").values_list("place", flat=True)
    held = list(ahead)
    for at, place in enumerate(held):
        is_last_of_tie = at + 1 == len(held) or held[at + 1] != place
        if is_last_of_tie and at + 1 <= places:
            sure = place
    return Cut(places, sure)


def unexplained(selection: Selection) -> int:
    """Return with how many candidates the office departs from the ranking without having said why."""
    rows = Candidate.objects.filter(cut_of(selection).departures, selection=selection, reason="")
    return rows.count()
