"""The province approved a recommendation: everybody on it is commended by name (S1-51)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.kernel import audit
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.public import PLATFORM, Actor
from lianxue.programmes.public import Award, AwardKind, Filing, confer
from lianxue.workforce.enums import Team
from lianxue.workforce.models import Appraisal
from lianxue.workforce.operations.appraisal.file import GRIDS, RECOMMENDATION
from lianxue.workforce.queries.roster import account_of

# The headings of 附件3, without their numbers.
TITLES: dict[Team, str] = {
    Team.SYSTEM_ADMINS: "优秀体系管理员",
    Team.TRAINERS: "优秀省级培训师",
    Team.REVIEWERS: "优秀省级资源审核员",
}


@operation("workforce.commend", label=_("Commend people"))
def commend(*, actor: Actor, at: datetime, filing: Filing, request_key: str | None = None) -> list[Award]:
    """Confer an award on everybody in an approved recommendation who has none of it yet. Raise ``NotAllowed``."""
    if not PLATFORM.holds(actor, filing):  # the province decides in programmes; this follows from it
        raise NotAllowed
    if filing.call.revision.code != RECOMMENDATION or filing.approved is None:
        return []
    made = []
    for team, key in GRIDS.items():
        have = set(Award.objects.filter(filing=filing, key=key).values_list("holder", flat=True))
        for row in filing.approved.answers.get(key) or []:
            name = str(row.get("name") or "")
            if not name or name in have:
                continue
            have.add(name)
            made.append(
                confer(
                    kind=AwardKind.AWARD,
                    key=key,
                    title=TITLES[team],
                    call=filing.call,
                    filing=filing,
                    office=filing.call.office,
                    organisation=filing.unit,
                    holder=name,
                    person=_person(filing, str(row.get("_id") or "")),
                    year=filing.call.year,
                    valid_from=local_date(at),
                    at=at,
                )
            )
    if made:
        audit.record(
            actor=actor, at=at, verb="workforce.commend", subject=filing, after={"awards": len(made)}
        )
    return made


def _person(filing: Filing, row_id: str) -> Person | None:
    if not row_id.startswith("a") or not row_id[1:].isdecimal():
        return None
    row = Appraisal.objects.filter(pk=int(row_id[1:]), city_id=filing.unit_id).select_related(
        "entry__account__person"
    )
    found = row.first()
    return account_of(found.entry) if found else None
