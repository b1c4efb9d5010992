"""The province approved a recommendation: the awards of everybody on it find their accounts (S1-51)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.public import PLATFORM, Actor
from lianxue.programmes.public import Award, Filing
from lianxue.workforce.models import Appraisal
from lianxue.workforce.operations.appraisal.file import GRIDS, RECOMMENDATION
from lianxue.workforce.queries.roster import account_of


@operation("workforce.commend", label=_("Commend people"))
def commend(*, actor: Actor, at: datetime, filing: Filing) -> list[Award]:
    """Give the awards of an approved recommendation to the accounts of those who hold them. Raise ``NotAllowed``."""
    if not PLATFORM.holds(actor, filing):  # the province decides in programmes; this follows from it
        raise NotAllowed
    if filing.call.revision.code != RECOMMENDATION or filing.approved is None:
        return []
    given = []
    for key in GRIDS.values():
        for award in Award.objects.select_for_update().filter(filing=filing, key=key, person__isnull=True):
            person = _person(filing, award.row)
            if person is not None:
                award.person = person
                award.save(update_fields=["person"])
                given.append(award)
    if given:
        audit.record(
            actor=actor, at=at, verb="workforce.commend", subject=filing, after={"awards": len(given)}
        )
    return given


def _person(filing: Filing, row_id: str) -> Person | None:
    if not row_id.startswith("a") or not row_id[1:].isdecimal():
        return None
    row = Appraisal.objects.filter(pk=int(row_id[1:]), city_id=filing.unit_id).select_related(
        "entry__account__person"
    )
    found = row.first()
    return account_of(found.entry) if found else None
