"""Reads about display corners: what must stand in them, which are due to be arranged anew, which look alike."""

from django.db.models import Exists, OuterRef, QuerySet

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.models import ShipmentLine, StockBalance


def to_put_on_display(point_id: int) -> QuerySet[ShipmentLine]:
    """Return the lots of which the store has copies and the corner none, by title (S0-29 after a real loss)."""
    here = StockBalance.objects.filter(lot=OuterRef("pk"), place__organisation_id=point_id, quantity__gt=0)
    return (
        ShipmentLine.objects.filter(
            Exists(here.filter(place__kind=PlaceKind.SHELF)),
            ~Exists(here.filter(place__kind=PlaceKind.DISPLAY)),
            shipment__point_id=point_id,
        )
        .select_related("title__entry", "shipment")
        .order_by("title__entry__title", "pk")
    )
