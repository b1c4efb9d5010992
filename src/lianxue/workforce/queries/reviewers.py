"""Whose reviews somebody may read: reviewers on the rosters of the own area, and the own."""

from dataclasses import dataclass

from django.db.models import Q

from lianxue.kernel.rules import NO_ROWS
from lianxue.orgs.public import Actor, Role, own_or_beneath
from lianxue.workforce.enums import Team
from lianxue.workforce.queries.roster import account_of, during, members


@dataclass(frozen=True)
class Member:
    """A reviewer on a roster."""

    name: str
    area: str
    city: str


def reviewers_seen(actor: Actor, year: int) -> dict[int, Member]:
    """Return the reviewers of a year's rosters with an account, by person, as far as the actor may read them."""
    reads = actor.role in {Role.TIER_ADMIN, Role.AUDITOR}
    may = own_or_beneath("filing__unit").rows(actor) if reads else NO_ROWS
    if actor.person_id is not None:
        may |= Q(account__person_id=actor.person_id)
    rows = members(Team.REVIEWERS).filter(during(year), may, account__isnull=False)
    found: dict[int, Member] = {}
    for entry in rows.order_by("filing__unit__code", "area_id", "pk"):
        person = account_of(entry)
        if person is not None:
            area = entry.area.name if entry.area else ""
            found.setdefault(person.pk, Member(entry.name, area, entry.filing.unit.name))
    return found
