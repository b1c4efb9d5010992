"""Reads of how many learners and teachers points have."""

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery

from lianxue.distribution.models import PointYear
from lianxue.distribution.queries.network import points_of
from lianxue.distribution.rules.demand import STATES_LEARNERS
from lianxue.kernel.kept import kept
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor, Organisation


def own_years(actor: Actor) -> QuerySet[PointYear]:
    """Return what the actor's own point has stated, newest year first."""
    return visible(PointYear.objects.select_related("stated_by"), STATES_LEARNERS, actor).order_by("-year")


def has_stated(point_id: int | None, year: int) -> bool:
    """Tell whether a point has stated its learners for ``year``."""
    return _stated.exists(point_id=point_id or 0, year=year)


@kept
def _stated(point_id: int, year: int) -> QuerySet[PointYear]:
    return PointYear.objects.filter(point_id=point_id, year=year)


def points_with_learners(actor: Actor, year: int) -> QuerySet[Organisation]:
    """Return the points below the actor with ``learners``, ``teachers`` and ``stated_at`` for ``year`` (None: not stated).

    ``gathered_by`` is the name of the organisation directly above.
    """
    top = int(actor.path.split("/")[1]) if actor.path else 0
    rows = points_of(top).filter(places__path__startswith=actor.path or "-", places__chain="distribution")
    stated = PointYear.objects.filter(point=OuterRef("pk"), year=year)
    return rows.annotate(
        learners=Subquery(stated.values("learners")[:1], output_field=IntegerField()),
        teachers=Subquery(stated.values("teachers")[:1], output_field=IntegerField()),
        stated_at=Subquery(stated.values("stated_at")[:1]),
        gathered_by=F("places__superior__name"),
    )


def years_stated() -> list[int]:
    """Return the years for which anything has been stated, newest first."""
    return sorted(PointYear.objects.order_by().values_list("year", flat=True).distinct(), reverse=True)
