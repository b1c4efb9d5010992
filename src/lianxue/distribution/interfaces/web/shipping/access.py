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
# Why a lot has as many copies as it has, is told to those who receive it and to those above them.
READS_WHY = acting_as(Role.TIER_ADMIN) | acting_as(Role.RESOURCE_REVIEWER, Role.AUDITOR, tier=1)
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
    "READS_WHY",
    "SUPERVISING",
]
