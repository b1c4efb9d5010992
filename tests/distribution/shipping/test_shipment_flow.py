"""The whole table: every state × every verb × everybody, and that what is refused changed nothing."""

import pytest
from django.db import transaction
from tests.factories.distribution_people import EVERYBODY, everybody, everything_written
from tests.factories.distribution_stock import (
    StockedRound,
    delivered_round,
    dispatched_round,
    packed_round,
    round_at_college,
)
from tests.factories.orgs import AT, Network, small_network

from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.flows.shipment import SHIPMENT_FLOW
from lianxue.distribution.models import Receipt, Shipment
from lianxue.distribution.operations.shipping.correct_receipt import correct_receipt
from lianxue.distribution.operations.shipping.dispatch import dispatch
from lianxue.distribution.operations.shipping.pass_on import confirm_arrival, send_on
from lianxue.distribution.operations.shipping.receive import LotCount, receive
from lianxue.kernel.errors import NotAllowed, Refused, WrongState
from lianxue.kernel.models import AuditEntry, Outcome
from lianxue.orgs.public import Actor

pytestmark = pytest.mark.django_db


def _through(network: Network, copies: tuple[int, ...] = (3,)) -> StockedRound:
    """A parcel on its way through the college."""
    return dispatched_round(network, copies, via=network.colleges[0])


MAKE = {
    "preparing": packed_round,
    "dispatched": _through,
    "at_college": round_at_college,
    "received": delivered_round,
}

# verb: state -> who succeeds. States that are not named are wrong for everybody.
TABLE: dict[str, dict[str, str]] = {
    "dispatch": {"preparing": "S"},
    "confirm_arrival": {"dispatched": "C"},
    "send_on": {"at_college": "C"},
    "receive": {"dispatched": "PD", "at_college": "PD"},
    "correct_receipt": {"received": "PD"},
}


def _act(verb: str, actor: Actor, shipment: Shipment) -> None:
    match verb:
        case "dispatch":
            dispatch(actor=actor, at=AT, shipment=shipment)
        case "confirm_arrival":
            confirm_arrival(actor=actor, at=AT, shipments=[shipment])
        case "send_on":
            send_on(actor=actor, at=AT, shipments=[shipment])
        case "receive":
            receive(actor=actor, at=AT, shipment=shipment)
        case _:
            receipt = Receipt.objects.filter(shipment=shipment).first() or Receipt(shipment=shipment)
            counts = [LotCount(lot.pk, lot.quantity - 1, missing=1) for lot in shipment.lines.all()]
            correct_receipt(actor=actor, at=AT, receipt=receipt, counts=counts, reason="点错了")


def test_the_table_names_every_state_and_verb() -> None:
    assert set(TABLE) == set(SHIPMENT_FLOW.verbs)
    assert set(MAKE) == set(SHIPMENT_FLOW.states) == set(ShipmentState.values)


@pytest.mark.parametrize("state", ShipmentState.values)
@pytest.mark.parametrize("verb", TABLE)
def test_every_verb_in_every_state_by_everybody(state: str, verb: str) -> None:
    network = small_network()
    shipment = MAKE[state](network, (3, 1)).shipments[0]
    actors = everybody(network)
    before = everything_written()
    for letter in EVERYBODY:
        refusals = AuditEntry.objects.filter(outcome=Outcome.REFUSED).count()
        outcome: type[Refused] | None = None
        with transaction.atomic():
            try:
                _act(verb, actors[letter], shipment)
            except Refused as refusal:
                outcome = type(refusal)
                assert everything_written() == before
                assert AuditEntry.objects.filter(outcome=Outcome.REFUSED).count() == refusals + 1
            else:
                assert Shipment.objects.get(pk=shipment.pk).state == (
                    SHIPMENT_FLOW.steps[verb].target or state
                )
            transaction.set_rollback(True)
        allowed = TABLE[verb].get(state)
        if allowed is None:
            assert outcome is WrongState, letter
        else:
            assert outcome is (None if letter in allowed else NotAllowed), letter


@pytest.mark.parametrize("state", ShipmentState.values)
def test_buttons_are_offered_to_those_who_may_press_them(state: str) -> None:
    network = small_network()
    shipment = MAKE[state](network).shipments[0]
    shipment.refresh_from_db()
    for letter, actor in everybody(network).items():
        offered = [o.verb for o in SHIPMENT_FLOW.offered(actor=actor, subject=shipment, at=AT)]
        assert offered == [verb for verb in TABLE if letter in TABLE[verb].get(state, "")], letter
