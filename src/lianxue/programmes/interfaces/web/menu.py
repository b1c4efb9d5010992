"""Where programmes stand in the main menu."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.pages import NAVIGATION, NavItem
from lianxue.programmes.interfaces.web.access import READERS


def register_programmes_menu() -> None:
    """Add the calls to the main menu."""
    NAVIGATION.register(
        "programmes.calls", NavItem(_("Calls and filings"), "programmes:calls", READERS, 66, "clipboard-list")
    )
