"""Reads of allocations: proposals side by side, what each title and each point comes to, who gets what."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum

from lianxue.distribution.models import (
    Allocation,
    AllocationLine,
    AllocationOverride,
    AllocationPoint,
    AllocationTitle,
    DemandLine,
)
from lianxue.distribution.queries.districts import districts_of
from lianxue.distribution.rules.allocation import SEES_ALLOCATION_LINE
from lianxue.distribution.rules.rounds import READS_ROUND_OF
from lianxue.kernel.errors import NotFound
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor

LISTS = (
    "demand_lines",
    "passed_on",
    "quantities",
    "group_of",
    "places",
    "needs",
    "had",
    "learners",
    "groups",
)
ROWS_AT_ONCE = 5000

_Columns = tuple[int, int, str, str, int, str, str, str, int, int, bool]


@dataclass(frozen=True, slots=True)
class GivenLine:
    """What one demand line gets in an allocation."""

    line_id: int
    title_id: int
    title_code: str
    title_name: str
    point_id: int
    point_code: str
    point_name: str
    college_name: str
    asked: int
    agreed: int
    is_by_hand: bool
    quantity: int

    @property
    def unmet(self) -> int:
        return self.agreed - self.quantity


def office_allocations(actor: Actor, round_id: int) -> QuerySet[Allocation]:
    """Return the proposals and the decision of a round of the actor's own office."""
    rows = Allocation.objects.select_related("round").filter(round_id=round_id)
    return visible(rows, READS_ROUND_OF, actor).order_by("pk")


def office_allocation(actor: Actor, allocation_id: int) -> Allocation:
    """Return an allocation of a round of the actor's own office. Raise ``NotFound``."""
    return get_visible(Allocation.objects.select_related("round"), READS_ROUND_OF, actor, pk=allocation_id)


def titles_in(allocation: Allocation, words: str = "") -> QuerySet[AllocationTitle]:
    """Return what each title comes to, narrowed by words, with ``unmet``; in the order of the round."""
    rows = (
        AllocationTitle.objects.filter(allocation=allocation)
        .select_related("title__entry")
        .defer("title__entry__search_vector", *LISTS)
        .annotate(unmet=F("agreed") - F("allocated"))
        .order_by("title_id")
    )
    if bare := words.replace("\x00", "").strip():
        rows = rows.filter(Q(title__entry__title__icontains=bare) | Q(title__entry__code__iexact=bare))
    return rows


def points_in(
    allocation: Allocation, words: str = "", college_id: int | None = None
) -> QuerySet[AllocationPoint]:
    """Return what each point comes to, narrowed by words and college, with ``unmet``; by code."""
    rows = (
        AllocationPoint.objects.filter(allocation=allocation)
        .select_related("point", "college")
        .annotate(unmet=F("agreed") - F("allocated"), filled=F("allocated") * 100 / _at_least_one("agreed"))
        .order_by("point__code")
    )
    if bare := words.replace("\x00", "").strip():
        rows = rows.filter(Q(point__name__icontains=bare) | Q(point__code__iexact=bare))
    return rows if college_id is None else rows.filter(college_id=college_id)


def point_in(allocation: Allocation, point_id: int) -> AllocationPoint:
    """Return what one point comes to. Raise ``NotFound``."""
    rows = AllocationPoint.objects.select_related("point", "college")
    try:
        return rows.get(allocation=allocation, point_id=point_id)
    except (AllocationPoint.DoesNotExist, OverflowError) as missing:
        raise NotFound from missing


def _at_least_one(name: str) -> Func:
    return Func(F(name), 1, function="GREATEST", output_field=IntegerField())


def sheet_of(allocation: Allocation, title_id: int) -> AllocationTitle:
    """Return what one title comes to, with its lists. Raise ``NotFound``."""
    rows = AllocationTitle.objects.select_related("title__entry").defer("title__entry__search_vector")
    try:
        return rows.get(allocation=allocation, title_id=title_id)
    except (AllocationTitle.DoesNotExist, OverflowError) as missing:
        raise NotFound from missing


def lines_of_title(sheet: AllocationTitle, words: str = "") -> list[GivenLine]:
    """Return who gets how many of one title, those who ask for most first."""
    quantities = dict(zip(sheet.demand_lines, sheet.quantities, strict=True))
    rows = DemandLine.objects.filter(title_id=sheet.title_id).order_by("-agreed", "request__point__code")
    if bare := words.replace("\x00", "").strip():
        rows = rows.filter(Q(request__point__name__icontains=bare) | Q(request__point__code__iexact=bare))
    return [
        GivenLine(*row, quantity=quantities[row[0]])
        for row in _columns(rows, sheet.allocation_id).iterator(chunk_size=ROWS_AT_ONCE)
        if row[0] in quantities
    ]


