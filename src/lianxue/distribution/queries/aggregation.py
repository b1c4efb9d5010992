"""Reads of aggregated demand: which points have reported, the totals by title, and every line behind them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet, Sum

from lianxue.distribution.enums import DemandState
from lianxue.distribution.models import DemandBatch, DemandLine, DemandRequest, LineAdjustment, RoundTitle
from lianxue.distribution.queries.demand import visible_demand
from lianxue.distribution.queries.needs import NeedCount, need_counts_of_points, need_counts_of_title
from lianxue.distribution.queries.network import points_of
from lianxue.distribution.queries.titles import titles_of
from lianxue.distribution.rules.demand import (
    AGGREGATES_BATCH,
    AGGREGATES_DEMAND,
    SEES_BATCH,
    WAS_HANDED_IN,
)
from lianxue.distribution.rules.rounds import READS_ROUND_OF
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor, Organisation


@dataclass(frozen=True)
class PointStanding:
    """How far one point is: ``request`` None or a draft means that it has not reported."""

    point: Organisation
    request: DemandRequest | None
    titles: int = 0
    asked: int = 0
    agreed: int = 0

    @property
    def has_reported(self) -> bool:
        return self.request is not None and self.request.state == DemandState.SUBMITTED

    @property
    def was_sent_back(self) -> bool:
        return self.request is not None and self.request.state == DemandState.RETURNED

    @property
    def state(self) -> str:
        """Return ``submitted``, ``returned`` or ``missing``: what is still being filled in is nobody else's to see."""
        if self.request is None or self.request.state == DemandState.DRAFT:
            return "missing"
        return self.request.state


@dataclass(frozen=True)
class TitleTotal:
    """What the points of one college together ask of one title."""

    title: RoundTitle
    points: int
    asked: int
    agreed: int
    needs: NeedCount


@dataclass(frozen=True)
class SourceLine:
    """One line behind a total, with what people at that point wished for and what the college changed."""

    line: DemandLine
    needs: NeedCount
    adjustments: list[LineAdjustment] = field(default_factory=list)


def visible_batches(actor: Actor) -> QuerySet[DemandBatch]:
    """Return the aggregated demand that ``actor`` may see: the own college's and those below."""
    return visible(DemandBatch.objects.select_related("round", "college"), SEES_BATCH, actor)


def own_batch(actor: Actor, round_id: int) -> DemandBatch:
    """Return the batch of the actor's own college in a round. Raise ``NotFound``."""
    rows = DemandBatch.objects.select_related("round", "college")
    return get_visible(rows, AGGREGATES_BATCH, actor, round_id=round_id)


def own_batches(actor: Actor) -> QuerySet[DemandBatch]:
    """Return the batches of the actor's own college with ``reported`` (points), newest round first."""
    reported = Count("requests", filter=Q(requests__state=DemandState.SUBMITTED))
    rows = DemandBatch.objects.select_related("round", "college").annotate(reported=reported)
    return visible(rows, AGGREGATES_BATCH, actor).order_by("-round_id")


def office_batch(actor: Actor, round_id: int, college_id: int) -> DemandBatch:
    """Return the batch of one college in a round of the actor's own office. Raise ``NotFound``."""
    rows = DemandBatch.objects.select_related("round", "college")
    return get_visible(rows, READS_ROUND_OF, actor, round_id=round_id, college_id=college_id)


def point_standings(batch: DemandBatch) -> list[PointStanding]:
    """Return how far every point of the batch is, by code: those that belong to the college and those that reported."""
    requests = {
        row.point_id: row
        for row in batch.requests.select_related("point").annotate(
            title_count=Count("lines"),
            asked=Sum("lines__asked", default=0),
            agreed=Sum("lines__agreed", default=0),
        )
    }
    elsewhere = DemandRequest.objects.filter(batch__round_id=batch.round_id).exclude(batch=batch)
    points = {
        point.pk: point
        for point in points_of(batch.round.office_id, batch.college_id).exclude(
            pk__in=elsewhere.values("point_id")
        )
    }
    points |= {row.point_id: row.point for row in requests.values()}
    standings = []
    for point in sorted(points.values(), key=lambda one: one.code):
        row = requests.get(point.pk)
        if row is None or row.state == DemandState.DRAFT:
            standings.append(PointStanding(point, row))
        else:
            standings.append(PointStanding(point, row, row.title_count, row.asked, row.agreed))
    return standings


