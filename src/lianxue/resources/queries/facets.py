"""How many entries stand under each choice of each facet."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, Case, F, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Text
from lianxue.resources.enums import EntryState, ResourceKind
from lianxue.resources.models import CatalogueEntry, Category
from lianxue.resources.queries.asked import DISTRICT_DIGITS, Search
from lianxue.resources.queries.categories import CategoryTree

YEARS_AT_MOST = 12
DIVISION_DIGITS = 12


@dataclass(frozen=True)
class Choice:
    """One choice of a facet; ``depth`` says how far down in the tree of subjects it stands."""

    value: str
    label: Text
    count: int
    is_chosen: bool = False
    depth: int = 0


@dataclass(frozen=True)
class Facet:
    """A way to narrow the search; ``chosen`` is the choice in force, if any."""

    key: str
    label: Text
    choices: list[Choice]

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.is_chosen), None)


def read_facets(
    counts: Mapping[str, Mapping[object, int]], search: Search, tree: CategoryTree
) -> list[Facet]:
    """Return the facets as they are shown. Each counts under all other choices but not under its own."""
    return [
        Facet("kind", _("Resource type"), _of_field(counts["kind"], dict(ResourceKind.choices), search.kind)),
        Facet("category", _("Subject category"), _categories(counts["category"], tree, search.category)),
        Facet("district", _("District"), _districts(counts["district"], search.district)),
        Facet("year", _("Year"), _years(counts["year"], search.year)),
        Facet("state", _("State"), _of_field(counts["state"], dict(EntryState.choices), search.state)),
    ]


Counts = tuple[dict[str, dict[object, int]], int]

# A district is counted by who provides: there are few of them, and the entries need no join.
_VALUES = {
    "kind": "kind",
    "category": "category_id",
    "district": "provider_id",
    "year": "year",
    "state": "state",
}
_ALL = "all"


def count_facets(found: QuerySet[CatalogueEntry], conditions: Mapping[str, Q]) -> Counts:
    """Count what was found by each facet's values, and how much meets all conditions, in one pass over it.

    Entries that are alike in everything are counted together first; what is then summed up by facet are some hundred
    lines, however many entries there are. A facet in which nothing was chosen counts under all conditions.
    """
    values = {f"of_{key}": F(name) for key, name in _VALUES.items()}
    narrowed = [key for key in _VALUES if key in conditions]
    meets = {
        f"meets_{key}": Case(
            When(_all_but(key, conditions), then=True), default=False, output_field=BooleanField()
        )
        for key in (_ALL, *narrowed)
    }
    rows = found.order_by().values(**values, **meets)
    inner, parameters = rows.query.sql_with_params()
    columns, flags = ", ".join(values), ", ".join(meets)
    sums = ", ".join(f"coalesce(sum(n) FILTER (WHERE {name}), 0)" for name in meets)
    sets = ", ".join(f"({name})" for name in values)
    statement = (
        f"SELECT grouping({columns}), {columns}, {sums} FROM ("  # noqa: S608  # names are ours
        f"SELECT {columns}, {flags}, count(*) AS n FROM ({inner}) AS found GROUP BY {columns}, {flags}"
        f") AS alike GROUP BY GROUPING SETS ({sets})"
    )
    counts: dict[str, dict[object, int]] = {key: {} for key in _VALUES}
    total, keys = 0, list(_VALUES)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for mask, *row in cursor.fetchall():
            place = next(n for n in range(len(keys)) if not mask & (1 << (len(keys) - 1 - n)))
            key, value, sums_of = keys[place], row[place], row[len(keys) :]
            count = int(sums_of[1 + narrowed.index(key)] if key in narrowed else sums_of[0])
            if value is not None and count:
                counts[key][value] = count
            if place == 0:
                total += int(sums_of[0])
    return counts, total


def _all_but(key: str, conditions: Mapping[str, Q]) -> Q:
    """Return all conditions but that of one facet; one that is always true when there is none."""
    together = Q(pk__isnull=False)
    for other, condition in conditions.items():
        if other != key:
            together &= condition
    return together


def _of_field(counts: Mapping[object, int], labels: Mapping[str, Text], chosen: str) -> list[Choice]:
    return [
        Choice(value, label, counts.get(value, 0), value == chosen)
        for value, label in labels.items()
        if counts.get(value) or value == chosen
    ]


def _categories(found: Mapping[object, int], tree: CategoryTree, chosen: str) -> list[Choice]:
    """Return the top of the tree, opened along the way to the chosen category and one step below it."""
    counts: Counter[int] = Counter()
    for category_id, count in found.items():
        if isinstance(category_id, int):
            for step in tree.ancestry(tree.by_id[category_id]):
                counts[step.pk] += count
    way: set[Category | None] = {None}
    if chosen in tree.by_code:
        way.update(tree.ancestry(tree.by_code[chosen]))
    return [
        Choice(
            branch.category.code,
            str(branch.category),
            counts[branch.category.pk],
            branch.category.code == chosen,
            branch.depth,
        )
        for branch in tree.branches()
        if branch.category.parent in way and (counts[branch.category.pk] or branch.category.code == chosen)
    ]


def _districts(by_provider: Mapping[object, int], chosen: str) -> list[Choice]:
    counts: Counter[str] = Counter()
    names: dict[str, str | None] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            _DISTRICTS, [DISTRICT_DIGITS, "0" * (DIVISION_DIGITS - DISTRICT_DIGITS), list(by_provider)]
        )
        for provider_id, code, name in cursor.fetchall():
            counts[code] += by_provider[provider_id]
            names[code] = name
    return [Choice(code, names[code] or code, counts[code], code == chosen) for code in sorted(counts)]


_DISTRICTS = """
SELECT provider.id, provider.code, district.name
  FROM (SELECT id, left(division_id, %s) AS code FROM orgs_organisation) AS provider
  LEFT JOIN orgs_division AS district ON district.code = provider.code || %s
 WHERE provider.id = ANY(%s) AND provider.code IS NOT NULL
"""


def _years(counts: Mapping[object, int], chosen: str) -> list[Choice]:
    years = sorted((int(str(year)) for year in counts), reverse=True)
    return [
        Choice(str(year), str(year), counts[year], str(year) == chosen)
        for place, year in enumerate(years)
        if place < YEARS_AT_MOST or str(year) == chosen
    ]
