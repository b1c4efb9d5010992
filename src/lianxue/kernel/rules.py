"""Rules: who may see or do what, as a predicate over one object and a filter over rows, in one piece.

Composing with ``&`` and ``|`` composes both halves, so a list never shows what a page would refuse.
A property test of each feature shows that the two halves agree.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, Q, QuerySet

from lianxue.kernel.errors import NotFound

ActorT = TypeVar("ActorT")
M = TypeVar("M", bound=Model)

ALL_ROWS = Q()
NO_ROWS = Q(pk__in=[])


@dataclass(frozen=True)
class Rule(Generic[ActorT]):
    """A named pair: ``holds(actor, subject)`` for one object, ``rows(actor)`` for many."""

    name: str
    holds: Callable[[ActorT, Any], bool]
    rows: Callable[[ActorT], Q]

    def __and__(self, other: "Rule[ActorT]") -> "Rule[ActorT]":
        return Rule(
            f"({self.name} and {other.name})",
            lambda actor, subject: self.holds(actor, subject) and other.holds(actor, subject),
            lambda actor: self.rows(actor) & other.rows(actor),
        )

    def __or__(self, other: "Rule[ActorT]") -> "Rule[ActorT]":
        return Rule(
            f"({self.name} or {other.name})",
            lambda actor, subject: self.holds(actor, subject) or other.holds(actor, subject),
            lambda actor: _either(self.rows(actor), other.rows(actor)),
        )


def _either(left: Q, right: Q) -> Q:
    # An empty Q means "every row"; Django drops it from an OR, which would turn it into "no extra row".
    if not left or not right:
        return ALL_ROWS
    return left | right


def rule(name: str, *, holds: Callable[[ActorT, Any], bool], rows: Callable[[ActorT], Q]) -> Rule[ActorT]:
    """Make a rule from its two halves."""
    return Rule(name, holds, rows)


def role_rule(name: str, holds: Callable[[ActorT], bool]) -> Rule[ActorT]:
    """Make a rule that looks at the actor alone: all rows or none."""
    return Rule(
        name,
        lambda actor, _subject: holds(actor),
        lambda actor: ALL_ROWS if holds(actor) else NO_ROWS,
    )


EVERYONE: Rule[Any] = role_rule("everyone", lambda _actor: True)
NOBODY: Rule[Any] = role_rule("nobody", lambda _actor: False)


def visible(rows: QuerySet[M], seen_by: Rule[ActorT], actor: ActorT) -> QuerySet[M]:
    """Return the rows of ``rows`` that ``actor`` may see."""
    return rows.filter(seen_by.rows(actor))


def get_visible(rows: QuerySet[M], seen_by: Rule[ActorT], actor: ActorT, **lookup: Any) -> M:
    """Return the one row that matches ``lookup`` and that ``actor`` may see.

    Raise ``NotFound`` when there is none: foreign and missing look the same.
    """
    try:
        return visible(rows, seen_by, actor).get(**lookup)
    except (ObjectDoesNotExist, ValueError, OverflowError) as missing:
        raise NotFound from missing
