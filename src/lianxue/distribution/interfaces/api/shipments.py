"""Shipments: reading, dispatching, receiving."""

from datetime import datetime

from ninja import Query, Router, Schema
from pydantic import Field

from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.interfaces.api.scopes import READS_SHIPMENTS, WRITES_SHIPMENTS
from lianxue.distribution.models import Shipment, ShipmentLine
from lianxue.distribution.operations.shipping.dispatch import dispatch
from lianxue.distribution.operations.shipping.receive import LotCount, receive
from lianxue.distribution.queries.shipments import lots_of, shipment_seen, shipments_seen
from lianxue.kernel import clock
from lianxue.kernel.api.calling import ApiRequest, needs
from lianxue.kernel.api.cursors import Paging, Rows, cut
from lianxue.kernel.api.once import IdempotencyKey, request_key
from lianxue.kernel.api.values import Copies, Id, Words

router = Router(tags=["parcels on their way"])


class ShipmentOut(Schema):
    """A parcel from a supplier to a point. ``code`` is printed on the delivery note."""

    id: int
    code: str
    round_id: int
    state: ShipmentState
    supplier: str
    point: str
    copies: int
    dispatched_at: datetime | None
    received_at: datetime | None
    carrier_note: str


class LotOut(Schema):
    """So many copies of one title in a parcel, and once received what was counted (null before)."""

    id: int
    entry: str
    title: str
    quantity: int
    good: int | None
    damaged: int | None
    missing: int | None
    surplus: int | None


class ShipmentWithLots(ShipmentOut):
    """A parcel with what is in it."""

    lots: list[LotOut]


class ShipmentFilter(Paging):
    """Which parcels."""

    state: ShipmentState | None = None
    round_id: Id | None = None


class SentIn(Schema):
    lot_id: Id
    copies: Copies


class DispatchIn(Schema):
    """What really goes off. What is left becomes a parcel that follows."""

    lots: list[SentIn] | None = Field(
        None, max_length=5000, description="every lot of the parcel; null: all copies"
    )
    carrier_note: Words = ""


class CountIn(Schema):
    """What was counted of one lot: good + damaged + missing = copies due; ``surplus`` came beyond them."""

    lot_id: Id
    good: Copies
    damaged: Copies = 0
    missing: Copies = 0
    surplus: Copies = 0


class ReceiveIn(Schema):
    counts: list[CountIn] | None = Field(
        None, max_length=5000, description="every lot of the parcel; null: all arrived in good order"
    )
    note: Words = ""


@router.get("/shipments", response=Rows[ShipmentOut], operation_id="list_shipments")
@needs(READS_SHIPMENTS)
def list_shipments(request: ApiRequest, asked: Query[ShipmentFilter]) -> Rows[ShipmentOut]:
    """Parcels that the post may see."""
    rows = shipments_seen(request.actor)
    if asked.state is not None:
        rows = rows.filter(state=asked.state)
    if asked.round_id is not None:
        rows = rows.filter(round_id=asked.round_id)
    return cut(rows, asked, name="shipments").shown(_shown)


@router.get("/shipments/{shipment_id}", response=ShipmentWithLots, operation_id="read_shipment")
@needs(READS_SHIPMENTS)
def read_shipment(request: ApiRequest, shipment_id: Id) -> ShipmentWithLots:
    """One parcel with its lots."""
    return _with_lots(shipment_seen(request.actor, shipment_id))


@router.post("/shipments/{shipment_id}/dispatch", response=ShipmentWithLots, operation_id="dispatch_shipment")
@needs(WRITES_SHIPMENTS)
def send(
    request: ApiRequest, shipment_id: Id, given: DispatchIn, idempotency_key: IdempotencyKey
) -> ShipmentWithLots:
    """Mark a parcel of the own organisation as sent."""
    dispatch(
        actor=request.actor,
        at=clock.now(),
        shipment=shipment_seen(request.actor, shipment_id),
        quantities=None if given.lots is None else {lot.lot_id: lot.copies for lot in given.lots},
        carrier_note=given.carrier_note,
        request_key=request_key(request, idempotency_key),
    )
    return _with_lots(shipment_seen(request.actor, shipment_id))


@router.post("/shipments/{shipment_id}/receive", response=ShipmentWithLots, operation_id="receive_shipment")
@needs(WRITES_SHIPMENTS)
def take_in(
    request: ApiRequest, shipment_id: Id, given: ReceiveIn, idempotency_key: IdempotencyKey
) -> ShipmentWithLots:
    """Write down what arrived at the own point."""
    receive(
        actor=request.actor,
        at=clock.now(),
        shipment=shipment_seen(request.actor, shipment_id),
        counts=None if given.counts is None else [LotCount(**count.dict()) for count in given.counts],
        note=given.note,
        request_key=request_key(request, idempotency_key),
    )
    return _with_lots(shipment_seen(request.actor, shipment_id))


def _particulars(row: Shipment) -> dict[str, object]:
    receipt = getattr(row, "receipt", None)
    return {
        "id": row.pk,
        "code": row.code,
        "round_id": row.round_id,
        "state": ShipmentState(row.state),
        "supplier": row.supplier.name,
        "point": row.point.name,
        "copies": getattr(row, "copies", 0),
        "dispatched_at": row.dispatched_at,
        "received_at": receipt.received_at if receipt else None,
        "carrier_note": row.carrier_note,
    }


def _shown(row: Shipment) -> ShipmentOut:
    return ShipmentOut.model_validate(_particulars(row))


def _with_lots(row: Shipment) -> ShipmentWithLots:
    return ShipmentWithLots.model_validate({**_particulars(row), "lots": [_lot(lot) for lot in lots_of(row)]})


def _lot(lot: ShipmentLine) -> dict[str, object]:
    counted = getattr(lot, "receipt_line", None)
    return {
        "id": lot.pk,
        "entry": lot.title.entry.code,
        "title": lot.title.entry.title,
        "quantity": lot.quantity,
        **{name: getattr(counted, name, None) for name in ("good", "damaged", "missing", "surplus")},
    }
