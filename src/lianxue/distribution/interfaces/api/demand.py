"""A point's own demand, and what a college gathers."""

from ninja import Query, Router, Schema
from pydantic import Field

from lianxue.distribution.enums import BatchState, DemandState
from lianxue.distribution.interfaces.api.scopes import READS_DEMAND, WRITES_DEMAND
from lianxue.distribution.models import DemandRequest, Round
from lianxue.distribution.operations.demand.save_demand import save_demand
from lianxue.distribution.operations.demand.submit_demand import submit_demand
from lianxue.distribution.queries.aggregation import own_batch, title_totals
from lianxue.distribution.queries.demand import demand_or_new, point_demand, rounds_of_point
from lianxue.distribution.queries.titles import titles_of
from lianxue.kernel import clock
from lianxue.kernel.api.calling import ApiRequest, needs
from lianxue.kernel.api.cursors import Paging, Rows, cut
from lianxue.kernel.api.once import IdempotencyKey, request_key
from lianxue.kernel.api.values import Copies, Id, Words
from lianxue.kernel.errors import NotFound

router = Router(tags=["demand and aggregation"])


class DemandLineOut(Schema):
    """How many copies of one title: asked for, passed on by the college, and decided (null: not yet)."""

    title_id: int
    entry: str
    title: str
    asked: int
    agreed: int
    decided: int | None


class DemandOut(Schema):
    """The demand of the post's own point in a round; titles without a copy are left out."""

    round_id: int
    state: DemandState
    note: str
    return_reason: str = Field(description="why it was sent back; empty: it was not")
    lines: list[DemandLineOut]


class DemandLineIn(Schema):
    title_id: Id
    copies: Copies = Field(description="0 takes the title off")


class DemandIn(Schema):
    """What to write down: titles that are not named stay as they are."""

    lines: list[DemandLineIn] = Field(max_length=5000)
    note: Words | None = Field(None, description="null leaves the remark as it is")


class SubmitIn(Schema):
    needs_nothing: bool = Field(False, description="true: the point asks for nothing in this round")


class TotalOut(Schema):
    """What the points of a college ask of one title."""

    title_id: int
    entry: str
    title: str
    points: int
    asked: int
    agreed: int


class AggregationOut(Rows[TotalOut]):
    """What the own points ask for, title by title, and whether the college has passed it on."""

    state: BatchState


@router.get("/rounds/{round_id}/demand", response=DemandOut, operation_id="read_demand")
@needs(READS_DEMAND)
def read_demand(request: ApiRequest, round_id: Id) -> DemandOut:
    """The demand of the own point."""
    row, found = _own(request, round_id)
    return _shown(row, found)


@router.put("/rounds/{round_id}/demand", response=DemandOut, operation_id="save_demand")
@needs(WRITES_DEMAND)
def write_demand(request: ApiRequest, round_id: Id, given: DemandIn) -> DemandOut:
    """Write down what the own point asks for. Sent twice it comes to the same."""
    row, _found = _own(request, round_id)
    saved = save_demand(
        actor=request.actor,
        at=clock.now(),
        round=row,
        quantities={line.title_id: line.copies for line in given.lines},
        note=given.note,
    )
    return _shown(row, saved)


@router.post("/rounds/{round_id}/demand/submit", response=DemandOut, operation_id="submit_demand")
@needs(WRITES_DEMAND)
def hand_in_demand(
    request: ApiRequest, round_id: Id, given: SubmitIn, idempotency_key: IdempotencyKey
) -> DemandOut:
    """Submit the demand of the own point as it was saved."""
    row, _found = _own(request, round_id)
    submitted = submit_demand(
        actor=request.actor,
        at=clock.now(),
        round=row,
        needs_nothing=given.needs_nothing,
        request_key=request_key(request, idempotency_key),
    )
    return _shown(row, submitted)


@router.get("/rounds/{round_id}/aggregation", response=AggregationOut, operation_id="read_aggregation")
@needs(READS_DEMAND)
def read_aggregation(request: ApiRequest, round_id: Id, asked: Query[Paging]) -> AggregationOut:
    """What the points below the own organisation ask for."""
    batch = own_batch(request.actor, round_id)
    totals = {total.title.pk: total for total in title_totals(batch)}
    page = cut(titles_of(round_id).filter(pk__in=totals), asked, name=f"aggregation of {batch.pk}")
    return AggregationOut(
        state=BatchState(batch.state),
        items=[
            TotalOut(
                title_id=title.pk,
                entry=title.entry.code,
                title=title.entry.title,
                points=totals[title.pk].points,
                asked=totals[title.pk].asked,
                agreed=totals[title.pk].agreed,
            )
            for title in page.rows
        ],
        next_cursor=page.next_cursor,
    )


def _own(request: ApiRequest, round_id: int) -> tuple[Round, DemandRequest]:
    row = rounds_of_point(request.actor).filter(pk=round_id).first()
    found = demand_or_new(request.actor, row) if row and request.actor.is_administrator else None
    if row is None or found is None:
        raise NotFound
    return row, found


def _shown(round_: Round, request_row: DemandRequest) -> DemandOut:
    demand = point_demand(round_, request_row.point_id, request_row if request_row.pk else None)
    return DemandOut(
        round_id=round_.pk,
        state=DemandState(request_row.state),
        note=request_row.note,
        return_reason=request_row.return_reason,
        lines=[
            DemandLineOut(
                title_id=row.title.pk,
                entry=row.title.entry.code,
                title=row.title.entry.title,
                asked=row.asked,
                agreed=row.agreed,
                decided=row.decided.quantity if row.decided else None,
            )
            for row in demand.rows
            if row.asked or row.decided
        ],
    )
