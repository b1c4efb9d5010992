"""Who keeps and reads evidence, who guides, and who hands out a dossier."""

from lianxue.kernel.rules import Rule
from lianxue.orgs.models import ChainNode
from lianxue.orgs.public import Actor, Organisation, Role, has_role, own, own_or_beneath
from lianxue.programmes.models import Call

ADMINISTERS = has_role(Role.TIER_ADMIN)
READS = has_role(Role.TIER_ADMIN, Role.AUDITOR, Role.RESOURCE_REVIEWER)
KEEPS_EVIDENCE: Rule[Actor] = ADMINISTERS & own("unit")
SEES_EVIDENCE: Rule[Actor] = READS & own_or_beneath("unit")
SEES_GUIDANCE: Rule[Actor] = READS & own_or_beneath("unit")
SEES_LINK: Rule[Actor] = ADMINISTERS & own("organisation")


def stands_above(actor: Actor, call: Call, unit: Organisation) -> bool:
    """Tell whether the actor's organisation stands above the unit in the chain of the call, its office included."""
    if actor.organisation_id is None or actor.organisation_id == unit.pk:
        return False
    return ChainNode.objects.filter(
        chain=call.definition.units.chain,
        organisation=unit,
        path__contains=f"/{actor.organisation_id}/",
    ).exists()


def may_guide(actor: Actor, call: Call, unit: Organisation) -> bool:
    """Tell whether the actor logs guidance for the unit: administrators of the levels above (S2-03, S2-49)."""
    return actor.is_administrator and stands_above(actor, call, unit)


def may_read_dossier(actor: Actor, call: Call, unit: Organisation) -> bool:
    """Tell whether the actor reads everything that a unit filed in a call."""
    is_reader = actor.role in (Role.TIER_ADMIN, Role.AUDITOR, Role.RESOURCE_REVIEWER)
    return is_reader and (actor.organisation_id == unit.pk or stands_above(actor, call, unit))
