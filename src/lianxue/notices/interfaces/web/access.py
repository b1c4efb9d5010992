"""Who may open which pages; what they see on them is decided by the rules."""

from lianxue.orgs.public import Role, acting_as

GROUP_KEEPERS = acting_as(Role.TIER_ADMIN)
MINDERS = acting_as(Role.SYSTEM_OPERATOR) | acting_as(Role.TIER_ADMIN, tier=1)
