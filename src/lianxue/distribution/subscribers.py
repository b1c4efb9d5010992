"""What distribution adds to the registries at start-up."""

from lianxue.distribution.interfaces.web.fulfilment.menu import register_fulfilment_menu
from lianxue.distribution.interfaces.web.home import register_home
from lianxue.distribution.interfaces.web.rounds.menu import register_rounds_menu


def connect() -> None:
    """Fill the registries."""
    register_rounds_menu()
    register_fulfilment_menu()
    register_home()
