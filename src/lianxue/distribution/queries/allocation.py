"""Reads of allocations: what each title comes to, who gets what, and why."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from lianxue.distribution.models import Allocation, AllocationLine, RoundTitle
from lianxue.distribution.queries.titles import titles_of
from lianxue.distribution.rules.allocation import SEES_ALLOCATION_LINE
from lianxue.distribution.rules.rounds import READS_ROUND_OF
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor


@dataclass(frozen=True)
class TitleAllocation:
    """What becomes of the copies of one title."""

    title: RoundTitle
    points_asking: int
    points_covered: int
    asked: int
    agreed: int
    allocated: int

    @property
    def unmet(self) -> int:
        return self.agreed - self.allocated

    @property
    def left_over(self) -> int:
        return self.title.copies_available - self.allocated


def office_allocations(actor: Actor, round_id: int) -> QuerySet[Allocation]:
    """Return the proposals and the decision of a round of the actor's own office."""
    rows = Allocation.objects.select_related("round").filter(round_id=round_id)
    return visible(rows, READS_ROUND_OF, actor).order_by("pk")


def office_allocation(actor: Actor, allocation_id: int) -> Allocation:
    """Return an allocation of a round of the actor's own office. Raise ``NotFound``."""
    return get_visible(Allocation.objects.select_related("round"), READS_ROUND_OF, actor, pk=allocation_id)


def allocated_by_title(allocation: Allocation) -> list[TitleAllocation]:
    """Return the totals of every title of the round, in the order of the round."""
    sums = {
        title_id: tuple(numbers)
        for title_id, *numbers in allocation.lines.order_by()
        .values_list("demand_line__title_id")
        .annotate(
            asking=Count("pk", filter=Q(demand_line__agreed__gt=0)),
            covered=Count("pk", filter=Q(quantity__gt=0)),
            asked=Sum("demand_line__asked"),
            agreed=Sum("demand_line__agreed"),
            allocated=Sum("quantity"),
        )
    }
    nothing = (0, 0, 0, 0, 0)
    return [TitleAllocation(title, *sums.get(title.pk, nothing)) for title in titles_of(allocation.round_id)]


def lines_with_points() -> QuerySet[AllocationLine]:
    """Return allocation lines with all that a list or an explanation shows of them."""
    return AllocationLine.objects.select_related(
        "allocation__round",
        "demand_line__title__entry",
        "demand_line__request__point",
        "demand_line__request__batch__college",
    ).defer("demand_line__title__entry__search_vector")


def lines_of_allocation(allocation: Allocation, title_id: int | None = None) -> QuerySet[AllocationLine]:
    """Return who gets how many, of one title or of all."""
    rows = lines_with_points().filter(allocation=allocation)
    return rows if title_id is None else rows.filter(demand_line__title_id=title_id)


def visible_allocation_line(actor: Actor, line_id: int) -> AllocationLine:
    """Return one line that ``actor`` may see: the office all, others theirs once it is decided. Raise ``NotFound``."""
    return get_visible(lines_with_points(), SEES_ALLOCATION_LINE, actor, pk=line_id)
