"""What stands on the note that travels with a shipment (S0-42)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianxue.documents.enums import PrintedKind


@dataclass(frozen=True, kw_only=True)
class DeliveryLine:
    """Copies of one title that are due; ``lot`` is their number in the shipment."""

    lot: str
    title: str
    kind: PrintedKind
    quantity: int


@dataclass(frozen=True, kw_only=True)
class DeliveryNote:
    """One shipment from a supplier to a point; ``url`` is the page on which the point reports what arrived."""

    code: str
    round_name: str
    supplier: str
    point: str
    url: str
    lines: Sequence[DeliveryLine]
    dispatched_on: date | None = None
    carrier: str = ""
