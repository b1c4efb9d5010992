"""Who may open the pages of programmes at all; what they see there is decided by the rules."""

from lianxue.orgs.public import Role, acting_as

ADMINISTRATORS = acting_as(Role.TIER_ADMIN)
READERS = acting_as(Role.TIER_ADMIN, Role.AUDITOR, Role.RESOURCE_REVIEWER)
EXPERTS = acting_as(Role.EXPERT)
