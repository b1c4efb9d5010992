"""Where workforce stands in the main menu and on the home page."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.pages import HOME, NAVIGATION, HomeSource, NavItem
from lianxue.workforce.interfaces.web.access import ANY_POST
from lianxue.workforce.interfaces.web.training.waiting import waiting_training


def register_menu() -> None:
    """Add the places of workforce to the main menu."""
    NAVIGATION.register(
        "workforce.training", NavItem(_("Training"), "workforce:sessions", ANY_POST, 66, "school")
    )


def register_home() -> None:
    """Add what waits in workforce to the home page."""
    HOME.register("workforce.training", HomeSource(waiting=waiting_training))
