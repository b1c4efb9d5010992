"""Pictures of numbers: charts and maps, each with the same numbers as text."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from django import template

register = template.Library()

_count = itertools.count(1)


@register.inclusion_tag("ui/chart.html")
def chart(
    title: str,
    labels: Sequence[object],
    series: Sequence[Mapping[str, Any]],
    *,
    kind: str = "bar",
    unit: str = "",
    note: str = "",
    across: str = "",
) -> dict[str, object]:
    """Draw ``series`` (each with ``name`` and ``values``) over ``labels``.

    ``kind`` is ``bar``, ``stacked``, ``rows`` (bars lying down, for long names), ``line`` or ``donut``. The numbers
    stand below as a table; ``across`` names its first column.
    """
    number = next(_count)
    names = [str(one["name"]) for one in series]
    values = [list(one["values"]) for one in series]
    return {
        "id": f"chart-{number}",
        "data_id": f"chart-{number}-data",
        "title": title,
        "kind": kind,
        "unit": unit,
        "note": note,
        "across": across,
        "names": names,
        "rows": [(str(label), [column[i] for column in values]) for i, label in enumerate(labels)],
        "data": {
            "kind": kind,
            "unit": unit,
            "labels": [str(label) for label in labels],
            "series": [{"name": name, "values": column} for name, column in zip(names, values, strict=True)],
        },
    }


@register.inclusion_tag("ui/map.html")
def map_figure(
    title: str,
    source: str,
    areas: Sequence[Mapping[str, Any]],
    legend: Sequence[Mapping[str, Any]],
    note: str = "",
) -> dict[str, object]:
    """Draw districts and points on a map without tiles.

    ``source`` is the address of GeoJSON whose features have ``properties.code``; ``areas`` says how each stands:
    ``code``, ``name``, ``state`` (a key of the legend), ``value`` (text) and ``url``; ``legend`` has ``key``,
    ``label`` and ``tone`` (success, waiting, danger, neutral, info). The same is told as a list below.
    """
    names = {str(entry["key"]): str(entry["label"]) for entry in legend}
    tones = {str(entry["key"]): str(entry["tone"]) for entry in legend}
    shown = [
        {
            "code": str(area["code"]),
            "name": str(area["name"]),
            "state": str(area["state"]),
            "label": names.get(str(area["state"]), ""),
            "tone": tones.get(str(area["state"]), "neutral"),
            "value": str(area.get("value", "")),
            "url": str(area.get("url", "")),
        }
        for area in areas
    ]
    number = next(_count)
    return {
        "id": f"map-{number}",
        "data_id": f"map-{number}-data",
        "title": title,
        "source": source,
        "legend": legend,
        "areas": shown,
        "note": note,
        "data": {"areas": shown, "tones": tones},
    }
