"""The way of one lot, from what the point asked for to the reader's hand."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.models import (
    AllocationLine,
    Claim,
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
    Transfer,
)
from lianxue.distribution.queries.shipments import lot_seen
from lianxue.distribution.queries.transfers import ways_of
from lianxue.orgs.public import Actor, Organisation

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
    parts: Sequence[ShipmentLine]  # lots of other parcels that answer the same demand
    transfers: Sequence[Transfer]
    elsewhere: Sequence[tuple[Organisation, int]]  # copies that were handed on, and where they are now
    claims: Sequence[Claim]

    def at(self, kind: PlaceKind) -> int:
        """Return how many copies of the lot are in a place of its first point now."""
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
    loans = (
        Loan.objects.filter(lot=lot, undone_at__isnull=True)
        .select_related("recorded_by")
        .order_by("-lent_on", "-pk")
    )
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
        parts=_parts(lot),
        transfers=ways_of(lot),
        elsewhere=_elsewhere(lot),
        claims=list(Claim.objects.filter(receipt_line__lot=lot).order_by("pk")),
    )


def _parts(lot: ShipmentLine) -> list[ShipmentLine]:
    if lot.allocation_line_id is None:
        return []
    same = ShipmentLine.objects.filter(allocation_line_id=lot.allocation_line_id).exclude(pk=lot.pk)
    return list(same.select_related("shipment").order_by("pk"))


def _elsewhere(lot: ShipmentLine) -> list[tuple[Organisation, int]]:
    """Return where copies of a lot are that were handed on from the point to which its parcel went."""
    places = (PlaceKind.SHELF, PlaceKind.DISPLAY, PlaceKind.ON_LOAN, PlaceKind.ISSUED, PlaceKind.IN_TRANSIT)
    rows = (
        StockBalance.objects.filter(lot=lot, place__kind__in=places, quantity__gt=0)
        .exclude(place__organisation_id__in=(lot.shipment.point_id, lot.shipment.via_id or 0))
        .order_by()
        .values_list("place__organisation_id")
        .annotate(copies=Sum("quantity"))
    )
    copies = dict(rows)
    return [(one, copies[one.pk]) for one in Organisation.objects.filter(pk__in=copies).order_by("code")]


def _copies(lot: ShipmentLine) -> dict[str, int]:
    """Return how many copies of a lot are in each place of the point to which its parcel went."""
    copies: dict[str, int] = defaultdict(int)
    here = StockBalance.objects.filter(lot=lot, place__organisation_id=lot.shipment.point_id)
    for kind, quantity in here.values_list("place__kind", "quantity"):
        copies[kind] += quantity
    return dict(copies)
