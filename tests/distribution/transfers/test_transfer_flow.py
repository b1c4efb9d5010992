"""The whole table of transfers: every state × every verb × everybody, and that what is refused changed nothing."""

import pytest
from django.db import transaction
from tests.factories.distribution_people import EVERYBODY, everybody, everything_written
from tests.factories.distribution_stock import delivered_round
from tests.factories.orgs import AT, Network, small_network
from tests.factories.transfers import asked_transfer

from lianxue.distribution.enums import TransferState
from lianxue.distribution.flows.transfer import TRANSFER_FLOW
from lianxue.distribution.models import Transfer
from lianxue.distribution.operations.transfers.decide_transfer import agree_to_transfer, cancel_transfer
from lianxue.distribution.operations.transfers.receive_transfer import receive_transfer
from lianxue.distribution.operations.transfers.send_transfer import send_transfer
from lianxue.kernel.errors import NotAllowed, Refused, WrongState
from lianxue.orgs.public import Actor

pytestmark = pytest.mark.django_db

# From the point (P, D) to its neighbour (N, V). verb: state -> who succeeds.
TABLE: dict[str, dict[str, str]] = {
    "agree_to_transfer": {"requested": "CO"},
    "send_transfer": {"agreed": "PD"},
    "receive_transfer": {"sent": "NV"},
    "cancel_transfer": {"requested": "PCO", "agreed": "PCO"},
}


def _transfer(network: Network, state: str) -> Transfer:
    stocked = delivered_round(network, (5,))
    transfer = asked_transfer(stocked, network.points[1], 2)
    college = network.actor(network.colleges[0])
    if state == TransferState.CANCELLED:
        return cancel_transfer(actor=college, at=AT, transfer=transfer, reason="不需要了")
    if state != TransferState.REQUESTED:
        transfer = agree_to_transfer(actor=college, at=AT, transfer=transfer)
    if state in (TransferState.SENT, TransferState.RECEIVED):
        transfer = send_transfer(actor=stocked.desk, at=AT, transfer=transfer)
    if state == TransferState.RECEIVED:
        transfer = receive_transfer(actor=network.actor(network.points[1]), at=AT, transfer=transfer)
    return transfer


def _act(verb: str, actor: Actor, transfer: Transfer) -> None:
    match verb:
        case "agree_to_transfer":
            agree_to_transfer(actor=actor, at=AT, transfer=transfer)
        case "send_transfer":
            send_transfer(actor=actor, at=AT, transfer=transfer)
        case "receive_transfer":
            receive_transfer(actor=actor, at=AT, transfer=transfer)
        case _:
            cancel_transfer(actor=actor, at=AT, transfer=transfer, reason="计划有变")


def test_the_table_names_every_verb() -> None:
    assert tuple(TABLE) == TRANSFER_FLOW.verbs


@pytest.mark.parametrize("state", TransferState.values)
@pytest.mark.parametrize("verb", TABLE)
def test_every_verb_in_every_state_by_everybody(state: str, verb: str) -> None:
    network = small_network()
    transfer = _transfer(network, state)
    actors = everybody(network)
    before = everything_written()
    for letter in EVERYBODY:
        outcome: type[Refused] | None = None
        with transaction.atomic():
            try:
                _act(verb, actors[letter], transfer)
            except Refused as refusal:
                outcome = type(refusal)
                assert everything_written() == before
            else:
                assert Transfer.objects.get(pk=transfer.pk).state == TRANSFER_FLOW.steps[verb].target
            transaction.set_rollback(True)
        allowed = TABLE[verb].get(state)
        if allowed is None:
            assert outcome is WrongState, letter
        else:
            assert outcome is (None if letter in allowed else NotAllowed), letter
    offered = {
        letter: [o.verb for o in TRANSFER_FLOW.offered(actor=actor, subject=transfer, at=AT)]
        for letter, actor in actors.items()
    }
    assert offered == {
        letter: [verb for verb in TABLE if letter in TABLE[verb].get(state, "")] for letter in EVERYBODY
    }
