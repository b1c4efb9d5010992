"""What workforce adds to the registries at start-up, and what follows from its events."""

from lianxue.workforce.interfaces.web.menu import register_home, register_menu
from lianxue.workforce.operations.indicators.known import load_indicator_sets
from lianxue.workforce.subscribers.appraisal import connect_appraisal
from lianxue.workforce.subscribers.training import connect_training


def connect() -> None:
    """Fill the registries and listen to events."""
    register_menu()
    register_home()
    load_indicator_sets()
    connect_training()
    connect_appraisal()
