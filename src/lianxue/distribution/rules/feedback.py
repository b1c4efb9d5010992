"""Who may read what readers said, and who decides what everybody may read (S0-47)."""

from lianxue.distribution.rules.fulfilment import ADMINISTERS, POINT_STAFF
from lianxue.orgs.public import below, own

DECIDES_FEEDBACK = ADMINISTERS & own("point")
SEES_FEEDBACK = (POINT_STAFF & own("point")) | (ADMINISTERS & below("point"))
