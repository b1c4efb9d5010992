"""The way of a shipment."""

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.rules.fulfilment import PACKS_SHIPMENT, RECEIVES_SHIPMENT
from lianxue.kernel.flow import Flow, Step

SHIPMENT_FLOW = Flow(
    "shipment",
    states=ShipmentState.values,
    steps=[
        Step(
            verb="dispatch",
            source=(ShipmentState.PREPARING,),
            target=ShipmentState.DISPATCHED,
            who=PACKS_SHIPMENT,
            label=_("Mark as dispatched"),
        ),
        Step(
            verb="receive",
            source=(ShipmentState.DISPATCHED,),
            target=ShipmentState.RECEIVED,
            who=RECEIVES_SHIPMENT,
            label=_("Check what arrived"),
        ),
    ],
)
