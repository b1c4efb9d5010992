"""Transition tables: which verb leads from which state to which, who may do it, and what must be true.

A flow is data. It decides (``require``), lists buttons (``offered``), draws the diagram in the docs and
spans the test matrix state x verb x role. It never changes anything: the operation does.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from lianxue.kernel.errors import NotAllowed, Text, Unmet, WrongState
from lianxue.kernel.registry import Registry
from lianxue.kernel.rules import Rule


@dataclass(frozen=True)
class Condition:
    """Something that must be true of the subject for a step, and what to say when it is not.

    The message may depend on the subject, for instance to say how much is still missing.
    """

    name: str
    check: Callable[[Any, datetime], bool]
    message: Text | Callable[[Any], Text]

    def words(self, subject: object) -> Text:
        """Return what to say of ``subject``."""
        return self.message(subject) if callable(self.message) else self.message


@dataclass(frozen=True)
class Step:
    """One arrow of a flow. ``target`` None means the state stays as it is."""

    verb: str
    source: tuple[str, ...]
    target: str | None
    who: Rule[Any]
    label: Text
    needs: tuple[Condition, ...] = ()
    tone: str = "primary"


@dataclass(frozen=True)
class Offer:
    """A step that may be shown as a button, and what still stands in its way."""

    step: Step
    hindrances: tuple[Text, ...] = ()

    @property
    def verb(self) -> str:
        return self.step.verb

    @property
    def label(self) -> Text:
        return self.step.label

    @property
    def tone(self) -> str:
        return self.step.tone

    @property
    def is_ready(self) -> bool:
        """Tell whether nothing stands in the way."""
        return not self.hindrances


class Flow:
    """The transition table of one kind of thing."""

    def __init__(
        self, name: str, *, states: Iterable[str], steps: Iterable[Step], field: str = "state"
    ) -> None:
        self.name = name
        self.field = field
        self.states = tuple(states)
        self.steps = {step.verb: step for step in steps}
        for step in self.steps.values():
            unknown = {*step.source, *([step.target] if step.target else [])} - set(self.states)
            if unknown:
                raise ValueError(f"flow {name}, verb {step.verb}: unknown states {sorted(unknown)}")
        FLOWS.register(name, self)

    @property
    def verbs(self) -> tuple[str, ...]:
        """Return all verbs in table order."""
        return tuple(self.steps)

    def require(self, verb: str, *, actor: object, subject: Model, at: datetime) -> Step:
        """Return the step ``verb`` if ``actor`` may take it with ``subject`` now.

        Checks state, then actor, then conditions, in that order; raises ``WrongState``, ``NotAllowed``
        or ``Unmet``. The caller holds a row lock on ``subject``.
        """
        step = self.steps[verb]
        if getattr(subject, self.field) not in step.source:
            raise WrongState
        if not step.who.holds(actor, subject):
            raise NotAllowed
        for condition in step.needs:
            if not condition.check(subject, at):
                raise Unmet(condition.words(subject))
        return step

    def offered(self, *, actor: object, subject: Model, at: datetime) -> list[Offer]:
        """Return the steps to show as buttons: right state and right person, with what still stands in the way.

        It only shows; whether a step can be taken is decided by ``require``, under a lock.
        """
        state = getattr(subject, self.field)
        return [
            Offer(step, tuple(c.words(subject) for c in step.needs if not c.check(subject, at)))
            for step in self.steps.values()
            if state in step.source and step.who.holds(actor, subject)
        ]


FLOWS: Registry[Flow] = Registry("flows")
