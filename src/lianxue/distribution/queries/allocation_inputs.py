"""Reads of what an allocation is worked out from: the demand that counts, title by title, and what points had before."""

from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from statistics import median_low
from typing import NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Sum

from lianxue.distribution.enums import BatchState, DemandState
from lianxue.distribution.models import (
    DemandLine,
    DemandRequest,
    Need,
    PointYear,
    ReceiptLine,
    Round,
    RoundTitle,
)
from lianxue.resources.public import ResourceKind

ROWS_AT_ONCE = 10_000
TITLES_AT_ONCE = 20  # each with all its lines


@dataclass(slots=True)
class AskingPoint:
    """A point whose demand counts; ``learners`` 0: none stated. ``had`` are the copies received in earlier rounds."""

    request_id: int
    point_id: int
    code: str
    college_id: int
    learners: int = 0
    had: int = 0


class AskedTitle(NamedTuple):
    """One title with all demand for it that counts: lists side by side, one place a demand line, by the codes of the points.

    ``points`` says where in the list of asking points each line's point stands. Columns, not rows: there are millions.
    """

    title: RoundTitle
    points: list[int]
    lines: list[int]
    asked: list[int]
    agreed: list[int]
    needs: list[int]


def asking_points(round: Round, *, with_had: bool) -> list[AskingPoint]:
    """Return the points whose demand counts, by their codes."""
    rows = DemandRequest.objects.filter(
        batch__round=round, batch__state=BatchState.SUBMITTED, state=DemandState.SUBMITTED
    ).values_list("pk", "point_id", "point__code", "batch__college_id")
    found = sorted((AskingPoint(*row) for row in rows), key=attrgetter("code"))
    learners = _learners(round.year)
    had = _received_before(round) if with_had else {}
    for point in found:
        point.learners = learners.get(point.point_id, 0)
        point.had = had.get(point.point_id, 0)
    return found


def usual_learners(points: Collection[AskingPoint]) -> int:
    """Return the middle number of learners of those who have stated one; 1 when nobody has."""
    stated = [point.learners for point in points if point.learners]
    return median_low(stated) if stated else 1


def _learners(year: int) -> dict[int, int]:
    """Return the learners of each point as stated last up to ``year``."""
    rows = PointYear.objects.filter(year__lte=year).order_by("point_id", "-year").distinct("point_id")
    return dict(rows.values_list("point_id", "learners"))


def _received_before(round: Round) -> dict[int, int]:
    rows = ReceiptLine.objects.filter(
        lot__shipment__round__office_id=round.office_id, lot__shipment__round_id__lt=round.pk
    ).order_by()
    return dict(rows.values_list("lot__shipment__point_id").annotate(copies=Sum(F("good") + F("surplus"))))


def asked_titles(round: Round, points: Sequence[AskingPoint], *, with_needs: bool) -> Generator[AskedTitle]:
    """Yield every title of the round with the demand for it, without holding more than some titles at once.

    Online titles are not among them: they are not scarce, whoever asked gets access (S0-05). ``points`` are those
    whose demand counts, by their codes.
    """
    titles = RoundTitle.objects.filter(round=round).exclude(entry__kind=ResourceKind.ONLINE).in_bulk()
    needs = _needs_by_title(round) if with_needs else iter(())
    place_of = {point.request_id: place for place, point in enumerate(points)}
    with closing(_columns(round)) as rows:
        for title_id, requests, *columns in rows:
            wished = _wished(needs, title_id)
            if title_id not in titles:
                continue
            places = list(map(place_of.__getitem__, requests))
            order = sorted(range(len(places)), key=places.__getitem__)
            places.sort()
            lines, asked, agreed = (list(map(column.__getitem__, order)) for column in columns)
            wishes = (
                [wished.get(points[place].point_id, 0) for place in places] if wished else [0] * len(places)
            )
            yield AskedTitle(titles.pop(title_id), places, lines, asked, agreed, wishes)
    for title in titles.values():
        yield AskedTitle(title, [], [], [], [], [])


def _columns(round: Round) -> Generator[tuple[int, list[int], list[int], list[int], list[int]]]:
    """Yield the demand that counts, a row a title: the database puts the lines side by side, they need not come singly."""
    rows = (
        DemandLine.objects.filter(
            request__batch__round=round,
            request__batch__state=BatchState.SUBMITTED,
            request__state=DemandState.SUBMITTED,
        )
        .order_by("title_id")
        .values_list("title_id")
        .annotate(
            requests=ArrayAgg("request_id"),
            lines=ArrayAgg("pk"),
            all_asked=ArrayAgg("asked"),
            all_agreed=ArrayAgg("agreed"),
        )
    )
    yield from rows.iterator(chunk_size=TITLES_AT_ONCE)


def _needs_by_title(round: Round) -> Iterator[tuple[int, dict[int, int]]]:
    rows = (
        Need.objects.filter(round=round, title__isnull=False)
        .order_by("title_id")
        .values_list("title_id", "point_id")
        .annotate(copies=Sum("quantity"))
    )
    for title_id, group in groupby(rows.iterator(chunk_size=ROWS_AT_ONCE), key=lambda row: row[0]):
        yield title_id or 0, {point_id: copies for _title, point_id, copies in group}


def _wished(needs: Iterator[tuple[int, dict[int, int]]], title_id: int) -> dict[int, int]:
    """Return the wishes for a title by point; both streams run in the order of the titles."""
    for of_title, wished in needs:
        if of_title == title_id:
            return wished
        if of_title > title_id:
            break
    return {}
