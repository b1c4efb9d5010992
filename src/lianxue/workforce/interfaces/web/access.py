"""Who may open the pages of workforce; which rows they see there is decided by the rules."""

from lianxue.kernel.pages import SIGNED_IN
from lianxue.orgs.public import ANY_POST, Role, acting_as

ORGANISERS = acting_as(Role.TIER_ADMIN)

__all__ = ["ANY_POST", "ORGANISERS", "SIGNED_IN"]
