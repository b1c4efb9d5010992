"""Where resources stand in the main menu, and the tabs between sister pages."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Text
from lianxue.kernel.pages import NAVIGATION, NavItem
from lianxue.orgs.public import ActingRequest
from lianxue.resources.interfaces.web.access import (
    COLLEGES,
    CONTRIBUTION_READERS,
    NETWORK_READERS,
    READERS,
    REVIEWERS,
    WRITERS,
)
from lianxue.resources.queries.contributions import to_collate, to_review


@dataclass(frozen=True)
class Tab:
    """A link to a sister page."""

    label: Text
    url: str
    current: bool
    count: int | None = None


def register_menu() -> None:
    """Add the places of this feature to the main menu."""
    NAVIGATION.register(
        "resources.catalogue", NavItem(_("Catalogue"), "resources:catalogue", READERS, 20, "books")
    )
    NAVIGATION.register(
        "resources.contributions",
        NavItem(_("Contribute"), "resources:contributions", CONTRIBUTION_READERS, 30, "upload"),
    )


def contribution_tabs(request: ActingRequest, current: str) -> list[Tab]:
    """Return the tabs over contributions that are open to the actor."""
    actor = request.actor
    tabs = []
    if WRITERS.allows(request):
        tabs.append(Tab(_("Our contributions"), reverse("resources:contributions"), current == "own"))
    if COLLEGES.allows(request):
        count = to_collate(actor).count()
        tabs.append(Tab(_("To pass on"), reverse("resources:collation"), current == "collation", count))
    if REVIEWERS.allows(request):
        count = to_review(actor).count()
        tabs.append(Tab(_("To review"), reverse("resources:review"), current == "review", count))
    if NETWORK_READERS.allows(request):
        tabs.append(Tab(_("All contributions"), reverse("resources:network"), current == "network"))
        tabs.append(Tab(_("Providers"), reverse("resources:figures"), current == "figures"))
    return tabs
