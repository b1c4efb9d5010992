"""The map of a call: areas, or the units themselves, on the outlines of the province, where there are outlines of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from lianxue.orgs.models import Division, Organisation
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import FilingState
from lianxue.programmes.models import Call
from lianxue.programmes.queries.overview import STANDINGS, AreaStanding, count_units, units_standing
from lianxue.programmes.queries.standing_words import STANDING_TONES, STANDING_WORDS

DIGITS = 6
DONE, PARTLY, NOTHING = "done", "partly", "nothing"
TONES = {**STANDING_TONES, FilingState.RETURNED.value: "danger"}  # a map has no tone for a warning
MOST_UNITS = 40  # more units than that are not the cities of one province


@dataclass(frozen=True, slots=True)
class Outlines:
    """The outlines of one province: ``level`` is that of the divisions they show (2 cities, 3 districts)."""

    source: str
    level: int


MAPS = {
    "31": Outlines("web/geo/shanghai-districts.json", 3),
    "32": Outlines("web/geo/jiangsu-cities.json", 2),
    "33": Outlines("web/geo/zhejiang-cities.json", 2),
}


class Place(NamedTuple):
    """The division in which an area lies."""

    code: str
    name: str

    @property
    def level(self) -> int:
        """Return how far down the division is, as its code says: 1 a province, 2 a city, 3 a district or county."""
        pairs = [self.code[at : at + 2] for at in range(0, DIGITS, 2)]
        return 4 if self.code[DIGITS:].strip("0") else sum(pair != "00" for pair in pairs)


def places_of(areas: Iterable[AreaStanding]) -> dict[int | None, Place]:
    """Return the division of each area: what a chart and a map call it."""
    ids = [area.area_id for area in areas if area.area_id is not None]
    rows = Organisation.objects.filter(pk__in=ids, division__isnull=False)
    return {
        pk: Place(str(code), name)
        for pk, code, name in rows.values_list("pk", "division_id", "division__name")
    }


def map_of_areas(
    areas: Sequence[AreaStanding],
    places: Mapping[int | None, Place],
    address: Callable[[AreaStanding], str],
) -> dict[str, Any] | None:
    """Return the map of the areas: how much is handed in; ``None`` where there is no outline of them."""
    outlines = _outlines(places.values())
    if outlines is None:
        return None
    state = {area.area_id: _state(area) for area in areas}
    legend = [
        (DONE, _("all handed in"), "success"),
        (PARTLY, _("some handed in"), "waiting"),
        (NOTHING, _("none yet"), "danger"),
    ]
    shown = [
        {
            "code": places[area.area_id].code[:DIGITS],
            "name": places[area.area_id].name,
            "state": state[area.area_id],
            "value": _("%(done)d of %(units)d handed in") % {"done": area.handed_in, "units": area.units},
            "url": address(area),
        }
        for area in areas
        if area.area_id in places
    ]
    return {
        "title": _("Handed in by area"),
        "source": static(outlines.source),
        "areas": shown,
        "legend": [
            {"key": key, "label": label, "tone": tone, "count": sum(one == key for one in state.values())}
            for key, label, tone in legend
        ],
    }


def map_of_units(
    call: Call, stage: str, actor: Actor, areas: Sequence[AreaStanding]
) -> dict[str, Any] | None:
    """Return the map of the units themselves, where they stand directly below the office: the cities of a province."""
    if [area.area_id for area in areas] != [call.office_id]:
        return None
    if count_units(call, stage, actor) > MOST_UNITS:
        return None
    units = units_standing(call, stage, actor)
    rows = Division.objects.in_bulk([one.division for one in units if one.division])
    places = {one.unit_id: rows[one.division] for one in units if one.division in rows}
    outlines = _outlines(Place(str(row.pk), row.name) for row in places.values())
    if outlines is None:
        return None
    counted = [one.standing for one in units if one.unit_id in places]
    return {
        "title": _("State by unit"),
        "source": static(outlines.source),
        "areas": [
            {
                "code": str(places[one.unit_id].pk)[:DIGITS],
                "name": places[one.unit_id].name,
                "state": one.standing,
                "value": one.unit,
                "url": reverse("programmes:dossier", args=[call.pk, one.unit_id]),
            }
            for one in units
            if one.unit_id in places
        ],
        "legend": [
            {
                "key": standing,
                "label": STANDING_WORDS[standing],
                "tone": TONES[standing],
                "count": counted.count(standing),
            }
            for standing in STANDINGS
            if standing in counted
        ],
    }


def _outlines(places: Iterable[Place]) -> Outlines | None:
    """Return the outlines on which places of one province lie; one of another level has no place there, several need it."""
    known = list(places)
    provinces = {one.code[:2] for one in known}
    outlines = MAPS.get(next(iter(provinces))) if len(provinces) == 1 else None
    if outlines is None or sum(one.level == outlines.level for one in known) < 2:  # noqa: PLR2004 - one is no map
        return None
    return outlines


def _state(area: AreaStanding) -> str:
    if area.handed_in == area.units:
        return DONE
    return PARTLY if area.handed_in else NOTHING
