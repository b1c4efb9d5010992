"""Who publishes indicators, who appraises, who declares, and who may look at it."""

from django.db.models import Q

from lianxue.kernel.rules import NO_ROWS, Rule, rule
from lianxue.orgs.public import Actor, own, own_or_beneath
from lianxue.workforce.models import Appraisal
from lianxue.workforce.rules.training import ADMINISTERS, READS

PUBLISHES: Rule[Actor] = ADMINISTERS & own("office")


def _is_own(actor: Actor, appraisal: Appraisal) -> bool:
    if actor.person_id is None:
        return False
    return Appraisal.objects.filter(pk=appraisal.pk, entry__account__person_id=actor.person_id).exists()


SELF: Rule[Actor] = rule(
    "the person appraised",
    holds=_is_own,
    rows=lambda actor: (
        Q(entry__account__person_id=actor.person_id) if actor.person_id is not None else NO_ROWS
    ),
)
AREA: Rule[Actor] = ADMINISTERS & own("county")
APPRAISES: Rule[Actor] = ADMINISTERS & own("city")
# Nobody appraises themselves, in whatever post.
NOT_SELF: Rule[Actor] = rule(
    "not the person appraised",
    holds=lambda actor, appraisal: not _is_own(actor, appraisal),
    rows=lambda actor: ~Q(entry__account__person_id=actor.person_id) if actor.person_id is not None else Q(),
)
DECIDES: Rule[Actor] = APPRAISES & NOT_SELF
DECLARES: Rule[Actor] = APPRAISES | AREA | SELF
SEES_APPRAISAL: Rule[Actor] = (READS & own_or_beneath("city")) | AREA | SELF
