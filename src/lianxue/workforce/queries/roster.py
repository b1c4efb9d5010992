"""Who stands on the rosters of the service teams, and with which account."""

from datetime import date

from django.db.models import Q, QuerySet

from lianxue.accounts.models import Person
from lianxue.orgs.models import ChainNode
from lianxue.orgs.public import Organisation
from lianxue.programmes.public import RosterEntry
from lianxue.workforce.enums import ROSTERS, TEAM_OF_ROSTER, Team
from lianxue.workforce.models import MemberAccount


def in_force(on: date) -> Q:
    """Return the filter for entries in force on a day."""
    return Q(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


def during(year: int) -> Q:
    """Return the filter for entries in force on some day of a calendar year."""
    return Q(Q(ends_on__isnull=True) | Q(ends_on__gte=date(year, 1, 1)), starts_on__lte=date(year, 12, 31))


def members(*teams: Team) -> QuerySet[RosterEntry]:
    """Return everybody who ever stood on the rosters of these teams (of all, without any)."""
    keys = [key for team in teams or tuple(Team) for key in ROSTERS[team]]
    return RosterEntry.objects.filter(roster__in=keys).select_related(
        "area", "filing__unit", "call__office", "account__person"
    )


def members_below(organisation: Organisation, team: Team, on: date) -> QuerySet[RosterEntry]:
    """Return the members of a team in force on a day in the area of an organisation: a city's own, a county's by area."""
    units = ChainNode.objects.filter(path__contains=f"/{organisation.pk}/").values("organisation_id")
    in_area = Q(filing__unit__in=units)
    if organisation.division_id is not None:
        in_area |= Q(area_id=organisation.division_id)
    return members(team).filter(in_force(on), in_area)


def team_of(entry: RosterEntry) -> Team:
    """Return the team of a roster entry."""
    return TEAM_OF_ROSTER[entry.roster]


def unit_name_of(entry: RosterEntry) -> str:
    """Return where somebody works, as the roster's form has it: 单位名称 or 学校名称, else the area."""
    values = entry.values
    return str(values.get("employer") or values.get("school") or (entry.area.name if entry.area else ""))


def account_of(entry: RosterEntry) -> Person | None:
    """Return the account of a member, or None."""
    found = getattr(entry, "account", None)
    return found.person if isinstance(found, MemberAccount) else None


def accounts_by_roster(entries: "QuerySet[RosterEntry]") -> list[tuple[RosterEntry, Person]]:
    """Return the members without an account whose roster names one, with that account: to the letter (S1-86)."""
    named = {
        str(entry.values.get("account")): entry
        for entry in entries.filter(account__isnull=True)
        if entry.values.get("account")
    }
    people = Person.objects.filter(username__in=named, is_active=True)
    return [
        (named[person.username], person)
        for person in people
        if person.full_name == named[person.username].name
    ]
