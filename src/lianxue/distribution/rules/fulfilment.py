"""Who may see and move shipments and what they bring."""

from lianxue.orgs.public import Role, below, has_role, own

POINT_STAFF = has_role(Role.TIER_ADMIN, Role.DESK_CLERK)
ADMINISTERS = has_role(Role.TIER_ADMIN)

PACKS_SHIPMENT = has_role(Role.SUPPLIER_CLERK) & own("supplier")
RECEIVES_SHIPMENT = POINT_STAFF & own("point")
SEES_SHIPMENT = PACKS_SHIPMENT | RECEIVES_SHIPMENT | (ADMINISTERS & below("point"))

# The subject of these three is the point itself.
STAFFS_POINT = POINT_STAFF & own("")
RUNS_POINT = ADMINISTERS & own("")
SEES_POINT = STAFFS_POINT | (ADMINISTERS & below(""))

KEEPS_CORNER = POINT_STAFF & own("point")
SEES_CORNER = KEEPS_CORNER | (ADMINISTERS & below("point"))
SEES_PHOTO = (POINT_STAFF & own("corner__point")) | (ADMINISTERS & below("corner__point"))

SEES_LOT = (
    (has_role(Role.SUPPLIER_CLERK) & own("shipment__supplier"))
    | (POINT_STAFF & own("shipment__point"))
    | (ADMINISTERS & below("shipment__point"))
)
KEEPS_LOT = POINT_STAFF & own("shipment__point")
