"""The way of one message out of the platform."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.flow import Flow, Step
from lianxue.notices.enums import DeliveryState
from lianxue.notices.rules import SEES_UNDELIVERED, SENDS

DELIVERY_FLOW = Flow(
    "delivery",
    states=DeliveryState.values,
    steps=[
        Step(
            verb="begin",
            source=(DeliveryState.WAITING,),
            target=DeliveryState.SENDING,
            who=SENDS,
            label=_("Send"),
        ),
        Step(
            verb="arrive",
            source=(DeliveryState.SENDING,),
            target=DeliveryState.SENT,
            who=SENDS,
            label=_("Note that it was taken"),
        ),
        Step(
            verb="put_off",
            source=(DeliveryState.SENDING,),
            target=DeliveryState.WAITING,
            who=SENDS,
            label=_("Try later"),
        ),
        Step(
            verb="fail",
            source=(DeliveryState.SENDING,),
            target=DeliveryState.FAILED,
            who=SENDS,
            label=_("Give up"),
        ),
        Step(
            verb="try_again",
            source=(DeliveryState.FAILED,),
            target=DeliveryState.WAITING,
            who=SEES_UNDELIVERED,
            label=_("Try again"),
        ),
    ],
)
