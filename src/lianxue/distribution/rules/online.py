"""Who gives points access to online titles, who hands links out, who sees how they are used."""

from lianxue.distribution.rules.fulfilment import ADMINISTERS, POINT_STAFF
from lianxue.orgs.public import Role, below, has_role, own

OFFICE_ADMINISTERS = has_role(Role.TIER_ADMIN, tier=1)

HANDS_OUT = POINT_STAFF & own("point")
SEES_ACCESS = HANDS_OUT | (ADMINISTERS & below("point"))
ENDS_ACCESS = OFFICE_ADMINISTERS & below("point")
KEEPS_LINK = POINT_STAFF & own("access__point")

# The subject is the point itself.
GRANTS_ACCESS = OFFICE_ADMINISTERS & below("")
