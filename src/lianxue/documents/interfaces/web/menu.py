"""Where letters stand in the main menu."""

from django.utils.translation import gettext_lazy as _

from lianxue.documents.interfaces.web.access import LETTER_KEEPERS
from lianxue.kernel.pages import NAVIGATION, NavItem


def register_menu() -> None:
    """Add letters to the main menu."""
    NAVIGATION.register(
        "documents.letters", NavItem(_("Letters"), "documents:letters", LETTER_KEEPERS, 80, "mail")
    )
