"""What other features add to the page of a title: each gives a part of the page, or nothing."""

from collections.abc import Callable

from lianxue.kernel.pages import Panel
from lianxue.kernel.registry import Registry
from lianxue.orgs.public import Actor
from lianxue.resources.models import CatalogueEntry

EntryPanel = Callable[[Actor, CatalogueEntry], Panel | None]

ENTRY_PANELS: Registry[EntryPanel] = Registry("parts of the page of a title")


def panels_of(actor: Actor, entry: CatalogueEntry) -> list[Panel]:
    """Return what other features show on the page of a title."""
    return [panel for make in ENTRY_PANELS.values() if (panel := make(actor, entry)) is not None]
