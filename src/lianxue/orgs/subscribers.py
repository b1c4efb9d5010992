"""What orgs add to the registries at start-up."""

from lianxue.orgs.interfaces.web.home import register_home
from lianxue.orgs.interfaces.web.menu import register_menu


def connect() -> None:
    """Fill the registries."""
    register_menu()
    register_home()
