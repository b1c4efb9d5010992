"""A parcel that follows another takes its number with a running end: ``2026-3-0042``, ``2026-3-0042-2`` …"""

import secrets
from collections.abc import Mapping

from lianxue.distribution.models import RoundTitle, Shipment, ShipmentLine

TOKEN_BYTES = 18


def lock_first(shipment: Shipment) -> Shipment:
    """Lock the first parcel of those that follow each other, so that their numbers are given one after the other."""
    first = shipment
    while first.follows is not None:
        first = first.follows
    return Shipment.objects.select_for_update(of=("self",)).get(pk=first.pk)


def make_following(first: Shipment, after: Shipment) -> Shipment:
    """Make an empty parcel that follows ``after``, still to be packed. The caller holds ``first`` by ``lock_first``."""
    number = Shipment.objects.filter(code__startswith=f"{first.code}-").count() + 2
    return Shipment.objects.create(
        round_id=after.round_id,
        supplier_id=after.supplier_id,
        point_id=after.point_id,
        via_id=after.via_id,
        code=f"{first.code}-{number}",
        token=secrets.token_urlsafe(TOKEN_BYTES),
        follows=after,
    )


def split_off_rest(first: Shipment, shipment: Shipment, sent: Mapping[int, int]) -> Shipment | None:
    """Leave in a parcel only what is ``sent`` of each lot and put the rest into one that follows; None: no rest.

    What follows is a lot of its own, with a number of its own; a lot of which nothing goes now is no more.
    """
    lines = list(shipment.lines.order_by("pk"))
    if all(sent[line.pk] == line.quantity for line in lines):
        return None
    rest = make_following(first, shipment)
    for line in lines:
        left = line.quantity - sent[line.pk]
        if not left:
            continue
        ShipmentLine.objects.create(
            shipment=rest, title_id=line.title_id, allocation_line_id=line.allocation_line_id, quantity=left
        )
        if sent[line.pk]:
            line.quantity = sent[line.pk]
            line.save(update_fields=["quantity"])
        else:
            line.delete()
    return rest


def make_again(after: Shipment, title: RoundTitle, quantity: int) -> Shipment:
    """Make a parcel with copies that are sent again in place of those of ``after``."""
    parcel = make_following(lock_first(after), after)
    ShipmentLine.objects.create(shipment=parcel, title=title, quantity=quantity)
    return parcel
