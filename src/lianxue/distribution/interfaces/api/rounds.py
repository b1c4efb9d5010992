"""Rounds and the titles on offer in them."""

from datetime import date

from ninja import Query, Router, Schema
from pydantic import Field

from lianxue.distribution.enums import RoundKind, RoundState
from lianxue.distribution.interfaces.api.scopes import READS_ROUNDS
from lianxue.distribution.models import Round, RoundTitle
from lianxue.distribution.queries.rounds import visible_rounds
from lianxue.distribution.queries.titles import titles_of
from lianxue.distribution.rules.rounds import SEES_ROUND
from lianxue.kernel.api.calling import ApiRequest, needs
from lianxue.kernel.api.cursors import Paging, Rows, cut
from lianxue.kernel.api.values import Id
from lianxue.kernel.rules import get_visible

router = Router(tags=["rounds and titles"])


class RoundOut(Schema):
    """A round of distribution. Days are calendar days in Asia/Shanghai, both ends included; null: none was set."""

    id: int
    name: str
    year: int
    kind: RoundKind
    state: RoundState
    demand_from: date | None
    demand_until: date | None
    aggregate_until: date | None
    receive_until: date | None


class TitleOut(Schema):
    """A title on offer in a round. ``entry`` is its number in the catalogue."""

    id: int
    entry: str
    title: str
    kind: str
    supplier: str
    copies_available: int
    pack_size: int = Field(description="copies that are sent only together; 1: each by itself")


class RoundFilter(Paging):
    """Which rounds."""

    state: RoundState | None = None
    year: int | None = Field(None, ge=1900, le=9999)


def shown_round(row: Round) -> RoundOut:
    return RoundOut.from_orm(row)


def shown_title(row: RoundTitle) -> TitleOut:
    return TitleOut(
        id=row.pk,
        entry=row.entry.code,
        title=row.entry.title,
        kind=row.entry.kind,
        supplier=row.supplier.name,
        copies_available=row.copies_available,
        pack_size=row.pack_size,
    )


@router.get("/rounds", response=Rows[RoundOut], operation_id="list_rounds")
@needs(READS_ROUNDS)
def list_rounds(request: ApiRequest, asked: Query[RoundFilter]) -> Rows[RoundOut]:
    """Rounds that the post may see, in the order in which they were begun."""
    rows = visible_rounds(request.actor)
    if asked.state is not None:
        rows = rows.filter(state=asked.state)
    if asked.year is not None:
        rows = rows.filter(year=asked.year)
    return cut(rows, asked, name="rounds").shown(shown_round)


@router.get("/rounds/{round_id}", response=RoundOut, operation_id="read_round")
@needs(READS_ROUNDS)
def read_round(request: ApiRequest, round_id: Id) -> RoundOut:
    """One round."""
    return shown_round(round_seen(request, round_id))


@router.get("/rounds/{round_id}/titles", response=Rows[TitleOut], operation_id="list_titles")
@needs(READS_ROUNDS)
def list_titles(request: ApiRequest, round_id: Id, asked: Query[Paging]) -> Rows[TitleOut]:
    """The titles on offer in a round."""
    row = round_seen(request, round_id)
    return cut(titles_of(row.pk), asked, name=f"titles of {row.pk}").shown(shown_title)


def round_seen(request: ApiRequest, round_id: int) -> Round:
    """Return a round that the post may see. Raise ``NotFound``."""
    return get_visible(visible_rounds(request.actor), SEES_ROUND, request.actor, pk=round_id)
