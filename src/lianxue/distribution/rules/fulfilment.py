"""Who may see and move shipments and what they bring."""

from django.db.models import Q

from lianxue.distribution.enums import TransferState
from lianxue.distribution.models import ShipmentLine, TransferLine
from lianxue.kernel.rules import Rule, rule
from lianxue.orgs.models import ChainNode
from lianxue.orgs.public import Actor, Chain, Role, below, has_role, own

POINT_STAFF = has_role(Role.TIER_ADMIN, Role.DESK_CLERK)
ADMINISTERS = has_role(Role.TIER_ADMIN)

# S0-42: 市级、区级配送资源: what the office or a college sends by itself is packed by its own administrators.
SENDS = has_role(Role.SUPPLIER_CLERK, Role.TIER_ADMIN)
PACKS_SHIPMENT = SENDS & own("supplier")
PASSES_SHIPMENT_ON = ADMINISTERS & own("via")
RECEIVES_SHIPMENT = POINT_STAFF & own("point")
SEES_SHIPMENT = PACKS_SHIPMENT | PASSES_SHIPMENT_ON | RECEIVES_SHIPMENT | (ADMINISTERS & below("point"))

# The subject of these three is the point itself.
STAFFS_POINT = POINT_STAFF & own("")
RUNS_POINT = ADMINISTERS & own("")
SEES_POINT = STAFFS_POINT | (ADMINISTERS & below(""))

KEEPS_CORNER = POINT_STAFF & own("point")
SEES_CORNER = KEEPS_CORNER | (ADMINISTERS & below("point"))
SEES_PHOTO = (POINT_STAFF & own("corner__point")) | (ADMINISTERS & below("corner__point"))


def _was_handed_on_to(actor: Actor, lot: ShipmentLine) -> bool:
    return TransferLine.objects.filter(
        lot=lot, transfer__state=TransferState.RECEIVED, transfer__taker_id=actor.organisation_id or 0
    ).exists()


def _lots_handed_on_to(**taker: object) -> Q:
    lines = TransferLine.objects.filter(transfer__state=TransferState.RECEIVED)
    return Q(pk__in=lines.filter(**{f"transfer__{k}": v for k, v in taker.items()}).values("lot_id"))


def _below(actor: Actor) -> object:
    if not actor.path:
        return []
    return ChainNode.objects.filter(chain=Chain.DISTRIBUTION, path__startswith=actor.path).values(
        "organisation_id"
    )


# Copies of the lot came to the own organisation by a transfer, whoever's parcel they were in at first.
HANDED_ON_HERE: Rule[Actor] = rule(
    "handed on to the own organisation",
    holds=_was_handed_on_to,
    rows=lambda actor: _lots_handed_on_to(taker_id=actor.organisation_id or 0),
)
HANDED_ON_BELOW: Rule[Actor] = rule(
    "handed on to an organisation below",
    holds=lambda actor, lot: ShipmentLine.objects.filter(
        _lots_handed_on_to(taker_id__in=_below(actor)), pk=lot.pk
    ).exists(),
    rows=lambda actor: _lots_handed_on_to(taker_id__in=_below(actor)),
)

KEEPS_LOT = POINT_STAFF & (own("shipment__point") | HANDED_ON_HERE)
SEES_LOT = (
    (SENDS & own("shipment__supplier"))
    | KEEPS_LOT
    | (ADMINISTERS & (below("shipment__point") | HANDED_ON_BELOW))
)

# What was wrong with a delivery: the sender answers, the point accepts, the office may settle it.
ANSWERS_CLAIM = SENDS & own("receipt_line__lot__shipment__supplier")
ACCEPTS_CLAIM = POINT_STAFF & own("receipt_line__lot__shipment__point")
SETTLES_CLAIM = has_role(Role.TIER_ADMIN, tier=1) & below("receipt_line__lot__shipment__point")
SEES_CLAIM = ANSWERS_CLAIM | ACCEPTS_CLAIM | (ADMINISTERS & below("receipt_line__lot__shipment__point"))

# Copies that move on. The superior unit of the giver, or one above it, agrees.
AGREES_TO_TRANSFER = ADMINISTERS & below("giver")
CALLS_TRANSFER_OFF = ADMINISTERS & (own("giver") | below("giver"))
SENDS_TRANSFER = POINT_STAFF & own("giver")
RECEIVES_TRANSFER = has_role(Role.TIER_ADMIN, Role.DESK_CLERK, Role.SUPPLIER_CLERK) & own("taker")
SEES_TRANSFER = SENDS_TRANSFER | RECEIVES_TRANSFER | (ADMINISTERS & (below("giver") | below("taker")))
# The subject is the giver itself.
REQUESTS_TRANSFER = ADMINISTERS & own("")
ORDERS_TRANSFER = ADMINISTERS & below("")
