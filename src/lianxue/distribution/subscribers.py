"""What distribution adds to the registries at start-up."""

from lianxue.distribution.interfaces.web.fulfilment.menu import register_fulfilment_menu
from lianxue.distribution.interfaces.web.home import register_home


def connect() -> None:
    """Fill the registries."""
    register_fulfilment_menu()
    register_home()
