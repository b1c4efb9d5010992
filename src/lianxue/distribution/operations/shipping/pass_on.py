"""A superior unit through which parcels go confirms that they are there, and sends them on to its points."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import PlaceKind, ShipmentState
from lianxue.distribution.events import ShipmentAtCollege, ShipmentSentOn
from lianxue.distribution.flows.shipment import SHIPMENT_FLOW
from lianxue.distribution.models import Shipment
from lianxue.distribution.operations.ledger import Posting, Spot, move, post_many, reference_to
from lianxue.distribution.operations.shipping.whereabouts import under_way
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotFound
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

NONE_CHOSEN = _("Please choose at least one shipment.")


@operation("distribution.confirm_arrival", label=_("Confirm that shipments are at the superior unit"))
def confirm_arrival(
    *, actor: Actor, at: datetime, shipments: Sequence[Shipment], request_key: str | None = None
) -> None:
    """Write down that parcels have arrived at the unit through which they go, all or none.

    The copies stay on the way; nobody has opened the parcels. Raise ``WrongState``, ``NotAllowed``, ``Unmet`` or
    ``Invalid``.
    """
    rows = _locked(actor, at, shipments, "confirm_arrival")
    ids = [row.pk for row in rows]
    changed = {"state": ShipmentState.AT_COLLEGE, "arrived_at_college_at": at}
    Shipment.objects.filter(pk__in=ids).update(**changed)
    _record(actor, at, rows, "distribution.confirm_arrival", changed)
    for row in rows:
        publish(ShipmentAtCollege(shipment_id=row.pk, college_id=row.via_id or 0))


@operation("distribution.send_on", label=_("Send shipments on to their points"))
def send_on(
    *, actor: Actor, at: datetime, shipments: Sequence[Shipment], request_key: str | None = None
) -> None:
    """Send parcels on from the unit through which they go, all or none: from now on the points wait for them.

    Raise ``WrongState``, ``NotAllowed`` or ``Invalid``.
    """
    rows = _locked(actor, at, shipments, "send_on")
    changed = {"state": ShipmentState.DISPATCHED, "forwarded_at": at}
    Shipment.objects.filter(pk__in=[row.pk for row in rows]).update(**changed)
    post_many(at=at, person_id=actor.person_id, postings=[_posting(row) for row in rows])
    _record(actor, at, rows, "distribution.send_on", changed)
    for row in rows:
        publish(ShipmentSentOn(shipment_id=row.pk, point_id=row.point_id))


def _locked(actor: Actor, at: datetime, shipments: Sequence[Shipment], verb: str) -> list[Shipment]:
    wanted = {shipment.pk for shipment in shipments}
    if not wanted:
        raise Invalid(NONE_CHOSEN)
    rows = list(
        Shipment.objects.select_for_update().filter(pk__in=wanted).order_by("pk").prefetch_related("lines")
    )
    if len(rows) != len(wanted):
        raise NotFound
    for row in rows:
        SHIPMENT_FLOW.require(verb, actor=actor, subject=row, at=at)
    return rows


def _posting(shipment: Shipment) -> Posting:
    legs = [
        leg
        for line in shipment.lines.all()
        for leg in move(
            line.quantity,
            title_id=line.title_id,
            source=under_way(shipment),
            target=Spot(shipment.point_id, PlaceKind.IN_TRANSIT),
            source_lot_id=line.pk,
            target_lot_id=line.pk,
        )
    ]
    return Posting("send_on", reference_to(shipment), legs)


def _record(
    actor: Actor, at: datetime, rows: Sequence[Shipment], verb: str, changed: Mapping[str, object]
) -> None:
    audit.record_many(
        actor=actor,
        at=at,
        verb=verb,
        changes=[
            audit.Change(row, before={"state": row.state}, after={"state": changed["state"]}) for row in rows
        ],
    )
