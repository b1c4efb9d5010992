"""Moving copies between the store and the display corner."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.errors import LastDisplayCopy, NotEnoughCopies
from lianxue.distribution.models import ShipmentLine
from lianxue.distribution.operations.checks import require_quantity
from lianxue.distribution.operations.ledger import Spot, lock_holdings, move, post, reference_to
from lianxue.distribution.rules.fulfilment import KEEPS_LOT
from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.place_on_display", label=_("Place copies on display"))
def place_on_display(
    *, actor: Actor, at: datetime, lot: ShipmentLine, quantity: int, request_key: str | None = None
) -> ShipmentLine:
    """Take copies of a lot from the store and stand them in the display corner.

    Raise ``NotAllowed``, ``NotEnoughCopies`` or ``Invalid``.
    """
    row = _require(actor, lot, quantity)
    if _balance(row, _own(actor), PlaceKind.SHELF) < quantity:
        raise NotEnoughCopies
    _shift(row, quantity, PlaceKind.SHELF, PlaceKind.DISPLAY, verb="place_on_display", actor=actor, at=at)
    return row


@operation("distribution.take_off_display", label=_("Take copies off display"))
def take_off_display(
    *, actor: Actor, at: datetime, lot: ShipmentLine, quantity: int, request_key: str | None = None
) -> ShipmentLine:
    """Put copies of a lot from the display corner into the store, but never the last one (S0-29).

    Raise ``NotAllowed``, ``NotEnoughCopies``, ``LastDisplayCopy`` or ``Invalid``.
    """
    row = _require(actor, lot, quantity)
    displayed = _balance(row, _own(actor), PlaceKind.DISPLAY)
    if displayed < quantity:
        raise NotEnoughCopies
    if displayed == quantity:
        raise LastDisplayCopy
    _shift(row, quantity, PlaceKind.DISPLAY, PlaceKind.SHELF, verb="take_off_display", actor=actor, at=at)
    return row


def _require(actor: Actor, lot: ShipmentLine, quantity: int) -> ShipmentLine:
    row = ShipmentLine.objects.select_related("shipment", "title").get(pk=lot.pk)
    if not KEEPS_LOT.holds(actor, row):
        raise NotAllowed
    require_quantity(quantity)
    return row


def _own(actor: Actor) -> int:
    """Return the point of the actor: copies may have been handed on to it from the point that the parcel went to."""
    return actor.organisation_id or 0


def _balance(lot: ShipmentLine, point_id: int, kind: PlaceKind) -> int:
    holdings = lock_holdings(point_id, lot.title.entry_id)
    return sum(b.quantity for b in holdings if b.lot_id == lot.pk and b.place.kind == kind)


def _shift(
    lot: ShipmentLine,
    quantity: int,
    source: PlaceKind,
    target: PlaceKind,
    *,
    verb: str,
    actor: Actor,
    at: datetime,
) -> None:
    point_id = _own(actor)
    post(
        verb=verb,
        at=at,
        person_id=actor.person_id,
        legs=move(
            quantity,
            title_id=lot.title_id,
            source=Spot(point_id, source),
            target=Spot(point_id, target),
            source_lot_id=lot.pk,
            target_lot_id=lot.pk,
        ),
        reference=reference_to(lot),
    )
    audit.record(
        actor=actor,
        at=at,
        verb=f"distribution.{verb}",
        subject=lot,
        after={"quantity": quantity, "lot": lot.code},
    )
