"""Who may see and change loans and issues."""

from lianxue.distribution.rules.fulfilment import ADMINISTERS, POINT_STAFF
from lianxue.orgs.public import below, own

# For loans and issues alike: both belong to a point.
KEEPS_RECORD = POINT_STAFF & own("point")
SEES_RECORD = KEEPS_RECORD | (ADMINISTERS & below("point"))
