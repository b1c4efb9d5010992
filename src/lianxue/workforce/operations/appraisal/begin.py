"""A city begins the appraisal of a year: everybody on its rosters of that year gets a sheet."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed, Unmet
from lianxue.kernel.operation import operation
from lianxue.orgs.models import ChainNode, Organisation
from lianxue.orgs.public import Actor, Chain
from lianxue.workforce.models import Appraisal
from lianxue.workforce.operations.members import link_named_accounts
from lianxue.workforce.queries.indicators.sets import current_set
from lianxue.workforce.queries.roster import during, members, team_of

NOBODY_THERE = _("Nobody stands on your rosters of this year.")
NOT_PUBLISHED = _("The indicators of this year have not been published yet.")


@operation("workforce.begin_appraisals", label=_("Begin the appraisal of a year"))
def begin_appraisals(*, actor: Actor, at: datetime, year: int) -> int:
    """Make a sheet for everybody on the city's rosters of a year who has none; return how many are new.

    Raise ``NotAllowed`` or ``Unmet`` (nobody on a roster, indicators not published).
    """
    if not actor.is_administrator or actor.organisation_id is None:
        raise NotAllowed
    city = Organisation.objects.select_for_update().get(pk=actor.organisation_id)
    entries = members().filter(during(year), filing__unit=city)
    found = list(entries)
    if not found:
        raise Unmet(NOBODY_THERE)
    office = found[0].call.office
    if current_set(office.pk, year) is None:
        raise Unmet(NOT_PUBLISHED)
    link_named_accounts(entries, actor=actor, at=at)
    counties = _counties(city)
    have = set(Appraisal.objects.filter(year=year, entry__in=found).values_list("entry_id", flat=True))
    made = Appraisal.objects.bulk_create(
        Appraisal(
            year=year,
            entry=entry,
            team=team_of(entry),
            office=office,
            city=city,
            county_id=counties.get(entry.area_id or ""),
            begun_at=at,
        )
        for entry in found
        if entry.pk not in have
    )
    if made:
        audit.record(
            actor=actor,
            at=at,
            verb="workforce.begin_appraisals",
            subject=city,
            after={"year": year, "people": len(made)},
        )
    return len(made)


def _counties(city: Organisation) -> dict[str, int]:
    """Return the organisation directly below the city for each area."""
    below = ChainNode.objects.filter(chain=Chain.RESOURCE_SERVICE, superior=city)
    rows = Organisation.objects.filter(pk__in=below.values("organisation_id"), division__isnull=False)
    return {str(code): pk for pk, code in rows.values_list("pk", "division_id")}
