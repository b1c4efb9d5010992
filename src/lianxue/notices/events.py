"""What has happened in notices."""

from dataclasses import dataclass

from lianxue.kernel.events import Event


@dataclass(frozen=True)
class DeliveriesWait(Event):
    """Something is to leave the platform."""

    count: int
