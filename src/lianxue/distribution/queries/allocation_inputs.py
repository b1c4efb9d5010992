"""Reads of what an allocation is worked out from: the demand that counts, title by title, and what points had before."""

from collections.abc import Collection, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from statistics import median_low
from typing import NamedTuple

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


@dataclass(slots=True)
class AskingPoint:
    """A point whose demand counts; ``learners`` 0: none stated. ``had`` are the copies received in earlier rounds."""

    point_id: int
    code: str
    college_id: int
    learners: int = 0
    had: int = 0


class AskedLine(NamedTuple):
    """One demand line that counts."""

    line_id: int
    request_id: int
    asked: int
    agreed: int
    needs: int = 0


class AskedTitle(NamedTuple):
    """One title with all demand for it that counts."""

    title: RoundTitle
    lines: list[AskedLine]


def asking_points(round: Round, *, with_had: bool) -> dict[int, AskingPoint]:
    """Return the points whose demand counts, by the id of their demand."""
    rows = DemandRequest.objects.filter(
        batch__round=round, batch__state=BatchState.SUBMITTED, state=DemandState.SUBMITTED
    ).values_list("pk", "point_id", "point__code", "batch__college_id")
    found = {
        request_id: AskingPoint(point_id, code, college_id) for request_id, point_id, code, college_id in rows
    }
    learners = _learners(round.year)
    had = _received_before(round) if with_had else {}
    for point in found.values():
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


def asked_titles(
    round: Round, points: Mapping[int, AskingPoint], *, with_needs: bool
) -> Generator[AskedTitle]:
    """Yield every title of the round with the demand for it, without holding more than one title at once.

    Online titles are not among them: they are not scarce, whoever asked gets access (S0-05). ``points`` are those
    whose demand counts, by the id of their demand.
    """
    titles = RoundTitle.objects.filter(round=round).exclude(entry__kind=ResourceKind.ONLINE).in_bulk()
    needs = _needs_by_title(round) if with_needs else iter(())
    with closing(_lines(round)) as rows:
        for title_id, group in groupby(rows, key=itemgetter(0)):
            wished = _wished(needs, title_id)
            lines = [
                AskedLine(line_id, request_id, asked, agreed, wished.get(points[request_id].point_id, 0))
                for _title, line_id, request_id, asked, agreed in group
                if request_id in points
            ]
            if title_id in titles:
                yield AskedTitle(titles.pop(title_id), lines)
    for title in titles.values():
        yield AskedTitle(title, [])


def _lines(round: Round) -> Generator[tuple[int, int, int, int, int]]:
    """Yield all lines by title; which of them count is known by their demand, so nothing is joined to each of them."""
    rows = (
        DemandLine.objects.filter(title__round=round)
        .order_by("title_id")
        .values_list("title_id", "pk", "request_id", "asked", "agreed")
    )
    yield from rows.iterator(chunk_size=ROWS_AT_ONCE)


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
