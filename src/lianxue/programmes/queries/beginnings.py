"""Ways into a form besides an empty one: another feature may know what belongs there."""

from collections.abc import Callable
from dataclasses import dataclass

from lianxue.kernel.errors import Text
from lianxue.kernel.registry import Registry
from lianxue.orgs.public import Actor
from lianxue.programmes.models import Call


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a unit finds what belongs on its form, and what is said about it."""

    words: Text
    label: Text
    url: str


# By the code of the definition; returns None for whoever has nothing there.
BEGINNINGS: Registry[Callable[[Actor, Call], Beginning | None]] = Registry("ways into forms")


def beginning_of(actor: Actor, call: Call) -> Beginning | None:
    """Return the way into the form of a call that another feature knows, if there is one for the actor."""
    code = call.revision.code
    return BEGINNINGS[code](actor, call) if code in BEGINNINGS else None
