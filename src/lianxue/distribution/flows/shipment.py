"""The way of a shipment: straight to the point, or through its superior unit."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.models import Shipment
from lianxue.distribution.rules.fulfilment import PACKS_SHIPMENT, PASSES_SHIPMENT_ON, RECEIVES_SHIPMENT
from lianxue.kernel.flow import Condition, Flow, Step


def _not_sent_on(subject: Shipment, _at: datetime) -> bool:
    return subject.forwarded_at is None


NOT_SENT_ON = Condition(
    "not_sent_on", check=_not_sent_on, message=_("This parcel has been sent on to the point already.")
)

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
            verb="confirm_arrival",
            source=(ShipmentState.DISPATCHED,),
            target=ShipmentState.AT_COLLEGE,
            who=PASSES_SHIPMENT_ON,
            needs=(NOT_SENT_ON,),
            label=_("Confirm the arrival"),
        ),
        Step(
            verb="send_on",
            source=(ShipmentState.AT_COLLEGE,),
            target=ShipmentState.DISPATCHED,
            who=PASSES_SHIPMENT_ON,
            label=_("Send on to the point"),
        ),
        Step(
            # Also while the superior unit has not said that it sent the parcel on: it is in the point's hands now.
            verb="receive",
            source=(ShipmentState.DISPATCHED, ShipmentState.AT_COLLEGE),
            target=ShipmentState.RECEIVED,
            who=RECEIVES_SHIPMENT,
            label=_("Check what arrived"),
        ),
        Step(
            verb="correct_receipt",
            source=(ShipmentState.RECEIVED,),
            target=None,
            who=RECEIVES_SHIPMENT,
            label=_("Correct the count"),
            tone="plain",
        ),
    ],
)
