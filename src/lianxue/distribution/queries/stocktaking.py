"""Reads of stock-taking: what is counted, what differs, and for whom it waits."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lianxue.distribution.enums import StocktakeState
from lianxue.distribution.models import Stocktake, StocktakeLine
from lianxue.distribution.rules.stocktaking import (
    COUNTS,
    SEES_STOCKTAKE,
    SETTLES,
    SETTLES_FROM_ABOVE,
    counters_of,
)
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor, Role, posts_held_in

COUNTING_ROLES = (Role.TIER_ADMIN, Role.DESK_CLERK)
DIFFERS = Q(counted__isnull=False) & ~Q(counted=F("expected"))
OPEN = (StocktakeState.COUNTING, StocktakeState.COUNTED)


def stocktakes_seen(actor: Actor) -> QuerySet[Stocktake]:
    """Return the counts that ``actor`` may see, newest first, with ``in_all``, ``done`` and ``differing`` lines."""
    return visible(_rows(), SEES_STOCKTAKE, actor).order_by("-begun_at", "-pk")


def stocktake_seen(actor: Actor, stocktake_id: int) -> Stocktake:
    """Return one count that ``actor`` may see. Raise ``NotFound``."""
    return get_visible(_rows(), SEES_STOCKTAKE, actor, pk=stocktake_id)


def own_stocktake(actor: Actor, stocktake_id: int) -> Stocktake:
    """Return one count of the actor's own point. Raise ``NotFound``."""
    return get_visible(_rows(), COUNTS, actor, pk=stocktake_id)


def open_stocktake(point_id: int) -> Stocktake | None:
    """Return the count of a point that is not at its end yet; there is one at the most."""
    return _rows().filter(point_id=point_id, state__in=OPEN).first()


def lines_of(stocktake: Stocktake) -> QuerySet[StocktakeLine]:
    """Return the lines of a count in the order in which one walks: the corner first, then the store, by title."""
    return (
        StocktakeLine.objects.filter(stocktake=stocktake)
        .select_related("title__entry", "lot", "counted_by")
        .defer("title__entry__search_vector", "title__entry__description")
        .order_by("kind", "title__entry__title", "lot_id")
    )


def differing_lines(stocktake: Stocktake) -> QuerySet[StocktakeLine]:
    """Return the lines in which something else stood there than the books have."""
    return lines_of(stocktake).filter(DIFFERS)


def next_to_count(stocktake: Stocktake, after: StocktakeLine | None = None) -> StocktakeLine | None:
    """Return the line to be counted next: the first open one behind ``after``, or else the first open one."""
    todo = list(lines_of(stocktake).filter(Q(counted__isnull=True) | Q(pk=after.pk if after else None)))
    places = {line.pk: number for number, line in enumerate(todo)}
    behind = todo[places[after.pk] + 1 :] if after and after.pk in places else todo
    return next((line for line in [*behind, *todo] if line.counted is None), None)


def someone_else_there(stocktake: Stocktake, on: date) -> bool:
    """Tell whether the point itself has a person who may count and has not counted here."""
    return bool(second_people(stocktake, on))


def second_people(stocktake: Stocktake, on: date) -> set[int]:
    """Return the ids of those who work at the point on the day ``on``, may count, and have not counted here."""
    held = posts_held_in([stocktake.point_id], COUNTING_ROLES, on)
    return set(held.values_list("person_id", flat=True)) - counters_of(stocktake)


def waiting_at_point(actor: Actor) -> QuerySet[Stocktake]:
    """Return the counts of the own point that wait for ``actor`` as the second person."""
    return visible(Stocktake.objects.filter(state=StocktakeState.COUNTED), SETTLES, actor)


def waiting_above(actor: Actor, on: date) -> list[Stocktake]:
    """Return the counts directly below that wait for ``actor``, because nobody else at the point could settle them."""
    rows = list(visible(Stocktake.objects.filter(state=StocktakeState.COUNTED), SETTLES_FROM_ABOVE, actor))
    staff: dict[int, set[int]] = defaultdict(set)
    held = posts_held_in({row.point_id for row in rows}, COUNTING_ROLES, on)
    for organisation_id, person_id in held.values_list("organisation_id", "person_id"):
        staff[organisation_id].add(person_id)
    counters = _counters(rows)
    return [row for row in rows if not staff[row.point_id] - counters[row.pk]]


def _counters(rows: Iterable[Stocktake]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.counted_by_id is not None:
            found[row.pk].add(row.counted_by_id)
    lines = StocktakeLine.objects.filter(stocktake_id__in=list(found), counted_by__isnull=False).order_by()
    for stocktake_id, person_id in lines.values_list("stocktake_id", "counted_by_id").distinct():
        if person_id is not None:
            found[stocktake_id].add(person_id)
    return found


def _rows() -> QuerySet[Stocktake]:
    lines = StocktakeLine.objects.filter(stocktake=OuterRef("pk")).order_by()
    return Stocktake.objects.select_related("point", "begun_by", "counted_by", "settled_by").annotate(
        in_all=_count(lines),
        done=_count(lines.filter(counted__isnull=False)),
        differing=_count(lines.filter(DIFFERS)),
    )


def _count(lines: QuerySet[StocktakeLine]) -> Coalesce:
    """Return the number of these lines, worked out only for the counts that are shown."""
    counted = lines.values("stocktake").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
