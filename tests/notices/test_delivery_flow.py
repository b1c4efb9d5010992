"""Every state × verb × person of a delivery."""

import pytest
from tests.factories.orgs import AT, PLATFORM, small_network

from lianxue.kernel.errors import NotAllowed, WrongState
from lianxue.notices.enums import Channel, DeliveryState
from lianxue.notices.flows.delivery import DELIVERY_FLOW
from lianxue.notices.models import Delivery
from lianxue.orgs.public import Actor, Role

pytestmark = pytest.mark.django_db

WAITING, SENDING, SENT, FAILED = "waiting", "sending", "sent", "failed"
TAKEN = {
    ("begin", WAITING): (SENDING, {"platform"}),
    ("arrive", SENDING): (SENT, {"platform"}),
    ("put_off", SENDING): (WAITING, {"platform"}),
    ("fail", SENDING): (FAILED, {"platform"}),
    ("try_again", FAILED): (WAITING, {"office", "operator"}),
}


def test_every_state_verb_and_person() -> None:
    network = small_network()
    people: dict[str, Actor] = {
        "platform": PLATFORM,
        "office": network.office_admin,
        "operator": network.actor(network.office, Role.SYSTEM_OPERATOR),
        "auditor": network.actor(network.office, Role.AUDITOR),
        "college": network.actor(network.colleges[0]),
        "point": network.actor(network.points[0]),
        "supplier": network.supplier_clerk,
        "visitor": Actor.visitor(),
    }
    assert DELIVERY_FLOW.verbs == ("begin", "arrive", "put_off", "fail", "try_again")
    for verb in DELIVERY_FLOW.verbs:
        for state in DeliveryState.values:
            for name, actor in people.items():
                delivery = Delivery(channel=Channel.EMAIL, state=state, due_at=AT)
                target, who = TAKEN.get((verb, state), (None, set()))
                if target is None:
                    with pytest.raises(WrongState):
                        DELIVERY_FLOW.require(verb, actor=actor, subject=delivery, at=AT)
                elif name in who:
                    step = DELIVERY_FLOW.require(verb, actor=actor, subject=delivery, at=AT)
                    assert step.target == target
                else:
                    with pytest.raises(NotAllowed):
                        DELIVERY_FLOW.require(verb, actor=actor, subject=delivery, at=AT)
