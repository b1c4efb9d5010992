"""Where organisations, people and the audit trail stand in the main menu."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.pages import NAVIGATION, NavItem
from lianxue.orgs.interfaces.web.access import ADMINISTRATORS, AUDITORS, MEMBERS


def register_menu() -> None:
    """Add the places of this feature to the main menu."""
    NAVIGATION.register(
        "orgs.network", NavItem(_("Network"), "orgs:network", MEMBERS, 70, "building-community")
    )
    NAVIGATION.register("orgs.people", NavItem(_("People"), "orgs:people", ADMINISTRATORS, 80, "users"))
    NAVIGATION.register("orgs.audit", NavItem(_("Audit trail"), "orgs:audit", AUDITORS, 90, "shield-check"))
