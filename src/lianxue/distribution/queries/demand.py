"""Reads of one point's demand: what it can ask for, what it asks, what became of it."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet, Sum

from lianxue.distribution.enums import AllocationState, DemandState, RoundKind, RoundState
from lianxue.distribution.models import (
    AllocationLine,
    DemandBatch,
    DemandLine,
    DemandRequest,
    LineAdjustment,
    Round,
    RoundTitle,
    UnmetAnswer,
)
from lianxue.distribution.queries.needs import NeedCount, need_counts
from lianxue.distribution.queries.network import college_of_point
from lianxue.distribution.queries.titles import titles_of
from lianxue.distribution.queries.unmet import carried_in, unmet_of_request
from lianxue.distribution.rules.demand import SEES_DEMAND, STATES_DEMAND
from lianxue.distribution.rules.rounds import ids_on_path
from lianxue.kernel.kept import kept
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor
from lianxue.resources.public import EntryState


@dataclass(frozen=True)
class LastDemand:
    """What a point asked for last time: of titles that are on offer again (by title), and of those that are not."""

    round: Round | None = None
    quantities: Mapping[int, int] = field(default_factory=dict)
    not_offered: Sequence[DemandLine] = ()


@dataclass(frozen=True)
class TitleDemand:
    """One title of a round as a point sees it: what people wished for, what the point asks, what is passed on."""

    title: RoundTitle
    needs: NeedCount
    asked: int = 0
    agreed: int = 0
    asked_last: int | None = None
    adjustments: list[LineAdjustment] = field(default_factory=list)
    decided: AllocationLine | None = None
    carried: Sequence[UnmetAnswer] = ()
    unmet: AllocationLine | None = None

    @property
    def is_changed(self) -> bool:
        """Tell whether the college passes on another number than the point asks."""
        return self.agreed != self.asked

    @property
    def decided_short(self) -> int:
        """Return how many copies the decision gives less than were passed on."""
        return max(self.agreed - self.decided.quantity, 0) if self.decided else 0


@dataclass(frozen=True)
class PointDemand:
    """Everything that a point's demand page shows. ``request`` None: nothing has been written yet."""

    round: Round
    request: DemandRequest | None
    rows: list[TitleDemand]
    last: LastDemand = field(default_factory=LastDemand)

    @property
    def asked_titles(self) -> int:
        return sum(1 for row in self.rows if row.asked)

    @property
    def asked_copies(self) -> int:
        return sum(row.asked for row in self.rows)

    @property
    def agreed_copies(self) -> int:
        return sum(row.agreed for row in self.rows)

    @property
    def decided_copies(self) -> int:
        return sum(row.decided.quantity for row in self.rows if row.decided)

    @property
    def asked_rows(self) -> list[TitleDemand]:
        return [row for row in self.rows if row.asked]

    @property
    def knows_last(self) -> bool:
        """Tell whether something that was asked last time is on offer again."""
        return any(row.asked_last for row in self.rows)

    @property
    def can_copy_last(self) -> bool:
        """Tell whether something of last time is still to be filled in."""
        return any(row.asked_last and not row.asked for row in self.rows)

    @property
    def more_wished(self) -> int:
        """Return of how many titles more copies were wished for than are asked."""
        return sum(1 for row in self.rows if row.title.entry.is_published and row.needs.copies > row.asked)

    @property
    def unmet_copies(self) -> int:
        return sum(row.decided_short for row in self.rows)


def visible_demand(actor: Actor) -> QuerySet[DemandRequest]:
    """Return the demand that ``actor`` may see: the own, and what was handed in below."""
    rows = DemandRequest.objects.select_related("point", "batch__round", "batch__college")
    return visible(rows, SEES_DEMAND, actor)


def rounds_of_point(actor: Actor) -> QuerySet[Round]:
    """Return the rounds in which the actor's point states or stated demand, newest first."""
    return Round.objects.filter(office_id__in=ids_on_path(actor.path), kind=RoundKind.DEMAND).exclude(
        state=RoundState.DRAFT
    )


def own_demand(actor: Actor, round_id: int) -> DemandRequest | None:
    """Return the demand of the actor's own point in a round, if it has been begun."""
    return _own_demand.first(actor=actor, round_id=round_id)


@kept
def _own_demand(actor: Actor, round_id: int) -> QuerySet[DemandRequest]:
    rows = DemandRequest.objects.select_related("point", "batch__round", "batch__college")
    return visible(rows, STATES_DEMAND, actor).filter(batch__round_id=round_id).order_by("pk")


