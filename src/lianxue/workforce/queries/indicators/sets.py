"""Which set of indicators counts in a year."""

from decimal import Decimal, InvalidOperation

from django.db.models import QuerySet

from lianxue.kernel.registry import Registry
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor, above, own
from lianxue.workforce.models import IndicatorSet
from lianxue.workforce.models.indicators.parts import IndicatorFile

SETS: Registry[tuple[IndicatorFile, str]] = Registry(
    "sets of indicators"
)  # by code and version, with the text

# Everybody below the office reads what counts.
SEES_SET = own("office") | above("office")


def current_set(office_id: int, year: int) -> IndicatorSet | None:
    """Return the newest revision of an office's indicators of a year, or None before any was published."""
    return IndicatorSet.objects.filter(office_id=office_id, year=year).order_by("-number").first()


def sets_seen(actor: Actor) -> QuerySet[IndicatorSet]:
    """Return the sets that the actor's office published."""
    return visible(IndicatorSet.objects.select_related("office", "published_by"), SEES_SET, actor)


def set_seen(actor: Actor, pk: int) -> IndicatorSet:
    """Return one published set. Raise ``NotFound``."""
    return get_visible(IndicatorSet.objects.select_related("office", "published_by"), SEES_SET, actor, pk=pk)


def number_of(published: IndicatorSet, key: str) -> Decimal | None:
    """Return a number that the office gave."""
    try:
        return Decimal(str(published.numbers[key]))
    except (KeyError, InvalidOperation):
        return None
