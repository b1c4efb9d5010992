"""Points check what arrived against what was due (S0-42) and put it away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import PlaceKind, ShipmentState
from lianxue.distribution.errors import DoesNotAddUp
from lianxue.distribution.events import ShipmentReceived
from lianxue.distribution.flows.shipment import SHIPMENT_FLOW
from lianxue.distribution.models import Receipt, ReceiptLine, Shipment, ShipmentLine
from lianxue.distribution.operations.ledger import Leg, Spot, move, post, reference_to
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, Text
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

RECEIPT_NOTE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class LotCount:
    """What was counted of one lot."""

    lot_id: int
    good: int
    damaged: int = 0
    missing: int = 0


@operation("distribution.receive", label=_("Confirm receipt"))
def receive(
    *,
    actor: Actor,
    at: datetime,
    shipment: Shipment,
    counts: Sequence[LotCount] | None = None,
    note: str = "",
    request_key: str | None = None,
) -> Receipt:
    """Write down what arrived, lot by lot; ``counts`` None: all arrived in good order.

    Of each lot one good copy goes to the display corner at once (S0-29), the rest into the store; damaged and
    missing copies are entered as such. Raise ``WrongState``, ``NotAllowed``, ``DoesNotAddUp`` (its ``fields`` are
    ``good_<lot id>``) or ``Invalid``.
    """
    row = Shipment.objects.select_for_update().get(pk=shipment.pk)
    step = SHIPMENT_FLOW.require("receive", actor=actor, subject=row, at=at)
    lots = list(row.lines.order_by("pk"))
    counted = _counted(lots, counts)
    if len(note.strip()) > RECEIPT_NOTE_LENGTH:
        raise Invalid(fields={"note": _("Please keep this under 300 characters.")})
    receipt = Receipt.objects.create(
        shipment=row, received_by_id=actor.person_id, received_at=at, note=note.strip()
    )
    ReceiptLine.objects.bulk_create(
        ReceiptLine(
            receipt=receipt,
            lot=lot,
            due=lot.quantity,
            good=counted[lot.pk].good,
            damaged=counted[lot.pk].damaged,
            missing=counted[lot.pk].missing,
        )
        for lot in lots
    )
    row.state = step.target or ShipmentState.RECEIVED
    row.save(update_fields=["state"])
    legs = [leg for lot in lots for leg in _legs(row.point_id, lot, counted[lot.pk])]
    post(verb="receive", at=at, person_id=actor.person_id, legs=legs, reference=reference_to(receipt))
    damaged, missing = (sum(getattr(c, name) for c in counted.values()) for name in ("damaged", "missing"))
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.receive",
        subject=row,
        after={
            "state": row.state,
            "due": sum(lot.quantity for lot in lots),
            "good": sum(c.good for c in counted.values()),
            "damaged": damaged,
            "missing": missing,
        },
        note=receipt.note,
    )
    publish(ShipmentReceived(receipt_id=receipt.pk, point_id=row.point_id, damaged=damaged, missing=missing))
    return receipt


def _counted(lots: Sequence[ShipmentLine], counts: Sequence[LotCount] | None) -> Mapping[int, LotCount]:
    if counts is None:
        return {lot.pk: LotCount(lot.pk, lot.quantity) for lot in lots}
    counted = {count.lot_id: count for count in counts}
    faults: dict[str, Text] = {
        f"good_{lot.pk}": DoesNotAddUp.default_message
        for lot in lots
        if not _adds_up(lot, counted.get(lot.pk))
    }
    if faults or len(counts) != len(lots):
        raise DoesNotAddUp(fields=faults)
    return counted


def _adds_up(lot: ShipmentLine, count: LotCount | None) -> bool:
    if count is None or min(count.good, count.damaged, count.missing) < 0:
        return False
    return count.good + count.damaged + count.missing == lot.quantity


def _legs(point_id: int, lot: ShipmentLine, count: LotCount) -> list[Leg]:
    on_display = min(count.good, 1)  # S0-29: 每次接收到的资源，每种资源至少保留一份放置在资源展示区中
    arrivals = {
        PlaceKind.DISPLAY: on_display,
        PlaceKind.SHELF: count.good - on_display,
        PlaceKind.DAMAGED: count.damaged,
        PlaceKind.LOST: count.missing,
    }
    return [
        leg
        for kind, quantity in arrivals.items()
        for leg in move(
            quantity,
            title_id=lot.title_id,
            source=Spot(point_id, PlaceKind.IN_TRANSIT),
            target=Spot(point_id, kind),
            source_lot_id=lot.pk,
            target_lot_id=lot.pk,
        )
    ]
