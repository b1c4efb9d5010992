"""Suppliers send shipments off."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import PlaceKind, ShipmentState
from lianxue.distribution.events import ShipmentsDispatched
from lianxue.distribution.flows.shipment import SHIPMENT_FLOW
from lianxue.distribution.models import Shipment
from lianxue.distribution.operations.ledger import Posting, Spot, move, post_many, reference_to
from lianxue.distribution.operations.parcels.following import lock_first, split_off_rest
from lianxue.distribution.operations.shipping.whereabouts import under_way
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotFound, Text
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

CARRIER_NOTE_LENGTH = 120


@operation("distribution.dispatch", label=_("Dispatch a shipment"))
def dispatch(
    *,
    actor: Actor,
    at: datetime,
    shipment: Shipment,
    quantities: Mapping[int, int] | None = None,
    carrier_note: str = "",
    request_key: str | None = None,
) -> Shipment:
    """Mark one shipment as sent: its copies leave the supplier and are on their way.

    ``quantities`` says how many of each lot (by its id) are really in it; None: all. What is left becomes a parcel
    that follows, still to be packed. Raise ``WrongState``, ``NotAllowed``, ``NotEnoughCopies`` or ``Invalid`` (its
    ``fields`` are ``quantity_<lot id>``).
    """
    if quantities is not None:
        _split(actor, at, shipment, quantities)
    return _send(actor, at, [shipment.pk], carrier_note)[0]


def _split(actor: Actor, at: datetime, shipment: Shipment, quantities: Mapping[int, int]) -> None:
    first = lock_first(shipment)
    row = Shipment.objects.select_for_update().get(pk=shipment.pk)
    SHIPMENT_FLOW.require("dispatch", actor=actor, subject=row, at=at)
    planned = dict(row.lines.values_list("pk", "quantity"))
    if set(planned) != set(quantities):
        raise Invalid(_("The parcel was packed anew in the meantime. Please look at it again."))
    faults: dict[str, Text] = {
        f"quantity_{lot_id}": _("Please give a number from 0 to %(planned)d.") % {"planned": planned[lot_id]}
        for lot_id, quantity in quantities.items()
        if not 0 <= quantity <= planned[lot_id]
    }
    if faults:
        raise Invalid(fields=faults)
    if not any(quantities.values()):
        raise Invalid(_("Please send at least one copy."))
    rest = split_off_rest(first, row, quantities)
    if rest is not None:
        audit.record(
            actor=actor,
            at=at,
            verb="distribution.dispatch",
            subject=rest,
            after={
                "state": rest.state,
                "follows": row.code,
                "copies": sum(planned.values()) - sum(quantities.values()),
            },
        )


@operation("distribution.dispatch_shipments", label=_("Dispatch many shipments"))
def dispatch_shipments(
    *,
    actor: Actor,
    at: datetime,
    shipments: Sequence[Shipment],
    carrier_note: str = "",
    request_key: str | None = None,
) -> None:
    """Mark many shipments as sent, all or none, with the same few statements for the stock of all of them.

    Raise ``WrongState`` or ``NotAllowed`` for the first that cannot be sent, ``NotEnoughCopies`` when a title runs
    out, ``Invalid`` when none is chosen.
    """
    if not shipments:
        raise Invalid(_("Please choose at least one shipment."))
    _send(actor, at, [s.pk for s in shipments], carrier_note)


def _send(actor: Actor, at: datetime, shipment_ids: Sequence[int], carrier_note: str) -> list[Shipment]:
    note = carrier_note.strip()
    if len(note) > CARRIER_NOTE_LENGTH:
        raise Invalid(fields={"carrier_note": _("Please keep this under 120 characters.")})
    wanted = set(shipment_ids)
    rows = list(
        Shipment.objects.select_for_update().filter(pk__in=wanted).order_by("pk").prefetch_related("lines")
    )
    if len(rows) != len(wanted):
        raise NotFound
    for row in rows:
        SHIPMENT_FLOW.require("dispatch", actor=actor, subject=row, at=at)
    Shipment.objects.filter(pk__in=wanted).update(
        state=ShipmentState.DISPATCHED, dispatched_at=at, carrier_note=note
    )
    post_many(at=at, person_id=actor.person_id, postings=[_posting(row) for row in rows])
    audit.record_many(
        actor=actor,
        at=at,
        verb="distribution.dispatch",
        changes=[
            audit.Change(
                row,
                before={"state": row.state, "carrier_note": row.carrier_note},
                after={"state": ShipmentState.DISPATCHED, "carrier_note": note},
            )
            for row in rows
        ],
    )
    for row in rows:
        row.state, row.dispatched_at, row.carrier_note = ShipmentState.DISPATCHED, at, note
    publish(ShipmentsDispatched(tuple(row.pk for row in rows)))
    return rows


def _posting(shipment: Shipment) -> Posting:
    legs = [
        leg
        for line in shipment.lines.all()
        for leg in move(
            line.quantity,
            title_id=line.title_id,
            source=Spot(shipment.supplier_id, PlaceKind.SUPPLIER),
            target=under_way(shipment),
            target_lot_id=line.pk,
        )
    ]
    return Posting("dispatch", reference_to(shipment), legs)
