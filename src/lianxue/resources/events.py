"""What happens to resources, told to whoever wants to know."""

from dataclasses import dataclass

from lianxue.kernel.events import Event


@dataclass(frozen=True)
class ContributionSubmitted(Event):
    """A revision was sent in; it waits for the college or, from a college itself, for the office."""

    contribution_id: int
    revision: int


@dataclass(frozen=True)
class ContributionDecided(Event):
    """A college or the office decided about a revision."""

    contribution_id: int
    decision_id: int


@dataclass(frozen=True)
class EntryPublished(Event):
    """A title can be chosen from now on (again)."""

    entry_id: int


@dataclass(frozen=True)
class EntryWithdrawn(Event):
    """A title can no longer be chosen."""

    entry_id: int
