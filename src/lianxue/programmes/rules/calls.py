"""Who may prepare, open and read calls."""

from django.db.models import Q

from lianxue.kernel.rules import Rule, rule
from lianxue.orgs.models import ChainNode
from lianxue.orgs.public import Actor, Role, has_role, own
from lianxue.programmes.enums import CallState
from lianxue.programmes.models import Call

ADMINISTERS = has_role(Role.TIER_ADMIN)
RUNS_CALL: Rule[Actor] = ADMINISTERS & own("office")
READS_CALL: Rule[Actor] = has_role(Role.TIER_ADMIN, Role.AUDITOR, Role.RESOURCE_REVIEWER, Role.EXPERT) & own(
    "office"
)


def offices_above(actor: Actor) -> set[int]:
    """Return the organisations on the way up from the actor's, in every chain, the own one included."""
    paths = ChainNode.objects.filter(organisation_id=actor.organisation_id or 0).values_list(
        "path", flat=True
    )
    return {int(step) for path in paths for step in path.strip("/").split("/")}


def _is_told(actor: Actor, subject: Call) -> bool:
    return subject.state != CallState.DRAFT and subject.office_id in offices_above(actor)


# An opened call is read by everybody below the office that opened it.
TOLD_OF: Rule[Actor] = rule(
    "told of the call",
    holds=_is_told,
    rows=lambda actor: ~Q(state=CallState.DRAFT) & Q(office_id__in=offices_above(actor)),
)
SEES_CALL: Rule[Actor] = READS_CALL | TOLD_OF
