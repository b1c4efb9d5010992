"""What the home page collects: each feature says what waits for an actor and how the actor's area is doing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lianxue.kernel.errors import Text
from lianxue.kernel.registry import Registry


@dataclass(frozen=True)
class Waiting:
    """Something that waits for this person: what, how many, where to do it, until when."""

    title: Text
    url: str
    count: int = 1
    due_on: date | None = None
    detail: Text = ""
    action: Text = ""


@dataclass(frozen=True)
class Panel:
    """A part of the home page below what waits: a template of the feature and what it needs."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    wide: bool = False


@dataclass(frozen=True)
class HomeSource:
    """One feature's contribution to the home page; both functions take (actor, at)."""

    waiting: Callable[[Any, datetime], Sequence[Waiting]] = lambda _actor, _at: ()
    panels: Callable[[Any, datetime], Sequence[Panel]] = lambda _actor, _at: ()


HOME: Registry[HomeSource] = Registry("home page sources")
