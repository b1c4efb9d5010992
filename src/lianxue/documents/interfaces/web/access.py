"""Who may open the pages of letters; which letters are on them is decided by the rules."""

from lianxue.orgs.public import Role, acting_as

LETTER_KEEPERS = acting_as(Role.TIER_ADMIN)
