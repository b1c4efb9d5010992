"""The way of a transfer: asked for, agreed by the superior unit, sent, received."""

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import TransferState
from lianxue.distribution.rules.fulfilment import (
    AGREES_TO_TRANSFER,
    CALLS_TRANSFER_OFF,
    RECEIVES_TRANSFER,
    SENDS_TRANSFER,
)
from lianxue.kernel.flow import Flow, Step

TRANSFER_FLOW = Flow(
    "transfer",
    states=TransferState.values,
    steps=[
        Step(
            verb="agree_to_transfer",
            source=(TransferState.REQUESTED,),
            target=TransferState.AGREED,
            who=AGREES_TO_TRANSFER,
            label=_("Agree"),
        ),
        Step(
            verb="send_transfer",
            source=(TransferState.AGREED,),
            target=TransferState.SENT,
            who=SENDS_TRANSFER,
            label=_("Mark as sent"),
        ),
        Step(
            verb="receive_transfer",
            source=(TransferState.SENT,),
            target=TransferState.RECEIVED,
            who=RECEIVES_TRANSFER,
            label=_("Check what arrived"),
        ),
        Step(
            verb="cancel_transfer",
            source=(TransferState.REQUESTED, TransferState.AGREED),
            target=TransferState.CANCELLED,
            who=CALLS_TRANSFER_OFF,
            label=_("Call off"),
            tone="danger",
        ),
    ],
)
