"""Reads of rounds: lists, the figures of one, and how far its colleges are."""

from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from lianxue.distribution.enums import BatchState, DemandState, ShipmentState
from lianxue.distribution.models import DemandBatch, DemandLine, DemandRequest, Round, RoundTitle, Shipment
from lianxue.distribution.queries.network import point_places
from lianxue.distribution.queries.titles import titles_of
from lianxue.distribution.rules.rounds import READS_ROUND, READS_ROUND_OF, SEES_ROUND
from lianxue.kernel.rules import get_visible, visible
from lianxue.kernel.search import to_query
from lianxue.orgs.public import Actor, Organisation
from lianxue.resources.public import CatalogueEntry, published_entries


@dataclass(frozen=True)
class CollegeStanding:
    """How far one college of a round is."""

    batch: DemandBatch
    points: int
    reported: int
    asked: int
    agreed: int

    @property
    def missing(self) -> int:
        return max(self.points - self.reported, 0)


@dataclass(frozen=True)
class RoundFigures:
    """The numbers of one round."""

    titles: int
    copies: int
    points: int
    points_reported: int
    colleges: int
    colleges_submitted: int
    agreed: int
    shipments: int
    shipments_received: int


@dataclass(frozen=True)
class TitleDemandTotal:
    """What the whole network asks of one title, as far as colleges have submitted it."""

    title: RoundTitle
    points: int
    asked: int
    agreed: int

    @property
    def is_short(self) -> bool:
        """Tell whether more is passed on than there are copies."""
        return self.agreed > self.title.copies_available


def visible_rounds(actor: Actor) -> QuerySet[Round]:
    """Return the rounds that ``actor`` may see, newest first."""
    return visible(Round.objects.all(), SEES_ROUND, actor)


def office_rounds(actor: Actor) -> QuerySet[Round]:
    """Return the rounds of the actor's own office with ``title_count`` and ``copies`` for a list."""
    titles = RoundTitle.objects.filter(round=OuterRef("pk")).order_by().values("round")
    return visible(Round.objects.all(), READS_ROUND, actor).annotate(
        title_count=Coalesce(
            Subquery(titles.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0
        ),
        copies=Coalesce(
            Subquery(titles.annotate(n=Sum("copies_available")).values("n"), output_field=IntegerField()), 0
        ),
    )


def office_round(actor: Actor, round_id: int) -> Round:
    """Return a round of the actor's own office. Raise ``NotFound``."""
    return get_visible(Round.objects.select_related("office"), READS_ROUND, actor, pk=round_id)


def office_title(actor: Actor, round_id: int, title_id: int) -> RoundTitle:
    """Return a title of a round of the actor's own office. Raise ``NotFound``."""
    return get_visible(titles_of(round_id), READS_ROUND_OF, actor, pk=title_id)


def titles_with_demand(round: Round) -> QuerySet[RoundTitle]:
    """Return the titles of a round with ``agreed``: the copies that colleges have passed on so far."""
    lines = _counted_lines(round).filter(title=OuterRef("pk")).order_by().values("title")
    agreed = Subquery(lines.annotate(n=Sum("agreed")).values("n"), output_field=IntegerField())
    return titles_of(round.pk).annotate(agreed=Coalesce(agreed, 0))


def entries_to_pick(round: Round, words: str, kind: str) -> QuerySet[CatalogueEntry]:
    """Return published entries that are not in the round yet, narrowed by words and kind.

    ``offered`` is how many copies the contributor said there are.
    """
    rows = (
        published_entries()
        .exclude(round_titles__round=round)
        .select_related("provider", "cover")
        .annotate(offered=F("contribution__copies_offered"))
    )
    if words:
        query = to_query(words)
        by_name = Q(title__icontains=words) | Q(code__iexact=words)
        rows = rows.filter(by_name | Q(search_vector=query) if query is not None else by_name)
    return rows.filter(kind=kind) if kind else rows


def round_figures(round: Round) -> RoundFigures:
    """Return the numbers of a round as they are now."""
    titles = RoundTitle.objects.filter(round=round).aggregate(
        n=Count("pk"), copies=Sum("copies_available", default=0)
    )
    batches = DemandBatch.objects.filter(round=round).aggregate(
        n=Count("pk"), submitted=Count("pk", filter=Q(state=BatchState.SUBMITTED))
    )
    shipments = Shipment.objects.filter(round=round).aggregate(
        n=Count("pk"), received=Count("pk", filter=Q(state=ShipmentState.RECEIVED))
    )
    return RoundFigures(
        titles=titles["n"],
        copies=titles["copies"],
        points=point_places(round.office_id).count(),
        points_reported=DemandRequest.objects.filter(batch__round=round, state=DemandState.SUBMITTED).count(),
        colleges=batches["n"],
        colleges_submitted=batches["submitted"],
        agreed=_counted_lines(round).aggregate(n=Sum("agreed", default=0))["n"],
        shipments=shipments["n"],
        shipments_received=shipments["received"],
    )


def college_standings(round: Round) -> list[CollegeStanding]:
    """Return how far every college of a round is, by code."""
    points = dict(point_places(round.office_id).order_by().values_list("superior_id").annotate(n=Count("pk")))
    reported = DemandRequest.objects.filter(batch__round=round, state=DemandState.SUBMITTED).order_by()
    counts = dict(reported.values_list("batch_id").annotate(n=Count("pk")))
    sums = {
        batch_id: (asked, agreed)
        for batch_id, asked, agreed in DemandLine.objects.filter(request__in=reported)
        .order_by()
        .values_list("request__batch_id")
        .annotate(asked=Sum("asked"), agreed=Sum("agreed"))
    }
    batches = DemandBatch.objects.filter(round=round).select_related("college").order_by("college__code")
    return [
        CollegeStanding(
            batch, points.get(batch.college_id, 0), counts.get(batch.pk, 0), *sums.get(batch.pk, (0, 0))
        )
        for batch in batches
    ]


def colleges_of_round(round: Round) -> QuerySet[Organisation]:
    """Return the organisations that gather demand in a round, by code."""
    return Organisation.objects.filter(demand_batches__round=round).order_by("code")


def demand_by_title(round: Round) -> list[TitleDemandTotal]:
    """Return what is asked of every title of a round in what the colleges have submitted."""
    sums = {
        title_id: (points, asked, agreed)
        for title_id, points, asked, agreed in _counted_lines(round)
        .order_by()
        .values_list("title_id")
        .annotate(points=Count("pk"), asked=Sum("asked"), agreed=Sum("agreed"))
    }
    return [TitleDemandTotal(title, *sums.get(title.pk, (0, 0, 0))) for title in titles_of(round.pk)]


def _counted_lines(round: Round) -> QuerySet[DemandLine]:
    return DemandLine.objects.filter(
        request__batch__round=round,
        request__batch__state=BatchState.SUBMITTED,
        request__state=DemandState.SUBMITTED,
    )
