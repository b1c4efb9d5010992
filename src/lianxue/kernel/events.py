"""Something has happened: features tell each other without knowing each other.

Subscribers run inside the publisher's transaction. They may do two things only: defer a job (procrastinate
stores it in the same transaction, so it runs if and only if the change is kept) or call an operation.
Whatever leaves the database (mail, files, search outside) is done by the job.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar


class Event:
    """Base of all events; each one is a frozen dataclass of ids and plain values."""


E = TypeVar("E", bound=Event)

_subscribers: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[E], react: Callable[[E], None]) -> None:
    """Call ``react`` whenever an event of exactly this ``kind`` is published."""
    if react not in _subscribers[kind]:
        _subscribers[kind].append(react)


def publish(event: Event) -> None:
    """Tell every subscriber of the event's kind, in the order of subscription."""
    for react in _subscribers[type(event)]:
        react(event)
