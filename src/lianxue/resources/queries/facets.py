"""How many entries stand under each choice of each facet."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, Case, F, Func, Q, QuerySet, When
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Text
from lianxue.orgs.public import Division
from lianxue.resources.enums import EntryState, ResourceKind
from lianxue.resources.models import CatalogueEntry, Category
from lianxue.resources.queries.asked import DISTRICT_DIGITS, Search
from lianxue.resources.queries.categories import CategoryTree

YEARS_AT_MOST = 12


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
    found: QuerySet[CatalogueEntry], conditions: Mapping[str, Q], search: Search, tree: CategoryTree
) -> tuple[list[Facet], int]:
    """Return the facets of ``found``, and how many entries meet all conditions; one read of what was found.

    Each facet counts under all other choices but not under its own.
    """
    counts, total = _counts(found, conditions)
    return [
        Facet("kind", _("Resource type"), _of_field(counts["kind"], dict(ResourceKind.choices), search.kind)),
        Facet("category", _("Subject category"), _categories(counts["category"], tree, search.category)),
        Facet("district", _("District"), _districts(counts["district"], search.district)),
        Facet("year", _("Year"), _years(counts["year"], search.year)),
        Facet("state", _("State"), _of_field(counts["state"], dict(EntryState.choices), search.state)),
    ], total


_VALUES: dict[str, F | Func] = {
    "kind": F("kind"),
    "category": F("category_id"),
    "district": Substr("provider__division__code", 1, DISTRICT_DIGITS),
    "year": F("year"),
    "state": F("state"),
}
_ALL = "all"


def _counts(
    found: QuerySet[CatalogueEntry], conditions: Mapping[str, Q]
) -> tuple[dict[str, dict[object, int]], int]:
    """Count what was found by each facet's values, in one pass over it however many facets there are."""
    values = {f"of_{key}": value for key, value in _VALUES.items()}
    meets = {
        f"meets_{key}": Case(
            When(_all_but(key, conditions), then=True), default=False, output_field=BooleanField()
        )
        for key in (*_VALUES, _ALL)
    }
    rows = found.order_by().values(**values, **meets)
    inner, parameters = rows.query.sql_with_params()
    columns = ", ".join(values)
    sums = ", ".join(f"count(*) FILTER (WHERE {name})" for name in meets)
    sets = ", ".join(f"({name})" for name in values)
    statement = f"SELECT grouping({columns}), {columns}, {sums} FROM ({inner}) AS found GROUP BY GROUPING SETS ({sets})"  # noqa: S608  # names are ours
    counts: dict[str, dict[object, int]] = {key: {} for key in _VALUES}
    total, keys = 0, list(_VALUES)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for mask, *row in cursor.fetchall():
            place = next(n for n in range(len(keys)) if not mask & (1 << (len(keys) - 1 - n)))
            value, count = row[place], row[len(keys) + place]
            if value is not None and count:
                counts[keys[place]][value] = count
            if place == 0:
                total += row[-1]
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


def _districts(counts: Mapping[object, int], chosen: str) -> list[Choice]:
    names = Division.objects.in_bulk([f"{code}{'0' * (12 - DISTRICT_DIGITS)}" for code in counts])
    labels = {code: names.get(f"{code}{'0' * (12 - DISTRICT_DIGITS)}") for code in sorted(map(str, counts))}
    return [
        Choice(code, division.name if division else code, counts[code], code == chosen)
        for code, division in labels.items()
    ]


def _years(counts: Mapping[object, int], chosen: str) -> list[Choice]:
    years = sorted((int(str(year)) for year in counts), reverse=True)
    return [
        Choice(str(year), str(year), counts[year], str(year) == chosen)
        for place, year in enumerate(years)
        if place < YEARS_AT_MOST or str(year) == chosen
    ]
