"""What waits for whom in stock-taking."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import StocktakeState
from lianxue.distribution.models import Stocktake
from lianxue.distribution.queries.standing import supervises
from lianxue.distribution.queries.stocktaking import COUNTING_ROLES, waiting_above, waiting_at_point
from lianxue.distribution.rules.stocktaking import COUNTS
from lianxue.kernel.clock import local_date
from lianxue.kernel.kept import kept
from lianxue.kernel.pages import Waiting
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor


def waiting_stocktaking(actor: Actor, at: datetime) -> list[Waiting]:
    """Return the counts that the actor has to settle or to finish."""
    if actor.role not in COUNTING_ROLES or actor.tier is None:
        return []
    if supervises(actor):
        return list(_second(waiting_above(actor, local_date(at))))
    return [*_second(_WAITING_AT_POINT.rows(actor=actor)), *_unfinished(actor)]


def _second(rows: list[Stocktake]) -> Iterator[Waiting]:
    if rows:
        one = reverse("distribution:stocktake", args=[rows[0].pk])
        many = reverse("distribution:stocktakes") + "?state=counted"
        title = _("A count waits for a second person: you")
        yield Waiting(title, one if len(rows) == 1 else many, len(rows))


_WAITING_AT_POINT = kept(waiting_at_point)


@kept
def _being_counted(actor: Actor) -> QuerySet[Stocktake]:
    return visible(Stocktake.objects.filter(state=StocktakeState.COUNTING), COUNTS, actor).order_by("pk")


def _unfinished(actor: Actor) -> Iterator[Waiting]:
    row = _being_counted.first(actor=actor)
    if row is not None:
        yield Waiting(_("Finish the stock-taking"), reverse("distribution:stocktake", args=[row.pk]))
