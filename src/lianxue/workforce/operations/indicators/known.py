"""The sets of indicators that this installation knows: read at start-up, refused there with every fault."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from lianxue.workforce.models.indicators.reading import BadIndicators, read_indicators
from lianxue.workforce.queries.indicators.sets import SETS

OURS = Path(__file__).resolve().parents[2] / "data" / "indicators"


def load_indicator_sets(places: tuple[Path, ...] = (OURS,)) -> None:
    """Read every ``*.yaml`` in these places. Raise ``ImproperlyConfigured`` with file, line and reason of every fault."""
    faults: list[str] = []
    for path in sorted(file for place in places if place.is_dir() for file in place.glob("*.yaml")):
        source = path.read_bytes()
        try:
            made = read_indicators(source, path.name)
        except BadIndicators as bad:
            faults.append(str(bad))
            continue
        key = f"{made.code} {made.version}"
        if key in SETS:
            faults.append(f"{path.name}:1: {key}")
        else:
            SETS.register(key, (made, source.decode("utf-8-sig")))
    if faults:
        raise ImproperlyConfigured("\n".join(faults))
