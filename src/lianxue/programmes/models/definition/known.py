"""The definitions that this installation knows, filled at start-up."""

from dataclasses import dataclass

from lianxue.kernel.registry import Registry
from lianxue.programmes.models.definition.parts import Definition


@dataclass(frozen=True, slots=True)
class Known:
    """A definition with the text that it was read from."""

    definition: Definition
    source: str


class _Known(Registry[Known]):
    """Definitions by code."""


KNOWN: _Known = _Known("definitions")
