"""The whole table of claims: every state × every verb × everybody, and that what is refused changed nothing."""

import pytest
from django.db import transaction
from tests.factories.distribution_people import EVERYBODY, everybody, everything_written
from tests.factories.distribution_stock import claimed_round
from tests.factories.orgs import AT, Network, small_network

from lianxue.distribution.enums import ClaimKind, ClaimState
from lianxue.distribution.flows.claim import CLAIM_FLOW
from lianxue.distribution.models import Claim
from lianxue.distribution.operations.claims.answer import answer_claim, decline_answer
from lianxue.distribution.operations.claims.settle import accept_answer, settle_claim
from lianxue.kernel.errors import NotAllowed, Refused, WrongState
from lianxue.orgs.public import Actor

pytestmark = pytest.mark.django_db

# verb: state -> who succeeds. States that are not named are wrong for everybody.
TABLE: dict[str, dict[str, str]] = {
    "answer_claim": {"open": "S", "answered": "S"},
    "accept_answer": {"answered": "PD"},
    "decline_answer": {"answered": "PD"},
    "settle_claim": {"open": "O", "answered": "O"},
}


def _claim(network: Network, state: str) -> Claim:
    claimed_round(network, (3, 2, 0, 0))
    claim = Claim.objects.get(kind=ClaimKind.DAMAGED)
    if state != ClaimState.OPEN:
        claim = answer_claim(actor=network.supplier_clerk, at=AT, claim=claim, remedy="resend", answer="补发")
    if state == ClaimState.SETTLED:
        claim = settle_claim(
            actor=network.office_admin, at=AT, claim=claim, remedy="write_off", reason="金额很小"
        )
    return claim


def _act(verb: str, actor: Actor, claim: Claim) -> None:
    match verb:
        case "answer_claim":
            answer_claim(actor=actor, at=AT, claim=claim, remedy="credit", answer="退款")
        case "accept_answer":
            accept_answer(actor=actor, at=AT, claim=claim)
        case "decline_answer":
            decline_answer(actor=actor, at=AT, claim=claim, reason="仍需要书")
        case _:
            settle_claim(actor=actor, at=AT, claim=claim, remedy="credit", reason="供应单位停业")


def test_the_table_names_every_verb() -> None:
    assert tuple(TABLE) == CLAIM_FLOW.verbs


@pytest.mark.parametrize("state", ClaimState.values)
@pytest.mark.parametrize("verb", TABLE)
def test_every_verb_in_every_state_by_everybody(state: str, verb: str) -> None:
    network = small_network()
    claim = _claim(network, state)
    actors = everybody(network)
    before = everything_written()
    for letter in EVERYBODY:
        outcome: type[Refused] | None = None
        with transaction.atomic():
            try:
                _act(verb, actors[letter], claim)
            except Refused as refusal:
                outcome = type(refusal)
                assert everything_written() == before
            else:
                assert Claim.objects.get(pk=claim.pk).state == CLAIM_FLOW.steps[verb].target
            transaction.set_rollback(True)
        allowed = TABLE[verb].get(state)
        if allowed is None:
            assert outcome is WrongState, letter
        else:
            assert outcome is (None if letter in allowed else NotAllowed), letter
    offered = {
        letter: [o.verb for o in CLAIM_FLOW.offered(actor=actor, subject=claim, at=AT)]
        for letter, actor in actors.items()
    }
    assert offered == {
        letter: [verb for verb in TABLE if letter in TABLE[verb].get(state, "")] for letter in EVERYBODY
    }
