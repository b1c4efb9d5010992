"""What a definition must know of the rules that it names; the rules themselves stand in ``programmes.rules``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from lianxue.programmes.models.definition.parts import Form, Who


class SeatGrammar(Protocol):
    """What a definition must know of a rule for seats."""

    def given_faults(self, given: Mapping[str, Any], units: Who) -> Iterable[tuple[str, str]]:
        """Yield the key and what is wrong with it."""


class CheckGrammar(Protocol):
    """What a definition must know of a rule over answers."""

    def given_faults(self, given: Mapping[str, Any], form: Form) -> Iterable[tuple[str, str]]:
        """Yield the key and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The rules that a definition may name; they stand one layer above, in ``programmes.rules``."""

    seats: Mapping[str, SeatGrammar]
    checks: Mapping[str, CheckGrammar]
