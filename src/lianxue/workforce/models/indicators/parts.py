"""What a set of indicators is made of. The annotations are the grammar of the files in ``data/indicators/``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from lianxue.programmes.public import Place

NOWHERE = Place("", 1)

Kind = Literal["computed", "number", "deviation", "share", "confirmed", "text", "article"]

# The keys by which a kind of part says when it is met; exactly one of them, where there are any.
THRESHOLDS: dict[str, tuple[str, ...]] = {
    "computed": ("at_least", "at_most", "at_least_percent", "office_percent"),
    "number": ("at_least", "at_most"),
    "deviation": ("within_percent",),
    "share": ("at_least_percent", "office_percent"),
    "confirmed": (),
    "text": (),
    "article": ("at_least_characters",),
}


@dataclass(frozen=True, slots=True)
class OfficeNumber:
    """A number that the documents leave open; the office gives it when it publishes the set, and none by itself."""

    key: str
    title: str
    unit: str = ""
    ids: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that an indicator asks for, and from when on it is met.

    ``computed`` ones name a ``rule`` that reads the platform. ``deviation`` compares two numbers (``operands``),
    ``share`` divides the first by the second; ``points_at_least`` says from which value on a row of a table counts for
    the first, inclusive. ``office_percent`` names a number that the office gives. ``confirmed`` and ``text`` have no
    threshold: evidence is given, and the city looks at it.
    """

    key: str
    title: str
    kind: Kind
    rule: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    at_least: int | None = None
    at_most: int | None = None
    within_percent: int | None = None
    at_least_percent: int | None = None
    office_percent: str = ""
    points_at_least: int | None = None
    at_least_characters: int | None = None
    operands: tuple[str, ...] = ()
    unit: str = ""
    ids: tuple[str, ...] = ()
    place: Place = NOWHERE

    @property
    def is_computed(self) -> bool:
        return self.kind == "computed"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One published indicator: its wording, and the parts of which it consists; met when all of them are."""

    key: str
    title: str
    text: str
    parts: tuple[Part, ...]
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class TeamIndicators:
    """The indicators of one service team, in the published order."""

    team: Literal["system_admins", "trainers", "reviewers"]
    title: str
    indicators: tuple[Indicator, ...]
    place: Place = NOWHERE

    def parts(self) -> dict[str, Part]:
        """Return all parts by their full key, ``indicator.part``."""
        return {f"{one.key}.{part.key}": part for one in self.indicators for part in one.parts}


@dataclass(frozen=True, slots=True)
class IndicatorFile:
    """A set of indicators as its file has it (S1-81)."""

    code: str
    version: str
    year: int
    title: str
    source: str
    teams: tuple[TeamIndicators, ...]
    about: str = ""
    numbers: tuple[OfficeNumber, ...] = ()
    ids: tuple[str, ...] = ()
    place: Place = NOWHERE

    def team(self, key: str) -> TeamIndicators | None:
        """Return the indicators of one team."""
        return next((one for one in self.teams if one.team == key), None)
