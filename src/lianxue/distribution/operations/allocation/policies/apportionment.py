"""Sharing whole packs: the arithmetic of three ways, in whole numbers, ties by the order of the list.

Every function shares exactly ``seats``, which are no more than the weights or limits together.
"""

import heapq
from collections.abc import Sequence
from typing import NamedTuple


class Remainders(NamedTuple):
    """``given``: what each gets; ``places``: its place by the size of its fraction; ``left``: packs that went by place."""

    given: list[int]
    places: list[int]
    left: int


def largest_remainders(weights: Sequence[int], seats: int) -> Remainders:
    """Give everybody the whole packs of the exact share, then one more to the largest fractions (Hamilton)."""
    total = sum(weights)
    parts = {weight: divmod(seats * weight, total) for weight in set(weights)}  # many ask for the same
    given = [parts[weight][0] for weight in weights]
    left = seats - sum(given)
    fractions = [parts[weight][1] for weight in weights]
    order = sorted(range(len(weights)), key=fractions.__getitem__, reverse=True)  # equal ones stay in order
    places = [0] * len(weights)
    for place, index in enumerate(order, start=1):
        places[index] = place
    for index in order[:left]:
        given[index] += 1
    return Remainders(given, places, left)


class Averages(NamedTuple):
    """``given``: what each gets; the last pack went to whoever had ``cut_weight`` and so many packs before."""

    given: list[int]
    cut_weight: int
    cut_before: int


def highest_averages(weights: Sequence[int], seats: int) -> Averages:
    """Give packs one by one to whoever has the highest weight ÷ (2 × packs so far + 1) (Sainte-Laguë, Webster).

    As each pack only ever joins those given before, more packs take from nobody.
    """
    total = sum(weights)
    # Ordinary rounding of the exact shares takes all quotients down to a line; what it is off by is mended one by one.
    given = (
        [(2 * weight * seats + total) // (2 * total) for weight in weights] if total else [0] * len(weights)
    )
    missing = seats - sum(given)
    if missing > 0:
        _give_more(weights, given, missing)
    elif missing < 0:
        _take_back(weights, given, -missing)
    last = min(
        (
            (weight / (2 * packs - 1), -index)
            for index, (weight, packs) in enumerate(zip(weights, given, strict=True))
            if packs
        ),
        default=None,
    )
    if last is None:
        return Averages(given, 0, 0)
    index = -last[1]
    return Averages(given, weights[index], given[index] - 1)


def _give_more(weights: Sequence[int], given: list[int], packs: int) -> None:
    queue = [
        (-weight / (2 * got + 1), index)
        for index, (weight, got) in enumerate(zip(weights, given, strict=True))
        if got < weight
    ]
    heapq.heapify(queue)
    for _ in range(packs):
        index = queue[0][1]
        given[index] += 1
        if given[index] < weights[index]:
            heapq.heapreplace(queue, (-weights[index] / (2 * given[index] + 1), index))
        else:
            heapq.heappop(queue)


def _take_back(weights: Sequence[int], given: list[int], packs: int) -> None:
    queue = [
        (weight / (2 * got - 1), -index)
        for index, (weight, got) in enumerate(zip(weights, given, strict=True))
        if got
    ]
    heapq.heapify(queue)
    for _ in range(packs):
        index = -queue[0][1]
        given[index] -= 1
        if given[index]:
            heapq.heapreplace(queue, (weights[index] / (2 * given[index] - 1), -index))
        else:
            heapq.heappop(queue)


class Levels(NamedTuple):
    """``given``: what each gets; the last pack went to the one at ``last``, which had ``last_before`` packs by then."""

    given: list[int]
    last: int
    last_before: int


def lowest_level_first(
    had: Sequence[int],
    heads: Sequence[int],
    *,
    pack: int,
    start: Sequence[int],
    limits: Sequence[int],
    seats: int,
) -> Levels:
    """Give packs one by one to whoever has the fewest copies a head at that moment, up to its limit.

    ``start`` are packs that each has got of this title already. More packs take from nobody.
    """
    given, last, last_before = [0] * len(limits), 0, 0
    queue = [
        ((had[index] + start[index] * pack) / heads[index], index)
        for index, limit in enumerate(limits)
        if start[index] < limit
    ]
    heapq.heapify(queue)
    for _ in range(seats):
        last = queue[0][1]
        last_before = start[last] + given[last]
        given[last] += 1
        packs = last_before + 1
        if packs < limits[last]:
            heapq.heapreplace(queue, ((had[last] + packs * pack) / heads[last], last))
        else:
            heapq.heappop(queue)
    return Levels(given, last, last_before)
