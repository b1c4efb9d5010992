"""Points check what arrived against what was due (S0-42) and put it away."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as now_in
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.events import ShipmentReceived
from lianxue.distribution.flows.shipment import SHIPMENT_FLOW
from lianxue.distribution.models import Receipt, ReceiptLine, Shipment, ShipmentLine
from lianxue.distribution.operations.claims.opening import open_claims
from lianxue.distribution.operations.ledger import Posting, post_many, reference_to
from lianxue.distribution.operations.shipping.counting import (
    LotCount,
    all_good,
    arrival_legs,
    checked_counts,
    surplus_legs,
)
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid
from lianxue.kernel.events import publish
from lianxue.kernel.kept import kept
from lianxue.kernel.new_row import write
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

__all__ = ["LotCount", "receive"]

RECEIPT_NOTE_LENGTH = 300


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
    missing copies are entered as such, and copies too many come from the supplier. For each of the three faults a
    claim is opened. Raise ``WrongState``, ``NotAllowed``, ``DoesNotAddUp`` (its ``fields`` are ``good_<lot id>`` and
    ``surplus_<lot id>``) or ``Invalid``.
    """
    row = _LOCKED.rows(pk=shipment.pk)[0]
    step = SHIPMENT_FLOW.require("receive", actor=actor, subject=row, at=at)
    lots = list(row.lines.order_by("pk"))
    counted = all_good(lots) if counts is None else checked_counts(lots, counts)
    if len(note.strip()) > RECEIPT_NOTE_LENGTH:
        raise Invalid(fields={"note": _("Please keep this under 300 characters.")})
    receipt = Receipt(shipment=row, received_by_id=actor.person_id, received_at=at, note=note.strip())
    write(receipt)
    lines = ReceiptLine.objects.bulk_create(_line(receipt, lot, counted[lot.pk]) for lot in lots)
    postings = [
        Posting(
            "receive",
            reference_to(receipt),
            [leg for lot in lots for leg in arrival_legs(row, lot, counted[lot.pk])],
        )
    ]
    if unexpected := surplus_legs(row, lots, counted):
        why = receipt.note or now_in("More copies arrived than were due.")
        postings.append(Posting("receive_surplus", reference_to(receipt), unexpected, reason=why))
    row.state = step.target or ShipmentState.RECEIVED
    row.save(update_fields=["state"])
    post_many(at=at, person_id=actor.person_id, postings=postings)
    open_claims(lines, shipment=row, at=at, actor=actor, note=receipt.note)
    sums = _sums(counted)
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.receive",
        subject=row,
        after={"state": row.state, "due": sum(lot.quantity for lot in lots), **sums},
        note=receipt.note,
    )
    publish(
        ShipmentReceived(
            receipt_id=receipt.pk, point_id=row.point_id, damaged=sums["damaged"], missing=sums["missing"]
        )
    )
    return receipt


_LOCKED = kept(lambda pk: Shipment.objects.select_for_update().filter(pk=pk))


def _line(receipt: Receipt, lot: ShipmentLine, count: LotCount) -> ReceiptLine:
    return ReceiptLine(
        receipt=receipt,
        lot=lot,
        due=lot.quantity,
        good=count.good,
        damaged=count.damaged,
        missing=count.missing,
        surplus=count.surplus,
    )


def _sums(counted: Mapping[int, LotCount]) -> dict[str, int]:
    return {
        name: sum(getattr(count, name) for count in counted.values())
        for name in ("good", "damaged", "missing", "surplus")
    }