def request_seen(actor: Actor, batch: DemandBatch, request_id: int) -> DemandRequest:
    """Return the demand of one point in a batch that the actor's college gathers. Raise ``NotFound``."""
    rows = visible_demand(actor).filter(batch=batch)
    return get_visible(rows, AGGREGATES_DEMAND & WAS_HANDED_IN, actor, pk=request_id)


def counted_lines(batch: DemandBatch) -> QuerySet[DemandLine]:
    """Return the lines that count: those of demand that was submitted and not sent back."""
    return DemandLine.objects.filter(request__batch=batch, request__state=DemandState.SUBMITTED)


def title_totals(batch: DemandBatch) -> list[TitleTotal]:
    """Return the totals of every title that at least one point asks for, in the order of the round."""
    sums = {
        title_id: (points, asked, agreed)
        for title_id, points, asked, agreed in counted_lines(batch)
        .order_by()
        .values_list("title_id")
        .annotate(points=Count("pk"), asked=Sum("asked"), agreed=Sum("agreed"))
    }
    reported = batch.requests.filter(state=DemandState.SUBMITTED).values_list("point_id", flat=True)
    needs = need_counts_of_points(batch.round_id, list(reported))
    return [
        TitleTotal(title, *sums[title.pk], needs.get(title.pk, NeedCount()))
        for title in titles_of(batch.round_id)
        if title.pk in sums
    ]


def lines_of_title(batch: DemandBatch, title_id: int) -> list[SourceLine]:
    """Return every line behind the total of one title, largest first."""
    rows = counted_lines(batch).filter(title_id=title_id).select_related("request__point", "title__entry")
    lines = list(rows.defer("title__entry__search_vector").order_by("-asked", "request__point__code"))
    needs = need_counts_of_title(title_id, [line.request.point_id for line in lines])
    return _with_adjustments(lines, {line.pk: needs.get(line.request.point_id) for line in lines})


def lines_of_request(request: DemandRequest) -> list[SourceLine]:
    """Return every line of one point's demand, in the order of the round."""
    lines = list(
        request.lines.select_related("title__entry").defer("title__entry__search_vector").order_by("title_id")
    )
    needs = need_counts_of_points(request.batch.round_id, [request.point_id])
    return _with_adjustments(lines, {line.pk: needs.get(line.title_id) for line in lines})


def _with_adjustments(lines: list[DemandLine], needs: dict[int, NeedCount | None]) -> list[SourceLine]:
    found: dict[tuple[int, int], list[LineAdjustment]] = defaultdict(list)
    requests, titles = {line.request_id for line in lines}, {line.title_id for line in lines}
    changed = LineAdjustment.objects.filter(request__in=requests, title__in=titles).select_related("by")
    for adjustment in changed:
        found[adjustment.request_id, adjustment.title_id].append(adjustment)
    return [
        SourceLine(line, needs.get(line.pk) or NeedCount(), found[line.request_id, line.title_id])
        for line in lines
    ]


@dataclass(frozen=True)
class SheetLine:
    """One row of the aggregation as a spreadsheet."""

    line_id: int
    point_code: str
    point_name: str
    title_code: str
    title_name: str
    asked: int
    agreed: int


def sheet_lines(batch: DemandBatch) -> Iterator[SheetLine]:
    """Yield every line that counts, by point and title."""
    rows = (
        counted_lines(batch)
        .annotate(
            point_code=F("request__point__code"),
            point_name=F("request__point__name"),
            title_code=F("title__entry__code"),
            title_name=F("title__entry__title"),
        )
        .order_by("point_code", "title_id")
        .values_list("pk", "point_code", "point_name", "title_code", "title_name", "asked", "agreed")
    )
    for row in rows.iterator(chunk_size=2000):
        yield SheetLine(*row)
