"""How many entries stand under each choice of each facet."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
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
) -> list[Facet]:
    """Return the facets of ``found``: each counts under all other choices but not under its own."""

    def rows(key: str) -> QuerySet[CatalogueEntry]:
        narrowed = found
        for other, condition in conditions.items():
            if other != key:
                narrowed = narrowed.filter(condition)
        return narrowed

    return [
        Facet(
            "kind",
            _("Resource type"),
            _of_field(rows("kind"), "kind", dict(ResourceKind.choices), search.kind),
        ),
        Facet("category", _("Subject category"), _categories(rows("category"), tree, search.category)),
        Facet("district", _("District"), _districts(rows("district"), search.district)),
        Facet("year", _("Year"), _years(rows("year"), search.year)),
        Facet("state", _("State"), _of_field(rows("state"), "state", dict(EntryState.choices), search.state)),
    ]


def _counted(rows: QuerySet[CatalogueEntry], name: str) -> dict[object, int]:
    return dict(rows.order_by().values_list(name).annotate(count=Count("pk")))


def _of_field(
    rows: QuerySet[CatalogueEntry], name: str, labels: Mapping[str, Text], chosen: str
) -> list[Choice]:
    counts = _counted(rows, name)
    return [
        Choice(value, label, counts.get(value, 0), value == chosen)
        for value, label in labels.items()
        if counts.get(value) or value == chosen
    ]


def _categories(rows: QuerySet[CatalogueEntry], tree: CategoryTree, chosen: str) -> list[Choice]:
    """Return the top of the tree, opened along the way to the chosen category and one step below it."""
    counts: Counter[int] = Counter()
    for category_id, count in _counted(rows, "category").items():
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


def _districts(rows: QuerySet[CatalogueEntry], chosen: str) -> list[Choice]:
    counts = _counted(
        rows.filter(provider__division__isnull=False).annotate(
            district=Substr("provider__division__code", 1, DISTRICT_DIGITS)
        ),
        "district",
    )
    names = Division.objects.in_bulk([f"{code}{'0' * (12 - DISTRICT_DIGITS)}" for code in counts])
    labels = {code: names.get(f"{code}{'0' * (12 - DISTRICT_DIGITS)}") for code in sorted(map(str, counts))}
    return [
        Choice(code, division.name if division else code, counts[code], code == chosen)
        for code, division in labels.items()
    ]


def _years(rows: QuerySet[CatalogueEntry], chosen: str) -> list[Choice]:
    counts = _counted(rows.filter(year__isnull=False), "year")
    years = sorted((int(str(year)) for year in counts), reverse=True)
    return [
        Choice(str(year), str(year), counts[year], str(year) == chosen)
        for place, year in enumerate(years)
        if place < YEARS_AT_MOST or str(year) == chosen
    ]
