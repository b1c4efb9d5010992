"""How many copies are where: the balances of the ledger."""

from ninja import Query, Router, Schema
from pydantic import Field

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.interfaces.api.scopes import READS_STOCK
from lianxue.distribution.models import StockBalance
from lianxue.distribution.queries.balances import balances_seen
from lianxue.kernel.api.calling import ApiRequest, needs
from lianxue.kernel.api.cursors import Paging, Rows, cut
from lianxue.kernel.api.values import Id, Words

router = Router(tags=["balances of the stock"])


class BalanceOut(Schema):
    """So many copies of one lot of a title in one place of an organisation."""

    id: int
    organisation_id: int
    organisation: str
    place: PlaceKind
    entry: str
    title: str
    lot_id: int | None = Field(description="null: not in a parcel yet")
    copies: int


class StockFilter(Paging):
    """Which balances."""

    organisation_id: Id | None = None
    place: PlaceKind | None = None
    entry: Words = Field("", description="number in the catalogue")
    lot_id: Id | None = None


@router.get("/stock", response=Rows[BalanceOut], operation_id="list_stock")
@needs(READS_STOCK)
def list_stock(request: ApiRequest, asked: Query[StockFilter]) -> Rows[BalanceOut]:
    """Balances above zero at the own organisation and, for administrators, below it."""
    rows = balances_seen(request.actor)
    if asked.organisation_id is not None:
        rows = rows.filter(place__organisation_id=asked.organisation_id)
    if asked.place is not None:
        rows = rows.filter(place__kind=asked.place)
    if asked.entry:
        rows = rows.filter(title__entry__code=asked.entry)
    if asked.lot_id is not None:
        rows = rows.filter(lot_id=asked.lot_id)
    return cut(rows, asked, name="stock").shown(_shown)


def _shown(row: StockBalance) -> BalanceOut:
    return BalanceOut(
        id=row.pk,
        organisation_id=row.place.organisation_id,
        organisation=row.place.organisation.name,
        place=PlaceKind(row.place.kind),
        entry=row.title.entry.code,
        title=row.title.entry.title,
        lot_id=row.lot_id,
        copies=row.quantity,
    )
