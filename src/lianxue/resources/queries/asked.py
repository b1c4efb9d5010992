"""What a reader asks the catalogue for."""

from dataclasses import dataclass

from django.db.models import Q

from lianxue.resources.enums import EntryState, ResourceKind
from lianxue.resources.queries.categories import CategoryTree

# GB/T 2260: six digits name the county or district, whatever stands below it.
DISTRICT_DIGITS = 6
YEAR_DIGITS = 4


@dataclass(frozen=True)
class Search:
    """What a reader asks for. Values that mean nothing (an unknown kind, a year in letters) are left out."""

    text: str = ""
    kind: str = ""
    category: str = ""
    district: str = ""
    year: str = ""
    state: str = EntryState.PUBLISHED
    sort: str = ""

    def conditions(self, tree: CategoryTree) -> dict[str, Q]:
        """Return one condition for each facet in which something sensible was chosen."""
        chosen: dict[str, Q] = {}
        if self.state in EntryState.values:
            chosen["state"] = Q(state=self.state)
        if self.kind in ResourceKind.values:
            chosen["kind"] = Q(kind=self.kind)
        if self.category in tree.by_code:
            chosen["category"] = Q(category__in=tree.with_all_below(tree.by_code[self.category]))
        if _is_number(self.district, DISTRICT_DIGITS):
            chosen["district"] = Q(provider__division__code__startswith=self.district)
        if _is_number(self.year, YEAR_DIGITS):
            chosen["year"] = Q(year=int(self.year))
        return chosen


def _is_number(text: str, digits: int) -> bool:
    return len(text) == digits and text.isascii() and text.isdigit()
