"""Who may open which pages; what they see on them is decided by the rules."""

from lianxue.orgs.enums import Role
from lianxue.orgs.queries import ANY_POST, acting_as

MEMBERS = ANY_POST
ADMINISTRATORS = acting_as(Role.TIER_ADMIN)
AUDITORS = acting_as(Role.AUDITOR)
