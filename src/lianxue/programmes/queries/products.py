"""Rosters and awards as actors may see them."""

from datetime import date

from django.db.models import Q, QuerySet

from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor
from lianxue.programmes.models import Award, RosterEntry
from lianxue.programmes.rules.awards import SEES_AWARD, SEES_ROSTER


def roster_on(actor: Actor, on: date, *, roster: str = "", find: str = "") -> QuerySet[RosterEntry]:
    """Return who is on a roster on a day, as far as the actor may know."""
    rows = RosterEntry.objects.select_related("area", "filing__unit", "call__revision").filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on
    )
    rows = visible(rows, SEES_ROSTER, actor)
    if roster:
        rows = rows.filter(roster=roster)
    if find:
        rows = rows.filter(Q(name__icontains=find) | Q(area__name__icontains=find))
    return rows.order_by("roster", "area_id", "pk")


def rosters_known(actor: Actor) -> list[tuple[str, str]]:
    """Return the rosters that the actor sees anything of: key and title, by title."""
    rows = visible(RosterEntry.objects.select_related("call__revision"), SEES_ROSTER, actor)
    titles: dict[str, str] = {}
    for row in rows.order_by("roster", "-call_id").distinct("roster"):
        products = [one for stage in row.call.definition.stages for one in stage.products]
        titles[row.roster] = next((one.title for one in products if one.key == row.roster), row.roster)
    return sorted(titles.items(), key=lambda pair: pair[1])


def awards_seen(actor: Actor) -> QuerySet[Award]:
    """Return the awards that the actor may read, the newest first."""
    return visible(Award.objects.select_related("office", "organisation", "call"), SEES_AWARD, actor)


def award_seen(actor: Actor, pk: int) -> Award:
    """Return one award, or raise ``NotFound``."""
    return get_visible(
        Award.objects.select_related("office", "organisation", "call"), SEES_AWARD, actor, pk=pk
    )


def award_by_token(token: str) -> Award | None:
    """Return the award whose certificate carries ``token``; anybody may ask."""
    return Award.objects.select_related("office").filter(token=token).first()


def award_by_number(number: str) -> Award | None:
    """Return the award with this certificate number; anybody may ask."""
    return Award.objects.select_related("office").filter(number__iexact=number.strip()).first()
