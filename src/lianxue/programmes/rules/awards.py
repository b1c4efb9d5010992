"""Who may see and withdraw awards, and read rosters."""

from lianxue.kernel.rules import Rule
from lianxue.orgs.public import Actor, Role, has_role, own, own_or_beneath

ADMINISTERS = has_role(Role.TIER_ADMIN)
READS = has_role(Role.TIER_ADMIN, Role.AUDITOR, Role.RESOURCE_REVIEWER)
RUNS_AWARD: Rule[Actor] = ADMINISTERS & own("office")
SEES_AWARD: Rule[Actor] = (READS & own("office")) | (ADMINISTERS & own_or_beneath("organisation"))
SEES_ROSTER: Rule[Actor] = READS & own_or_beneath("filing__unit")