def lines_of_point(allocation: Allocation, point_id: int, words: str = "") -> list[GivenLine]:
    """Return how many of each title one point gets, in the order of the round."""
    rows = DemandLine.objects.filter(
        request__point_id=point_id, request__batch__round_id=allocation.round_id
    ).order_by("title_id")
    if bare := words.replace("\x00", "").strip():
        rows = rows.filter(Q(title__entry__title__icontains=bare) | Q(title__entry__code__iexact=bare))
    of_title = AllocationTitle.objects.filter(allocation=allocation, title=OuterRef("title"))
    given = rows.annotate(quantity=Subquery(of_title.values(found=_quantity_of(OuterRef("pk")))))
    quantities = dict(given.values_list("pk", "quantity"))
    return [
        GivenLine(*row, quantity=quantity)
        for row in _columns(rows, allocation.pk)
        if (quantity := quantities[row[0]]) is not None
    ]


def all_lines(allocation: Allocation) -> Iterator[GivenLine]:
    """Yield every line of an allocation, title by title."""
    sheets = AllocationTitle.objects.filter(allocation=allocation).order_by("title_id")
    for sheet in sheets.iterator(chunk_size=20):
        yield from lines_of_title(sheet)


def _quantity_of(line_id: OuterRef) -> Func:
    """Return the number that stands at the place of a demand line."""
    place = Func(F("demand_lines"), line_id, function="array_position")
    return Func(
        F("quantities"), place, template="(%(expressions)s])", arg_joiner="[", output_field=IntegerField()
    )


def _columns(rows: QuerySet[DemandLine], allocation_id: int) -> QuerySet[DemandLine, _Columns]:
    """Return what ``GivenLine`` shows of demand lines, all but the quantity."""
    by_hand = AllocationOverride.objects.filter(allocation=allocation_id, demand_line=OuterRef("pk"))
    found = rows.annotate(is_by_hand=Exists(by_hand)).values_list(
        "pk", "title_id", "title__entry__code", "title__entry__title", "request__point_id", "request__point__code",
        "request__point__name", "request__batch__college__name", "asked", "agreed", "is_by_hand",
    )  # fmt: skip
    return cast("QuerySet[DemandLine, _Columns]", found)


def line_in(allocation: Allocation, line_id: int) -> DemandLine:
    """Return a demand line of the round of an allocation with all that its explanation shows. Raise ``NotFound``."""
    rows = DemandLine.objects.filter(request__batch__round_id=allocation.round_id)
    try:
        return with_point(rows).get(pk=line_id)
    except (DemandLine.DoesNotExist, OverflowError) as missing:
        raise NotFound from missing


def with_point(rows: QuerySet[DemandLine]) -> QuerySet[DemandLine]:
    """Join what an explanation shows of demand lines."""
    return rows.select_related("title__entry", "request__point", "request__batch__college").defer(
        "title__entry__search_vector"
    )


def visible_allocation_line(actor: Actor, line_id: int) -> AllocationLine:
    """Return one decided line that ``actor`` may see: the office, the point, and those above it. Raise ``NotFound``."""
    rows = AllocationLine.objects.select_related(
        "allocation__round",
        "demand_line__title__entry",
        "demand_line__request__point",
        "demand_line__request__batch__college",
    ).defer("demand_line__title__entry__search_vector")
    return get_visible(rows, SEES_ALLOCATION_LINE, actor, pk=line_id)


@dataclass
class DistrictShare:
    """How far the demand of the points of one district is filled."""

    code: str
    name: str
    points: int = 0
    agreed: int = 0
    allocated: int = 0


def filled_by_district(allocation: Allocation) -> list[DistrictShare]:
    """Return how far the demand of each district is filled, by code."""
    rows = list(
        AllocationPoint.objects.filter(allocation=allocation, agreed__gt=0)
        .order_by()
        .values_list("point__division_id")
        .annotate(points=Count("pk"), agreed_sum=Sum("agreed"), allocated_sum=Sum("allocated"))
    )
    districts = districts_of(division_id for division_id, *_sums in rows)
    found: dict[str, DistrictShare] = {}
    for division_id, points, agreed, allocated in rows:
        district = districts.get(division_id)
        code, name = (district.code, district.name) if district else ("", "")
        share = found.setdefault(code, DistrictShare(code, name))
        share.points += points
        share.agreed += agreed
        share.allocated += allocated
    return sorted(found.values(), key=lambda one: one.code)


def colleges_in(allocation: Allocation) -> list[tuple[int, str]]:
    """Return the colleges whose points take part, by code."""
    rows = AllocationPoint.objects.filter(allocation=allocation).order_by("college__code")
    return list(rows.values_list("college_id", "college__name").distinct())
