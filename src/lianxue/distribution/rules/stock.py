"""Who may see how many copies are where."""

from lianxue.distribution.rules.fulfilment import ADMINISTERS
from lianxue.orgs.public import Role, below, has_role, own

KEEPS_COPIES = has_role(Role.TIER_ADMIN, Role.DESK_CLERK, Role.SUPPLIER_CLERK)
SEES_BALANCE = (KEEPS_COPIES & own("place__organisation")) | (ADMINISTERS & below("place__organisation"))
