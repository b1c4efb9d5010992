"""What resources add to the registries at start-up. Nothing here reacts to other features' events yet."""

from lianxue.resources.interfaces.web.home import register_home
from lianxue.resources.interfaces.web.menu import register_menu


def connect() -> None:
    """Fill the registries."""
    register_menu()
    register_home()
