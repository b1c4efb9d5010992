"""Reads of what an organisation sends without being asked."""

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.models import Round, RoundTitle, Shipment
from lianxue.distribution.rules.rounds import RUNS_DIRECT_ROUND
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor


def direct_rounds(actor: Actor) -> QuerySet[Round]:
    """Return what the actor's organisation has sent or prepares, newest first.

    Each carries ``title_count``, ``copies``, ``parcels`` and ``received``.
    """
    titles = RoundTitle.objects.filter(round=OuterRef("pk")).order_by().values("round")
    parcels = Shipment.objects.filter(round=OuterRef("pk")).order_by().values("round")

    def number(rows: QuerySet, what: object) -> Coalesce:  # type: ignore[type-arg]  # of either kind
        return Coalesce(Subquery(rows.annotate(n=what).values("n"), output_field=IntegerField()), 0)

    return (
        visible(Round.objects.select_related("office"), RUNS_DIRECT_ROUND, actor)
        .annotate(
            title_count=number(titles, Count("pk")),
            copies=number(titles, Sum("copies_available")),
            parcels=number(parcels, Count("pk")),
            received=number(parcels, Count("pk", filter=Q(state=ShipmentState.RECEIVED))),
            to_pack=number(parcels, Count("pk", filter=Q(state=ShipmentState.PREPARING))),
        )
        .order_by("-created_at", "-pk")
    )


def direct_round(actor: Actor, round_id: int) -> Round:
    """Return one of them. Raise ``NotFound``."""
    return get_visible(direct_rounds(actor), RUNS_DIRECT_ROUND, actor, pk=round_id)


def direct_titles(round: Round) -> list[RoundTitle]:
    """Return the titles that are sent."""
    return list(
        round.titles.select_related("entry")
        .defer("entry__search_vector", "entry__description")
        .order_by("pk")
    )
