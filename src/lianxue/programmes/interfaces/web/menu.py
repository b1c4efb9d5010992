"""Where programmes stand in the main menu."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.pages import NAVIGATION, NavItem
from lianxue.programmes.interfaces.web.access import DECIDERS, EXPERTS, READERS


def register_programmes_menu() -> None:
    """Add desk, calls, rosters, awards and scoring to the main menu."""
    for key, item in {
        "desk": NavItem(_("At my desk"), "programmes:desk", DECIDERS, 65, "inbox"),
        "calls": NavItem(_("Calls and filings"), "programmes:calls", READERS, 66, "clipboard-list"),
        "scoring": NavItem(_("Filings to score"), "programmes:scoring", EXPERTS, 66, "star"),
        "rosters": NavItem(_("Rosters"), "programmes:rosters", READERS, 67, "users"),
        "awards": NavItem(_("Awards and statuses"), "programmes:awards", READERS, 68, "certificate"),
    }.items():
        NAVIGATION.register(f"programmes.{key}", item)
