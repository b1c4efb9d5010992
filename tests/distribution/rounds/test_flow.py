"""The transition table of rounds: every state, every verb, everybody."""

import pytest
from tests.factories.distribution_demand import DemandRound, prepared_round
from tests.factories.orgs import AT, Network, make_actor, make_organisation, small_network

from lianxue.distribution.enums import RoundState
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.models import DemandBatch, Round
from lianxue.kernel.errors import NotAllowed, Refused, Unmet, WrongState
from lianxue.orgs.public import Actor, OrganisationKind, Role

pytestmark = pytest.mark.django_db

# verb: in which states, and what the state becomes ("" = stays); and who besides the office may
TABLE: dict[str, tuple[set[str], str]] = {
    "edit_round": ({"draft", "open", "allocating", "allocated"}, ""),
    "add_titles": ({"draft", "open"}, ""),
    "remove_title": ({"draft", "open"}, ""),
    "change_title": ({"draft", "open", "allocating"}, ""),
    "open_round": ({"draft"}, "open"),
    "start_allocating": ({"open"}, "allocating"),
    "propose_allocation": ({"allocating"}, ""),
    "commit_allocation": ({"allocating"}, "allocated"),
    "close_round": ({"allocated"}, "closed"),
    "remind_missing": ({"open"}, ""),
    "give_late_consent": ({"open"}, ""),
    "carry_unmet": ({"allocated", "closed"}, ""),
    "close_unmet": ({"allocated", "closed"}, ""),
    "take_in_unmet": ({"open"}, ""),
}
BESIDES: dict[str, set[str]] = {"remind_missing": {"college"}, "give_late_consent": {"college"}}


def everybody(network: Network) -> dict[str, Actor]:
    """Return one actor of every kind; only the first may run rounds."""
    other_office = make_organisation("office-2", OrganisationKind.GUIDANCE_OFFICE)
    return {
        "office": network.office_admin,
        "other office": make_actor(other_office),
        "office reviewer": network.actor(network.office, Role.RESOURCE_REVIEWER),
        "office auditor": network.actor(network.office, Role.AUDITOR),
        "college": network.actor(network.colleges[0]),
        "point": network.actor(network.points[0]),
        "desk": network.actor(network.points[0], Role.DESK_CLERK),
        "supplier": network.supplier_clerk,
        "visitor": Actor.visitor(),
        "platform": Actor.platform(),
    }


@pytest.fixture
def made() -> DemandRound:
    return prepared_round(small_network())


def test_the_table_names_every_verb() -> None:
    assert set(ROUND_FLOW.verbs) == set(TABLE)
    assert {verb: step.target or "" for verb, step in ROUND_FLOW.steps.items()} == {
        verb: target for verb, (_states, target) in TABLE.items()
    }


def test_state_by_verb_by_role(made: DemandRound) -> None:
    actors = everybody(made.network)
    DemandBatch.objects.create(round=made.round, college=made.network.colleges[0])
    for state in RoundState.values:
        made.round.state = state
        for verb, (states, _target) in TABLE.items():
            for who, actor in actors.items():
                expected: type[Refused] | None = None
                if state not in states:
                    expected = WrongState
                elif who != "office" and who not in BESIDES.get(verb, ()):
                    expected = NotAllowed
                assert _refusal(made.round, verb, actor) is expected, (state, verb, who)
                offers = {offer.verb for offer in ROUND_FLOW.offered(actor=actor, subject=made.round, at=AT)}
                assert (verb in offers) is (expected is None), (state, verb, who)


def _refusal(subject: Round, verb: str, actor: Actor) -> type[Refused] | None:
    try:
        ROUND_FLOW.require(verb, actor=actor, subject=subject, at=AT)
    except Refused as refusal:
        return type(refusal)
    return None


def test_opening_takes_titles(made: DemandRound) -> None:
    made.round.titles.all().delete()
    with pytest.raises(Unmet):
        ROUND_FLOW.require("open_round", actor=made.network.office_admin, subject=made.round, at=AT)
