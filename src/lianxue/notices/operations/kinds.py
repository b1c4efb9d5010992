"""The kinds of messages that there are; each feature registers its own at start-up."""

from dataclasses import dataclass

from lianxue.kernel.errors import Text
from lianxue.kernel.registry import Registry


@dataclass(frozen=True)
class Kind:
    """A kind of message that people can choose about: what it is called, and when it comes."""

    label: Text
    description: Text


KINDS: Registry[Kind] = Registry("kinds of messages")


def register_kind(name: str, label: Text, description: Text) -> None:
    """Add a kind; ``name`` is ``feature.what_it_is``."""
    KINDS.register(name, Kind(label, description))


def kind_label(name: str) -> Text:
    """Return what a kind is called; one that is no longer known by its name."""
    return KINDS[name].label if name in KINDS else name
