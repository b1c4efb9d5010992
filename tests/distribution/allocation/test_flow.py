"""The way of an allocation: every state × verb × person."""

import pytest
from tests.factories.distribution_demand import DemandRound, opened_round
from tests.factories.orgs import AT, make_actor, make_organisation, small_network

from lianxue.distribution.enums import AllocationState
from lianxue.distribution.flows.allocation import ALLOCATION_FLOW
from lianxue.distribution.models import Allocation
from lianxue.kernel.errors import NotAllowed, Refused, Unmet, WrongState
from lianxue.orgs.public import Actor, OrganisationKind, Role

pytestmark = pytest.mark.django_db

TABLE = {
    "commit_allocation": ({"proposed"}, "committed"),
    "override_line": ({"proposed"}, None),
    "discard_proposal": ({"proposed"}, None),
}


def _everybody(made: DemandRound) -> dict[str, Actor]:
    network = made.network
    return {
        "office": network.office_admin,
        "reviewer": network.actor(network.office, Role.RESOURCE_REVIEWER),
        "auditor": network.actor(network.office, Role.AUDITOR),
        "other office": make_actor(make_organisation("office-2", OrganisationKind.GUIDANCE_OFFICE)),
        "college": network.actor(network.colleges[0]),
        "point": network.actor(network.points[0]),
        "supplier": network.supplier_clerk,
        "visitor": Actor.visitor(),
    }


def _refusal(subject: Allocation, verb: str, actor: Actor) -> type[Refused] | None:
    try:
        ALLOCATION_FLOW.require(verb, actor=actor, subject=subject, at=AT)
    except Refused as refusal:
        return type(refusal)
    return None


def test_state_by_verb_by_person() -> None:
    made = opened_round(small_network(), (3,))
    made.end_demand()
    actors = _everybody(made)
    assert set(ALLOCATION_FLOW.verbs) == set(TABLE)
    for verb, (states, target) in TABLE.items():
        assert ALLOCATION_FLOW.steps[verb].target == target
        for state in AllocationState.values:
            subject = Allocation(round=made.round, policy="proportional", state=state, proposed_at=AT)
            for who, actor in actors.items():
                expected: type[Refused] | None = None
                if state not in states:
                    expected = WrongState
                elif who != "office":
                    expected = NotAllowed
                assert _refusal(subject, verb, actor) is expected, (state, verb, who)


def test_proposals_that_were_not_taken_are_left_alone() -> None:
    """Once another proposal has been decided, the others stay as they were shown."""
    made = opened_round(small_network(), (3,))
    made.ask(made.network.points[0], [2])
    made.end_demand()
    other = made.propose("coverage_first")
    made.allocate_as("proportional")
    other.round.refresh_from_db()
    for verb in TABLE:
        assert _refusal(other, verb, made.network.office_admin) is Unmet, verb
