"""Who may open which pages; what they see on them is decided by the rules."""

from lianxue.orgs.public import ANY_POST, Role, acting_as

READERS = ANY_POST
WRITERS = acting_as(Role.TIER_ADMIN, below_tier=1)
COLLEGES = acting_as(Role.TIER_ADMIN, tier=2)
REVIEWERS = acting_as(Role.TIER_ADMIN, Role.RESOURCE_REVIEWER, tier=1)
OFFICE = REVIEWERS | acting_as(Role.AUDITOR, tier=1)
CATEGORY_KEEPERS = acting_as(Role.TIER_ADMIN, tier=1)
CONTRIBUTION_READERS = WRITERS | OFFICE
NETWORK_READERS = COLLEGES | OFFICE
