"""The taker counts what came and puts it away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import PlaceKind, TransferState
from lianxue.distribution.errors import DoesNotAddUp
from lianxue.distribution.events import TransferReceived
from lianxue.distribution.flows.transfer import TRANSFER_FLOW
from lianxue.distribution.models import Transfer, TransferLine
from lianxue.distribution.operations.checks import REASON_LENGTH
from lianxue.distribution.operations.ledger import Leg, Spot, move, post, reference_to
from lianxue.distribution.queries.network import is_point, stands_in_network
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, Text
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@dataclass(frozen=True, slots=True)
class TransferCount:
    """What came of one line of a transfer."""

    line_id: int
    good: int
    damaged: int = 0
    missing: int = 0


@operation("distribution.receive_transfer", label=_("Receive a transfer"))
def receive_transfer(
    *,
    actor: Actor,
    at: datetime,
    transfer: Transfer,
    counts: Sequence[TransferCount] | None = None,
    note: str = "",
    request_key: str | None = None,
) -> Transfer:
    """Write down what came, line by line; ``counts`` None: all in good order.

    At a point one copy of each lot goes on display (S0-29), the rest into the store. What comes back to its supplier is
    the supplier's again. Raise ``WrongState``, ``NotAllowed``, ``DoesNotAddUp`` (its ``fields`` are ``good_<line id>``)
    or ``Invalid``.
    """
    row = Transfer.objects.select_for_update().get(pk=transfer.pk)
    TRANSFER_FLOW.require("receive_transfer", actor=actor, subject=row, at=at)
    lines = list(row.lines.select_related("lot").order_by("pk"))
    _count(lines, counts)
    if len(note.strip()) > REASON_LENGTH:
        raise Invalid(fields={"note": _("Please keep this under 300 characters.")})
    TransferLine.objects.bulk_update(lines, ["good", "damaged", "missing"])
    before = audit.snapshot(row, "state")
    row.state, row.received_at, row.note = TransferState.RECEIVED, at, note.strip()
    row.save(update_fields=["state", "received_at", "note"])
    shows, is_back = is_point(row.taker_id), not stands_in_network(row.taker_id)
    post(
        verb="receive_transfer",
        at=at,
        person_id=actor.person_id,
        legs=[leg for line in lines for leg in _legs(row, line, shows=shows, is_back=is_back)],
        reference=reference_to(row),
    )
    sums = {name: sum(getattr(line, name) for line in lines) for name in ("good", "damaged", "missing")}
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.receive_transfer",
        subject=row,
        before=before,
        after={"state": row.state, **sums},
        note=row.note,
    )
    publish(TransferReceived(transfer_id=row.pk, giver_id=row.giver_id))
    return row


def _count(lines: Sequence[TransferLine], counts: Sequence[TransferCount] | None) -> None:
    if counts is None:
        counts = [TransferCount(line.pk, line.quantity) for line in lines]
    counted = {count.line_id: count for count in counts}
    faults: dict[str, Text] = {}
    for line in lines:
        count = counted.get(line.pk)
        numbers = (count.good, count.damaged, count.missing) if count else (-1, 0, 0)
        if min(numbers) < 0 or sum(numbers) != line.quantity:
            faults[f"good_{line.pk}"] = DoesNotAddUp.default_message
        line.good, line.damaged, line.missing = numbers
    if faults or len(counts) != len(lines):
        raise DoesNotAddUp(fields=faults)


def _legs(transfer: Transfer, line: TransferLine, *, shows: bool, is_back: bool) -> list[Leg]:
    good = line.good or 0
    on_display = min(good, 1) if shows else 0
    parts: tuple[tuple[PlaceKind, int, int | None], ...] = (
        (PlaceKind.DISPLAY, on_display, line.lot_id),
        (PlaceKind.SHELF, 0 if is_back else good - on_display, line.lot_id),
        (PlaceKind.SUPPLIER, good if is_back else 0, None),
        (PlaceKind.DAMAGED, line.damaged or 0, line.lot_id),
        (PlaceKind.LOST, line.missing or 0, line.lot_id),
    )
    return [
        leg
        for kind, quantity, lot_id in parts
        for leg in move(
            quantity,
            title_id=line.lot.title_id,
            source=Spot(transfer.taker_id, PlaceKind.IN_TRANSIT),
            target=Spot(transfer.taker_id, kind),
            source_lot_id=line.lot_id,
            target_lot_id=lot_id,
        )
    ]
