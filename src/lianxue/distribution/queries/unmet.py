"""Reads of unmet demand: decided lines that give fewer copies than were passed on, and what became of the rest."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from lianxue.distribution.enums import AllocationState, RoundState, UnmetAnswerKind
from lianxue.distribution.models import (
    Allocation,
    AllocationLine,
    Round,
    RoundTitle,
    UnmetAnswer,
)
from lianxue.distribution.queries.titles import titles_of
from lianxue.distribution.rules.allocation import SEES_ALLOCATION_LINE
from lianxue.distribution.rules.rounds import RUNS_ROUND
from lianxue.kernel.kept import kept
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor
from lianxue.resources.public import EntryState

OPEN, CARRIED, CLOSED = "open", "carried", "closed"
FALLS_SHORT = Q(allocation__state=AllocationState.COMMITTED, quantity__lt=F("demand_line__agreed"))
HAS_NO_ANSWER = Q(unmet_answer__isnull=True)


@dataclass(frozen=True, slots=True)
class UnmetChoice:
    """Which open lines of a round are meant; what is left empty narrows nothing."""

    line_ids: tuple[int, ...] = ()
    title_ids: tuple[int, ...] = ()
    college_id: int | None = None
    words: str = ""

    def narrow(self, rows: QuerySet[AllocationLine]) -> QuerySet[AllocationLine]:
        """Return those of ``rows`` that are meant."""
        if self.line_ids:
            rows = rows.filter(pk__in=self.line_ids)
        if self.title_ids:
            rows = rows.filter(demand_line__title__in=self.title_ids)
        if self.college_id is not None:
            rows = rows.filter(demand_line__request__batch__college=self.college_id)
        if words := self.words.replace("\x00", "").strip():
            rows = rows.filter(
                Q(demand_line__title__entry__title__icontains=words)
                | Q(demand_line__request__point__name__icontains=words)
            )
        return rows


EVERYTHING = UnmetChoice()


@dataclass(frozen=True)
class UnmetTotal:
    """What a round left open of one title, or of all (``title`` None), in copies."""

    title: RoundTitle | None
    lines: int
    agreed: int
    allocated: int
    open_lines: int
    open: int
    carried: int
    closed: int

    @property
    def missing(self) -> int:
        return self.agreed - self.allocated


def unmet_lines(round_id: int) -> QuerySet[AllocationLine]:
    """Return the decided lines of a round that got fewer copies than were passed on, with ``missing``."""
    return AllocationLine.objects.filter(FALLS_SHORT, allocation__round=round_id).annotate(
        missing=F("demand_line__agreed") - F("quantity")
    )


def open_lines(round_id: int, choice: UnmetChoice = EVERYTHING) -> QuerySet[AllocationLine]:
    """Return the chosen lines of a round that nobody has answered yet."""
    return choice.narrow(unmet_lines(round_id).filter(HAS_NO_ANSWER))


def open_line_count(round: Round) -> int:
    """Return how many lines of a round are open; counted once at the decision, and less with every answer."""
    decided = Allocation.objects.filter(round=round, state=AllocationState.COMMITTED)
    known = decided.values_list("open_lines", flat=True).first()
    return open_lines(round.pk).count() if known is None else known


def with_whom(rows: QuerySet[AllocationLine]) -> QuerySet[AllocationLine]:
    """Join what a list shows of lines: title, point, college, and what became of them."""
    return rows.select_related(
        "allocation__round",
        "demand_line__title__entry",
        "demand_line__request__point",
        "demand_line__request__batch__college",
        "unmet_answer__to_round",
    ).defer("demand_line__title__entry__search_vector")


def in_state(rows: QuerySet[AllocationLine], state: str) -> QuerySet[AllocationLine]:
    """Narrow lines to those that are open, carried or closed; anything else narrows nothing."""
    if state == OPEN:
        return rows.filter(HAS_NO_ANSWER)
    return rows.filter(unmet_answer__kind=state) if state in UnmetAnswerKind.values else rows


def visible_unmet(actor: Actor) -> QuerySet[AllocationLine]:
    """Return the unmet lines of all rounds that ``actor`` may see, newest round first."""
    rows = visible(AllocationLine.objects.all(), SEES_ALLOCATION_LINE, actor).filter(FALLS_SHORT)
    rows = rows.annotate(missing=F("demand_line__agreed") - F("quantity"))
    return with_whom(rows).order_by(
        "-allocation__round_id", "demand_line__request__point__code", "demand_line__title_id"
    )


def unmet_totals(round: Round) -> list[UnmetTotal]:
    """Return what each title left open, in the order of the round; titles that left nothing open are not named."""
    sums: dict[int, dict[str, Any]] = {row["demand_line__title"]: dict(row) for row in _summed(round)}
    return [_total(title, sums[title.pk]) for title in titles_of(round.pk) if title.pk in sums]


def _summed(round: Round) -> Iterable[Any]:
    answered = Q(unmet_answer__isnull=False)
    return (
        unmet_lines(round.pk)
        .order_by()
        .values("demand_line__title")
        .annotate(
            lines=Count("pk"),
            agreed=Sum("demand_line__agreed"),
            allocated=Sum("quantity"),
            open_lines=Count("pk", filter=~answered),
            open=_copies(Q(unmet_answer__isnull=True)),
            carried=_copies(Q(unmet_answer__kind=UnmetAnswerKind.CARRIED)),
            closed=_copies(Q(unmet_answer__kind=UnmetAnswerKind.CLOSED)),
        )
    )


def _copies(condition: Q) -> Coalesce:
    return Coalesce(Sum("missing", filter=condition), 0, output_field=IntegerField())


def _total(title: RoundTitle, row: Mapping[str, int]) -> UnmetTotal:
    names = ("lines", "agreed", "allocated", "open_lines", "open", "carried", "closed")
    return UnmetTotal(title, *(row[name] for name in names))


def together(totals: Collection[UnmetTotal]) -> UnmetTotal:
    """Add up the totals of titles."""
    names = ("lines", "agreed", "allocated", "open_lines", "open", "carried", "closed")
    return UnmetTotal(None, *(sum(getattr(one, name) for one in totals) for name in names))


def rounds_to_carry_into(actor: Actor, round: Round) -> QuerySet[Round]:
    """Return the open rounds of the office in which at least one title with open lines is offered again."""
    entries = open_lines(round.pk).values("demand_line__title__entry")
    return (
        visible(Round.objects.filter(state=RoundState.OPEN), RUNS_ROUND, actor)
        .filter(titles__entry__in=entries, titles__entry__state=EntryState.PUBLISHED)
        .distinct()
    )


def carried_in(round_id: int, point_id: int) -> dict[int, list[UnmetAnswer]]:
    """Return what was carried into a point's demand in a round from other rounds, by catalogue entry."""
    found: dict[int, list[UnmetAnswer]] = {}
    for answer in _carried.rows(round_id=round_id, point_id=point_id):
        found.setdefault(answer.line.demand_line.title.entry_id, []).append(answer)
    return found


@kept
def _carried(round_id: int, point_id: int) -> QuerySet[UnmetAnswer]:
    return UnmetAnswer.objects.filter(
        to_round=round_id, line__demand_line__request__point=point_id
    ).select_related("line__allocation__round", "line__demand_line__title")


def unmet_of_request(request_id: int) -> dict[int, AllocationLine]:
    """Return the lines of one demand that fell short, by title of the round, with what became of the rest."""
    rows = AllocationLine.objects.filter(FALLS_SHORT, demand_line__request=request_id).annotate(
        missing=F("demand_line__agreed") - F("quantity")
    )
    return {
        row.demand_line.title_id: row for row in rows.select_related("demand_line", "unmet_answer__to_round")
    }
