"""Where the second half of distribution stands in the main menu."""

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.interfaces.web.fulfilment.access import (
    AT_POINT,
    EVERYBODY_CONCERNED,
    IN_NETWORK,
    SUPERVISING,
)
from lianxue.distribution.interfaces.web.fulfilment.reports import READERS
from lianxue.kernel.pages import NAVIGATION, NavItem

ITEMS = {
    "shipments": NavItem(_("Shipments"), "distribution:shipments", EVERYBODY_CONCERNED, 50, "truck-delivery"),
    "desk": NavItem(_("Desk"), "distribution:desk", AT_POINT, 52, "book"),
    "stock": NavItem(_("Stock"), "distribution:stock", IN_NETWORK, 54, "building-warehouse"),
    "corner": NavItem(_("Display corner"), "distribution:corner-own", AT_POINT, 56, "map-pin"),
    "photos": NavItem(_("Photographs"), "distribution:photos", SUPERVISING, 56, "photo"),
    "registers": NavItem(_("Registers"), "distribution:register-loans", IN_NETWORK, 58, "clipboard-list"),
    "reports": NavItem(_("Effect reports"), "distribution:reports", READERS, 60, "file-text"),
}


def register_fulfilment_menu() -> None:
    """Add the places of shipments, desk, stock and reports to the main menu."""
    for key, item in ITEMS.items():
        NAVIGATION.register(f"distribution.{key}", item)
