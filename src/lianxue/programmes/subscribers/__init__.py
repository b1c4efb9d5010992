"""What programmes adds to the registries at start-up, and what follows from its events."""

from django.core.checks import register

from lianxue.programmes.interfaces.web.filling.waiting import register_filling_home
from lianxue.programmes.interfaces.web.home import register_home
from lianxue.programmes.interfaces.web.menu import register_programmes_menu
from lianxue.programmes.queries.definitions import load_at_start
from lianxue.programmes.subscribers.faults import definitions_are_right
from lianxue.programmes.subscribers.telling import connect_telling


def connect() -> None:
    """Fill the registries, listen to events, read the definitions; raise ``BadDefinitions``."""
    register(definitions_are_right)
    load_at_start()
    register_programmes_menu()
    register_home()
    register_filling_home()
    connect_telling()