def demand_or_new(actor: Actor, round: Round) -> DemandRequest | None:
    """Return the demand of the actor's own point, begun or as it would be begun; None when it states none here."""
    found = own_demand(actor, round.pk)
    if found is not None:
        return found
    college_id = college_of_point(actor.organisation_id, round.office_id)
    if college_id is None or actor.organisation_id is None:
        return None
    batch = _batch_of.first(round_id=round.pk, college_id=college_id)
    batch = batch or DemandBatch(round=round, college_id=college_id)
    batch.round = round
    return DemandRequest(batch=batch, point_id=actor.organisation_id)


@kept
def _batch_of(round_id: int, college_id: int) -> QuerySet[DemandBatch]:
    return DemandBatch.objects.filter(round_id=round_id, college_id=college_id).select_related("college")


def point_demand(round: Round, point_id: int, request: DemandRequest | None) -> PointDemand:
    """Read the demand of a point title by title."""
    lines = {line.title_id: line for line in request.lines.all()} if request else {}
    adjustments = _adjustments(request)
    decided = decided_lines(request.pk) if request else {}
    wished = need_counts(round.pk, point_id)
    last = last_demand(point_id, round)
    carried = carried_in(round.pk, point_id)
    unmet = unmet_of_request(request.pk) if request and decided else {}
    rows = []
    for title in titles_of(round.pk):
        line = lines.get(title.pk)
        if line is None and not title.entry.is_published:
            continue  # withdrawn since, and not asked for
        rows.append(
            TitleDemand(
                title=title,
                needs=wished.get(title.pk, NeedCount()),
                asked=line.asked if line else 0,
                agreed=line.agreed if line else 0,
                asked_last=last.quantities.get(title.pk),
                adjustments=adjustments.get(title.pk, []),
                decided=decided.get(title.pk),
                carried=carried.get(title.entry_id, ()),
                unmet=unmet.get(title.pk),
            )
        )
    return PointDemand(round, request, rows, last)


def _adjustments(request: DemandRequest | None) -> Mapping[int, list[LineAdjustment]]:
    found: dict[int, list[LineAdjustment]] = defaultdict(list)
    if request is not None:
        for adjustment in request.adjustments.select_related("by"):
            found[adjustment.title_id].append(adjustment)
    return found


def demand_sums(actor: Actor, round_ids: Collection[int]) -> dict[int, DemandRequest]:
    """Return the actor's own demand in several rounds with ``copies`` asked for, by round."""
    rows = DemandRequest.objects.select_related("batch").annotate(copies=Sum("lines__asked", default=0))
    return {
        row.batch.round_id: row
        for row in visible(rows, STATES_DEMAND, actor).filter(batch__round_id__in=round_ids)
    }


def last_demand(point_id: int, round: Round) -> LastDemand:
    """Return what the point asked for in its last round before this one, and which of it is on offer again."""
    last = (
        DemandRequest.objects.filter(
            point_id=point_id,
            state=DemandState.SUBMITTED,
            batch__round__office_id=round.office_id,
            batch__round_id__lt=round.pk,
        )
        .select_related("batch__round")
        .order_by("-batch__round_id")
        .first()
    )
    if last is None:
        return LastDemand()
    offered = dict(
        RoundTitle.objects.filter(round=round, entry__state=EntryState.PUBLISHED).values_list(
            "entry_id", "pk"
        )
    )
    quantities, gone = dict[int, int](), list[DemandLine]()
    for line in last.lines.select_related("title__entry").defer("title__entry__search_vector").order_by("pk"):
        if line.title.entry_id in offered:
            quantities[offered[line.title.entry_id]] = line.asked
        else:
            gone.append(line)
    return LastDemand(last.batch.round, quantities, gone)


def fingerprint(request: DemandRequest) -> str:
    """Return a short text that differs as soon as a line or the remark of a demand differs."""
    lines = list(request.lines.order_by("title_id").values_list("title_id", "asked"))
    return hashlib.sha256(repr((request.pk, lines, request.note)).encode()).hexdigest()[:32]


def decided_lines(request_id: int) -> dict[int, AllocationLine]:
    """Return what a point's demand came to once the allocation is decided, by title of the round."""
    rows = AllocationLine.objects.filter(
        allocation__state=AllocationState.COMMITTED, demand_line__request_id=request_id
    ).select_related("demand_line")
    return {row.demand_line.title_id: row for row in rows}
