"""Who sets what holds for a whole network."""

from lianxue.orgs.public import Role, has_role, own

# The subject is the office itself.
SETS_TERMS = has_role(Role.TIER_ADMIN, tier=1) & own("")
