"""The balances of the ledger as they are: so many copies of one lot in one place."""

from django.db.models import QuerySet

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.models import StockBalance
from lianxue.distribution.rules.stock import SEES_BALANCE
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor


def balances_seen(actor: Actor) -> QuerySet[StockBalance]:
    """Return the balances above zero that ``actor`` may see, in places where copies really are."""
    rows = StockBalance.objects.select_related("place__organisation", "title__entry").defer(
        "title__entry__search_vector", "title__entry__description"
    )
    return visible(rows, SEES_BALANCE, actor).filter(quantity__gt=0).exclude(place__kind=PlaceKind.OUTSIDE)
