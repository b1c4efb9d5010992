"""What distribution puts on the home page: what waits at each step of a round, then how the area is doing."""

from lianxue.distribution.interfaces.web.fulfilment.panels import panels_fulfilment
from lianxue.distribution.interfaces.web.fulfilment.waiting import waiting_fulfilment
from lianxue.kernel.pages import HOME, HomeSource


def register_home() -> None:
    """Add distribution to the home page."""
    HOME.register("distribution.fulfilment", HomeSource(waiting=waiting_fulfilment, panels=panels_fulfilment))
