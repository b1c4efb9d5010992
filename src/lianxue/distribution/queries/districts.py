"""In which district a division lies."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from lianxue.orgs.models import Division

DISTRICT_LEVEL = 2  # below the city or province


def districts_of(division_ids: Iterable[str | None]) -> Mapping[str | None, Division]:
    """Return the district of each division, climbing as far as the tree goes with one statement a level."""
    found: dict[str | None, Division] = {}
    climbing: dict[str, set[str]] = defaultdict(set)  # a division on the way up: those that started below it
    for start in set(division_ids):
        if start is not None:
            climbing[start].add(start)
    while climbing:
        rows = Division.objects.filter(pk__in=list(climbing)).select_related("parent")
        above: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            if row.level <= DISTRICT_LEVEL or row.parent_id is None:
                found |= dict.fromkeys(climbing[row.pk], row)
            else:
                above[row.parent_id] |= climbing[row.pk]
        climbing = above
    return found
