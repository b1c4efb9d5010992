"""Where the figures stand in the main menu."""

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.interfaces.web.fulfilment.access import SUPERVISING
from lianxue.kernel.pages import NAVIGATION, NavItem


def register_figures_menu() -> None:
    """Add the figures to the main menu of whoever looks after points."""
    item = NavItem(_("Statistics"), "distribution:figures", SUPERVISING, 62, "chart-bar")
    NAVIGATION.register("distribution.figures", item)
