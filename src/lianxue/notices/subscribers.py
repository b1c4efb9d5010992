"""What notices add to the registries at start-up, and what they listen to."""

from lianxue.kernel.events import subscribe
from lianxue.notices.events import DeliveriesWait
from lianxue.notices.interfaces.web.home import register_home
from lianxue.notices.tasks import deliver_due


def connect() -> None:
    """Show what did not arrive, and have what waits sent as soon as it is kept."""
    register_home()
    subscribe(DeliveriesWait, send_soon)


def send_soon(_event: DeliveriesWait) -> None:
    """Defer the job in the transaction that asks for it."""
    deliver_due.defer()
