"""What programmes adds to the registries at start-up, and what follows from its events."""

from lianxue.programmes.interfaces.web.menu import register_programmes_menu
from lianxue.programmes.subscribers.telling import connect_telling


def connect() -> None:
    """Fill the registries and listen to events."""
    register_programmes_menu()
    connect_telling()
