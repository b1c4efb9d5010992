"""The way of a reservation: it waits, a copy is put aside, the reader fetches it or does not come."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ReservationState
from lianxue.distribution.models import Reservation
from lianxue.distribution.rules.lending import KEEPS_QUEUE, KEEPS_RECORD
from lianxue.kernel.clock import local_date
from lianxue.kernel.flow import Condition, Flow, Step
from lianxue.orgs.public import PLATFORM

OPEN = (ReservationState.WAITING, ReservationState.READY)


def _day_is_over(reservation: Reservation, at: datetime) -> bool:
    return reservation.keep_until is not None and reservation.keep_until < local_date(at)


RESERVATION_FLOW = Flow(
    "reservation",
    states=ReservationState.values,
    steps=[
        Step(
            # By itself, when a copy comes back and this reader is the first in the queue.
            verb="put_aside",
            source=(ReservationState.WAITING,),
            target=ReservationState.READY,
            who=KEEPS_QUEUE,
            label=_("Put a copy aside"),
        ),
        Step(
            # By itself, when the desk decided to hand the copy to somebody else.
            verb="put_back",
            source=(ReservationState.READY,),
            target=ReservationState.WAITING,
            who=KEEPS_QUEUE,
            label=_("Go back into the queue"),
        ),
        Step(
            verb="fulfil_reservation",
            source=OPEN,
            target=ReservationState.FULFILLED,
            who=KEEPS_RECORD,
            label=_("Lend to this reader"),
        ),
        Step(
            verb="cancel_reservation",
            source=OPEN,
            target=ReservationState.CANCELLED,
            who=KEEPS_RECORD,
            label=_("Call off"),
            tone="plain",
        ),
        Step(
            verb="lapse_reservation",
            source=(ReservationState.READY,),
            target=ReservationState.LAPSED,
            who=PLATFORM,
            label=_("Not fetched in time"),
            needs=(Condition("its day is over", _day_is_over, _("Its last day is not over yet.")),),
        ),
    ],
)
