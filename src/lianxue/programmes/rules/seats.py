"""Who sits on a level: rules that a definition names (``seat``), each for one unit and for many at once."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel.errors import Text
from lianxue.kernel.kept import kept
from lianxue.kernel.registry import Registry
from lianxue.orgs.models import ChainNode
from lianxue.programmes.models.definition.faults import nearest
from lianxue.programmes.models.definition.parts import Who

Given = Mapping[str, Any]


def _places(chain: str, unit_ids: list[int]) -> Iterable[tuple[int, str]]:
    if len(unit_ids) == 1:  # what every opinion asks
        return _place.rows(chain=chain, unit_id=unit_ids[0])
    rows = ChainNode.objects.filter(chain=chain, organisation_id__in=unit_ids)
    return rows.values_list("organisation_id", "path")


@kept
def _place(chain: str, unit_id: int) -> "QuerySet[ChainNode, tuple[int, str]]":
    rows = ChainNode.objects.filter(chain=chain, organisation_id=unit_id)
    return rows.values_list("organisation_id", "path")


@dataclass(frozen=True, slots=True)
class Seat:
    """One rule: which organisation decides on a level, for a unit that filed under an office's call.

    ``fixed_steps`` says how far above the unit in the chain of those who apply: 0 is the office itself, wherever it
    stands; None leaves it to the definition (``steps``).
    """

    name: str
    title: Text
    fixed_steps: int | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        return ("steps",) if self.fixed_steps is None else ()

    def _steps(self, given: Given) -> Any:
        return given.get("steps") if self.fixed_steps is None else self.fixed_steps

    def given_faults(self, given: Given, units: Who) -> Iterator[tuple[str, str]]:
        """Yield what is wrong in what a definition gives to this rule, by key."""
        for key in given:
            if key not in self.keys:
                values = {"key": key, "nearest": nearest(key, self.keys)}
                yield key, _("Unknown key “%(key)s”. %(nearest)s") % values
        steps = self._steps(given)
        if type(steps) is not int or (steps < 1 and self.fixed_steps is None):
            yield "steps", _("“%(key)s” is a whole number from 1.") % {"key": "steps"}
        elif units.depth is not None and steps >= units.depth > 0 < steps:
            message = _("Nobody can sit on this level: %(steps)d above depth %(depth)d is above the top.")
            yield "steps", message % {"steps": steps, "depth": units.depth}

    def organisations(
        self, *, office_id: int, unit_ids: Collection[int], chain: str, given: Given
    ) -> dict[int, int | None]:
        """Return the organisation for each unit, None where there is none; at most one query for all of them."""
        steps = int(self._steps(given))
        if not steps:
            return dict.fromkeys(unit_ids, office_id)
        found: dict[int, int | None] = dict.fromkeys(unit_ids)
        for unit_id, path in _places(chain, list(found)):
            way = path.strip("/").split("/")  # from the top down to the unit itself
            if len(way) > steps:
                found[unit_id] = int(way[-1 - steps])
        return found

    def organisation(self, *, office_id: int, unit_id: int, chain: str, given: Given) -> int | None:
        """Return the organisation that sits on the level for one unit, or None."""
        return self.organisations(office_id=office_id, unit_ids=[unit_id], chain=chain, given=given)[unit_id]


SEATS: Registry[Seat] = Registry("rules for seats")
for _seat in (
    Seat("office", gettext_lazy("the office whose call it is"), 0),
    Seat("directly_above", gettext_lazy("the organisation directly above"), 1),
    Seat("steps_above", gettext_lazy("the organisation some steps above")),
):
    SEATS.register(_seat.name, _seat)
