"""Who may open the pages around parcels; what they see on them is decided by the rules."""

from lianxue.distribution.interfaces.web.fulfilment.access import (
    AT_POINT,
    AT_SUPPLIER,
    EVERYBODY_CONCERNED,
    IN_NETWORK,
    SUPERVISING,
)
from lianxue.orgs.public import Role, acting_as

# S0-42: offices and colleges pack what they send by themselves.
PACKING = AT_SUPPLIER | SUPERVISING
OFFICE = acting_as(Role.TIER_ADMIN, tier=1)
# Whoever may have a transfer to deal with: suppliers take surplus back.
CONCERNED = EVERYBODY_CONCERNED

__all__ = [
    "AT_POINT",
    "AT_SUPPLIER",
    "CONCERNED",
    "EVERYBODY_CONCERNED",
    "IN_NETWORK",
    "OFFICE",
    "PACKING",
    "SUPERVISING",
]
