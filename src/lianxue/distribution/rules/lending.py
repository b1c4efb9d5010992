"""Who may see and change loans, issues and reservations."""

from lianxue.distribution.rules.fulfilment import ADMINISTERS, POINT_STAFF
from lianxue.orgs.public import PLATFORM, below, own

# For loans, issues and reservations alike: each belongs to a point.
KEEPS_RECORD = POINT_STAFF & own("point")
SEES_RECORD = KEEPS_RECORD | (ADMINISTERS & below("point"))

# What follows by itself when a copy comes back or a day has passed.
KEEPS_QUEUE = KEEPS_RECORD | PLATFORM
