"""The way of one lot, from what the point asked for to the reader's hand."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.models import (
    AllocationLine,
    DemandLine,
    DisplayPhoto,
    Issue,
    LineAdjustment,
    Loan,
    Receipt,
    ReceiptLine,
    Shipment,
    ShipmentLine,
    StockBalance,
)
from lianxue.distribution.queries.shipments import lot_seen
from lianxue.orgs.public import Actor

MOST_RECORDS = 10  # loans and issues shown one by one; the numbers count all of them


@dataclass(frozen=True)
class Trace:
    """Everything that happened to one lot. What is None has not happened, or went another way."""

    lot: ShipmentLine
    shipment: Shipment
    allocation_line: AllocationLine | None
    demand_line: DemandLine | None
    adjustments: Sequence[LineAdjustment]
    receipt: Receipt | None
    receipt_line: ReceiptLine | None
    copies: dict[str, int]
    loans: Sequence[Loan]
    loan_count: int
    lent: int
    issues: Sequence[Issue]
    issued: int
    photos: int

    def at(self, kind: PlaceKind) -> int:
        """Return how many copies of the lot are in a place now."""
        return self.copies.get(kind, 0)


def trace_of(actor: Actor, lot_id: int) -> Trace:
    """Return the way of a lot that ``actor`` may see. Raise ``NotFound``."""
    lot = lot_seen(actor, lot_id)
    allocation_line = (
        AllocationLine.objects.select_related("allocation", "demand_line__request__batch__college")
        .filter(shipment_lines=lot)
        .first()
    )
    demand_line = allocation_line.demand_line if allocation_line else None
    receipt: Receipt | None = getattr(lot.shipment, "receipt", None)
    loans = Loan.objects.filter(lot=lot, undone_at__isnull=True).select_related("recorded_by").order_by("-lent_on", "-pk")
    issues = Issue.objects.filter(lot=lot, undone_at__isnull=True).order_by("-issued_on", "-pk")
    sums = loans.aggregate(lent=Sum("quantity"))
    return Trace(
        lot=lot,
        shipment=lot.shipment,
        allocation_line=allocation_line,
        demand_line=demand_line,
        adjustments=list(demand_line.adjustments.select_related("by")) if demand_line else [],
        receipt=receipt,
        receipt_line=ReceiptLine.objects.filter(lot=lot).first(),
        copies=_copies(lot),
        loans=list(loans[:MOST_RECORDS]),
        loan_count=loans.count(),
        lent=sums["lent"] or 0,
        issues=list(issues[:MOST_RECORDS]),
        issued=issues.aggregate(copies=Sum("quantity"))["copies"] or 0,
        photos=DisplayPhoto.objects.filter(receipt=receipt).count() if receipt else 0,
    )


def _copies(lot: ShipmentLine) -> dict[str, int]:
    copies: dict[str, int] = defaultdict(int)
    for kind, quantity in StockBalance.objects.filter(lot=lot).values_list("place__kind", "quantity"):
        copies[kind] += quantity
    return dict(copies)
