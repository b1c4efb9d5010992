"""Where workforce stands in the main menu and on the home page."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.pages import HOME, NAVIGATION, HomeSource, NavItem
from lianxue.workforce.interfaces.web.access import ANY_POST, APPRAISALS
from lianxue.workforce.interfaces.web.appraisal.waiting import waiting_appraisal
from lianxue.workforce.interfaces.web.training.waiting import waiting_training


def register_menu() -> None:
    """Add the places of workforce to the main menu."""
    NAVIGATION.register(
        "workforce.training", NavItem(_("Training"), "workforce:sessions", ANY_POST, 66, "school")
    )
    NAVIGATION.register(
        "workforce.appraisal", NavItem(_("Yearly appraisal"), "workforce:appraisals", APPRAISALS, 67, "star")
    )


def register_home() -> None:
    """Add what waits in workforce to the home page."""
    HOME.register("workforce.training", HomeSource(waiting=waiting_training))
    HOME.register("workforce.appraisal", HomeSource(waiting=waiting_appraisal))
