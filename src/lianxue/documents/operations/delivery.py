"""The note that travels with a shipment: what is due, room to tick what arrived, the way to the receiving page."""

from collections.abc import Iterable

from lianxue.documents.models import DeliveryNote
from lianxue.documents.operations.templates import template
from lianxue.kernel.rendering import pdf, qr_svg, written_day

TITLE = "上海终身教育资源配送签收单"


def delivery_note(*notes: DeliveryNote) -> bytes:
    """Return one PDF with each note on pages of its own, numbered for itself (S0-42)."""
    return delivery_notes(notes)


def delivery_notes(notes: Iterable[DeliveryNote]) -> bytes:
    """Return the notes of many shipments as one PDF, for a supplier who packs a whole round."""
    return pdf(template("delivery_note.typ"), {"title": TITLE, "notes": [_values(note) for note in notes]})


def _values(note: DeliveryNote) -> dict[str, object]:
    return {
        "code": note.code,
        "round": note.round_name,
        "supplier": note.supplier,
        "point": note.point,
        "dispatched": written_day(note.dispatched_on) if note.dispatched_on else "",
        "carrier": note.carrier,
        "qr": qr_svg(note.url, border=1),
        "lines": [[line.lot, line.title, line.kind.value, str(line.quantity)] for line in note.lines],
        "titles": len(note.lines),
        "copies": sum(line.quantity for line in note.lines),
    }
