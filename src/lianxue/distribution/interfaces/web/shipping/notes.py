"""Delivery notes: what a shipment holds, with the QR code that opens the receiving page."""

from collections.abc import Iterable

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse

from lianxue.distribution.models import Shipment, ShipmentLine
from lianxue.documents.public import DeliveryLine, DeliveryNote, PrintedKind, delivery_notes
from lianxue.kernel.clock import local_date
from lianxue.orgs.public import ActingRequest


def notes_of(request: ActingRequest, shipments: Iterable[Shipment]) -> bytes:
    """Return one PDF with the delivery notes of ``shipments``."""
    rows = list(shipments)
    lines = ShipmentLine.objects.select_related("title__entry").defer(
        "title__entry__search_vector", "title__entry__description"
    )
    prefetch_related_objects(
        rows, Prefetch("lines", lines.order_by("title_id")), "round", "supplier", "point"
    )
    return delivery_notes(_note(request, row) for row in rows)


def _note(request: ActingRequest, shipment: Shipment) -> DeliveryNote:
    return DeliveryNote(
        code=shipment.code,
        round_name=shipment.round.name,
        supplier=shipment.supplier.name,
        point=shipment.point.name,
        url=request.build_absolute_uri(reverse("distribution:scan", args=[shipment.token])),
        dispatched_on=local_date(shipment.dispatched_at) if shipment.dispatched_at else None,
        carrier=shipment.carrier_note,
        lines=[
            DeliveryLine(
                lot=line.code,
                title=line.title.entry.title,
                kind=PrintedKind.of(line.title.entry.kind),
                quantity=line.quantity,
            )
            for line in shipment.lines.all()
        ],
    )
