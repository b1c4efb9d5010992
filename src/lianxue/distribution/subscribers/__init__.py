"""What distribution adds to the registries at start-up, and what follows from its events."""

from lianxue.distribution.interfaces.api.scopes import register_scopes
from lianxue.distribution.interfaces.web.feedback.entry_panel import register_entry_panel
from lianxue.distribution.interfaces.web.figures.menu import register_figures_menu
from lianxue.distribution.interfaces.web.fulfilment.menu import register_fulfilment_menu
from lianxue.distribution.interfaces.web.home import register_home
from lianxue.distribution.interfaces.web.rounds.menu import register_rounds_menu
from lianxue.distribution.interfaces.web.selections.menu import register_selections_menu
from lianxue.distribution.subscribers.corner import connect_corner
from lianxue.distribution.subscribers.demand import connect_demand
from lianxue.distribution.subscribers.lending import connect_lending
from lianxue.distribution.subscribers.online import connect_online
from lianxue.distribution.subscribers.parcels import connect_parcels
from lianxue.distribution.subscribers.ratings import register_ratings
from lianxue.distribution.subscribers.reports import connect_reports
from lianxue.distribution.subscribers.rounds import connect_rounds
from lianxue.distribution.subscribers.selections import connect_selections


def connect() -> None:
    """Fill the registries and listen to events."""
    register_rounds_menu()
    register_fulfilment_menu()
    register_figures_menu()
    register_selections_menu()
    register_home()
    register_scopes()
    register_entry_panel()
    register_ratings()
    connect_rounds()
    connect_corner()
    connect_demand()
    connect_parcels()
    connect_lending()
    connect_online()
    connect_reports()
    connect_selections()
