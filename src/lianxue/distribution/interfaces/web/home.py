"""What distribution puts on the home page: what waits at each step of a round, then how the area is doing."""

from lianxue.distribution.interfaces.web.desk.waiting import waiting_desk
from lianxue.distribution.interfaces.web.display.waiting import waiting_display
from lianxue.distribution.interfaces.web.feedback.waiting import waiting_feedback_of_point
from lianxue.distribution.interfaces.web.fulfilment.panels import panels_fulfilment
from lianxue.distribution.interfaces.web.fulfilment.waiting import waiting_fulfilment
from lianxue.distribution.interfaces.web.rounds.waiting import waiting_rounds
from lianxue.distribution.interfaces.web.selections.waiting import waiting_selections
from lianxue.distribution.interfaces.web.shipping.waiting import waiting_shipping
from lianxue.distribution.interfaces.web.stocktaking.waiting import waiting_stocktaking
from lianxue.kernel.pages import HOME, HomeSource


def register_home() -> None:
    """Add distribution to the home page."""
    HOME.register("distribution.rounds", HomeSource(waiting=waiting_rounds))
    HOME.register("distribution.fulfilment", HomeSource(waiting=waiting_fulfilment, panels=panels_fulfilment))
    HOME.register("distribution.desk", HomeSource(waiting=waiting_desk))
    HOME.register("distribution.shipping", HomeSource(waiting=waiting_shipping))
    HOME.register("distribution.stocktaking", HomeSource(waiting=waiting_stocktaking))
    HOME.register("distribution.display", HomeSource(waiting=waiting_display))
    HOME.register("distribution.selections", HomeSource(waiting=waiting_selections))
    HOME.register("distribution.feedback", HomeSource(waiting=waiting_feedback_of_point))
