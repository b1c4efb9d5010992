"""Where the copies are, by title, by lot and by point: all from the balances of the ledger."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.models import ShipmentLine, StockBalance, TransferLine
from lianxue.distribution.rules.fulfilment import SEES_POINT
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor, Organisation
from lianxue.resources.models import CatalogueEntry

# What a point is answerable for; ``received`` is their sum.
ARRIVED = (PlaceKind.SHELF, PlaceKind.DISPLAY, PlaceKind.ON_LOAN, PlaceKind.ISSUED)
SHOWN = (PlaceKind.IN_TRANSIT, *ARRIVED, PlaceKind.DAMAGED, PlaceKind.LOST)


def point_seen(actor: Actor, point_id: int) -> Organisation:
    """Return an organisation whose stock ``actor`` may see. Raise ``NotFound``."""
    return get_visible(Organisation.objects.select_related("division"), SEES_POINT, actor, pk=point_id)


def titles_at(point_id: int) -> QuerySet[CatalogueEntry]:
    """Return every title of which copies came or are coming to a point, with the number of copies in each place.

    The numbers are ``in_transit``, ``shelf``, ``display``, ``on_loan``, ``issued``, ``damaged``, ``lost``.
    """
    balances = "round_titles__stock_balances__"
    here = Q(**{f"{balances}place__organisation_id": point_id})
    return (
        CatalogueEntry.objects.filter(here)
        .defer("search_vector", "description")
        .annotate(**_sums(f"{balances}quantity", f"{balances}place__kind", here))
        .order_by("title", "pk")
    )


def stock_by_point(actor: Actor) -> QuerySet[Organisation]:
    """Return every point below ``actor`` (and the own one) that has or had copies, with their number in each place."""
    return (
        visible(Organisation.objects.all(), SEES_POINT, actor)
        .filter(stock_places__isnull=False)
        .annotate(**_sums("stock_places__balances__quantity", "stock_places__kind", Q()))
        .order_by("code")
    )


def _sums(quantity: str, kind: str, condition: Q) -> dict[str, Coalesce]:
    sums = {shown.value: Coalesce(Sum(quantity, filter=condition & Q(**{kind: shown})), 0) for shown in SHOWN}
    arrived = condition & Q(**{f"{kind}__in": [*ARRIVED]})
    return {**sums, "arrived": Coalesce(Sum(quantity, filter=arrived), 0)}


@dataclass
class LotStock:
    """How many copies of one lot are in each place of its point."""

    lot: ShipmentLine
    copies: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    arrived_at: datetime | None = None  # with its parcel, or handed on from another point

    @property
    def shelf(self) -> int:
        return self.copies[PlaceKind.SHELF]

    @property
    def display(self) -> int:
        return self.copies[PlaceKind.DISPLAY]

    @property
    def free_to_issue(self) -> int:
        """Copies that may leave for good: all but one on display (S0-29)."""
        return self.shelf + max(self.display - 1, 0)

    @property
    def free_to_lend(self) -> int:
        """Copies that may be lent: as for issuing, unless the setting lets the last displayed copy go for a while."""
        return self.shelf + self.display if settings.LEND_LAST_DISPLAY_COPY else self.free_to_issue


@dataclass(frozen=True)
class TitleStock:
    """One title at one point with its lots, oldest first."""

    entry: CatalogueEntry
    lots: Sequence[LotStock]

    @property
    def free_to_lend(self) -> int:
        return sum(lot.free_to_lend for lot in self.lots)

    @property
    def free_to_issue(self) -> int:
        return sum(lot.free_to_issue for lot in self.lots)

    def copies(self, kind: PlaceKind) -> int:
        """Return how many copies are in one place."""
        return sum(lot.copies[kind] for lot in self.lots)

    @property
    def on_display(self) -> int:
        return self.copies(PlaceKind.DISPLAY)

    @property
    def on_loan(self) -> int:
        return self.copies(PlaceKind.ON_LOAN)


def lots_at(point_id: int, entry_ids: Iterable[int]) -> dict[int, list[LotStock]]:
    """Return the lots of some titles at a point by title, oldest first, with one statement."""
    rows = (
        StockBalance.objects.filter(
            place__organisation_id=point_id, title__entry_id__in=list(entry_ids), lot__isnull=False
        )
        .select_related(
            "place", "lot__shipment__round", "lot__shipment__receipt", "lot__receipt_line", "title"
        )
        .annotate(
            arrived_at=Case(
                When(lot__shipment__point_id=point_id, then=F("lot__shipment__receipt__received_at")),
                default=Subquery(_handed_on(point_id).values("transfer__received_at")[:1]),
            )
        )
        .order_by(F("arrived_at").asc(nulls_last=True), "lot_id")
    )
    found: dict[int, dict[int, LotStock]] = defaultdict(dict)
    for balance in rows:
        if balance.lot is not None:
            of_title = found[balance.title.entry_id]
            stock = of_title.setdefault(balance.lot.pk, LotStock(balance.lot, arrived_at=balance.arrived_at))
            stock.copies[balance.place.kind] += balance.quantity
    return {entry_id: list(lots.values()) for entry_id, lots in found.items()}


def _handed_on(point_id: int) -> QuerySet[TransferLine]:
    """Return the transfers by which the lot of a balance came to a point, the first one first."""
    return TransferLine.objects.filter(
        lot=OuterRef("lot"), transfer__taker_id=point_id, transfer__received_at__isnull=False
    ).order_by("transfer__received_at")


def title_at(point_id: int, entry_id: int) -> TitleStock | None:
    """Return one title at a point with its lots, or None when no copy ever came."""
    entry = titles_at(point_id).filter(pk=entry_id).first()
    return TitleStock(entry, lots_at(point_id, [entry.pk]).get(entry.pk, [])) if entry else None


def on_display_at(point_id: int) -> QuerySet[CatalogueEntry]:
    """Return the titles of which copies stand in the point's display corner."""
    return titles_at(point_id).filter(display__gt=0)  # type: ignore[misc]  # made by titles_at


def lots_here(point_id: int) -> QuerySet[ShipmentLine]:
    """Return the lots of which copies stand in store or corner of a point, by title, with their number (``here``)."""
    here = Q(
        stock_balances__place__organisation_id=point_id,
        stock_balances__place__kind__in=(PlaceKind.SHELF, PlaceKind.DISPLAY, PlaceKind.ON_LOAN),
    )
    return (
        ShipmentLine.objects.filter(here)
        .select_related("title__entry")
        .defer("title__entry__search_vector", "title__entry__description")
        .annotate(here=Coalesce(Sum("stock_balances__quantity", filter=here), 0))
        .filter(here__gt=0)
        .order_by("title__entry__title", "pk")
    )
