"""Where the ledger has the copies of a parcel that has left and not been received."""

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.models import Shipment
from lianxue.distribution.operations.ledger import Spot


def under_way(shipment: Shipment) -> Spot:
    """Return the place: on the way at the superior unit until that has sent the parcel on, then at the point."""
    is_through = shipment.via_id is not None and shipment.forwarded_at is None
    return Spot(
        shipment.via_id if is_through and shipment.via_id else shipment.point_id, PlaceKind.IN_TRANSIT
    )
