"""Where the yearly selections stand in the main menu."""

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.interfaces.web.selections.access import SELECTIONS
from lianxue.kernel.pages import NAVIGATION, NavItem


def register_selections_menu() -> None:
    """Add the yearly selections to the main menu: for the office, and for all others once one is published."""
    item = NavItem(
        _("Yearly selections"), "distribution:selections", SELECTIONS, 64, "rosette-discount-check"
    )
    NAVIGATION.register("distribution.selections", item)
