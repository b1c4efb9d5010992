"""The whole table: every state × every verb × every kind of actor, and that what is refused changed nothing."""

from typing import Any

import pytest
from tests.factories.orgs import AT, Network, small_network
from tests.factories.resources import COMPLETE_OFFER, make_contribution, make_description

from lianxue.kernel.errors import NotAllowed, Refused, WrongState
from lianxue.orgs.public import Actor, Role
from lianxue.resources.enums import ContributionState, Verdict
from lianxue.resources.flows.contributions import CONTRIBUTION_FLOW
from lianxue.resources.models import CatalogueEntry, Contribution, ReviewDecision, SubmittedRevision
from lianxue.resources.operations import (
    collate_contributions,
    discard_contribution,
    return_contribution,
    review_contribution,
    save_contribution,
    submit_contribution,
)

pytestmark = pytest.mark.django_db

# Who may: A the author's administrator, D a desk volunteer there, N a neighbour point's administrator, C the college's
# administrator, F a foreign college's, O the office's administrator, R its reviewer, U its auditor, S a supplier's clerk.
EVERYBODY = "ADNCFORUS"

# verb: state -> who succeeds. States that are not named are wrong for everybody.
POINTS_CONTRIBUTION: dict[str, dict[str, str]] = {
    "write": {"draft": "A", "returned": "A"},
    "discard": {"draft": "A"},
    "submit": {"draft": "A", "returned": "A"},
    "submit_to_office": {"draft": "", "returned": ""},
    "collate": {"submitted": "C"},
    "return_by_college": {"submitted": "C"},
    "accept": {"collated": "OR"},
    "return_by_office": {"collated": "OR"},
    "reject": {"collated": "OR"},
}
COLLEGES_CONTRIBUTION = {**POINTS_CONTRIBUTION, "submit": {"draft": "", "returned": ""}} | {
    "submit_to_office": {"draft": "A", "returned": "A"},
    "collate": {"submitted": ""},
    "return_by_college": {"submitted": ""},
}


def _actors(network: Network, organisation: str) -> dict[str, Actor]:
    is_point = organisation == "point"
    author = network.points[0] if is_point else network.colleges[0]
    return {
        "A": network.actor(author),
        "D": network.actor(author, Role.DESK_CLERK),
        "N": network.actor(network.points[1]),
        "C": network.actor(network.colleges[0] if is_point else network.elder_university),
        "F": network.actor(network.colleges[1]),
        "O": network.office_admin,
        "R": network.actor(network.office, Role.RESOURCE_REVIEWER),
        "U": network.actor(network.office, Role.AUDITOR),
        "S": network.supplier_clerk,
    }


def test_the_table_names_every_verb() -> None:
    assert tuple(POINTS_CONTRIBUTION) == CONTRIBUTION_FLOW.verbs
    assert set(COLLEGES_CONTRIBUTION) == set(CONTRIBUTION_FLOW.verbs)


@pytest.mark.parametrize("state", ContributionState.values)
@pytest.mark.parametrize(
    ("organisation", "table"), [("point", POINTS_CONTRIBUTION), ("college", COLLEGES_CONTRIBUTION)]
)
def test_every_verb_in_every_state_by_everybody(
    state: str, organisation: str, table: dict[str, dict[str, str]]
) -> None:
    network = small_network()
    actors = _actors(network, organisation)
    place = network.points[0] if organisation == "point" else network.colleges[0]
    row = Contribution(pk=0, organisation=place, state=state, created_by_id=actors["A"].person_id)
    row.title, row.description, row.category_id, row.copies_offered = "名", "述", 1, 1
    row.rights_holder, row.rights_declared = "本校", True
    found: dict[str, str] = {}
    expected = {verb: who.get(state, "") for verb, who in table.items()}
    for verb in CONTRIBUTION_FLOW.verbs:
        found[verb] = ""
        for letter in EVERYBODY:
            try:
                CONTRIBUTION_FLOW.require(verb, actor=actors[letter], subject=row, at=AT)
            except WrongState:
                assert state not in table[verb]
            except NotAllowed:
                assert state in table[verb]
            else:
                found[verb] += letter
    assert found == expected
    offered = {
        letter: [o.verb for o in CONTRIBUTION_FLOW.offered(actor=actors[letter], subject=row, at=AT)]
        for letter in EVERYBODY
    }
    assert offered == {
        letter: [verb for verb in CONTRIBUTION_FLOW.verbs if letter in expected[verb]] for letter in EVERYBODY
    }


def _try(verb: str, row: Contribution, actor: Actor) -> None:
    common: dict[str, Any] = {"actor": actor, "at": AT}
    verdicts = {"accept": Verdict.ACCEPTED, "return_by_office": Verdict.RETURNED, "reject": Verdict.REJECTED}
    if verb == "write":
        text = make_description("改过的题名")
        save_contribution(**common, contribution=row, description=text, offer=COMPLETE_OFFER)
    elif verb == "discard":
        discard_contribution(**common, contribution=row)
    elif verb.startswith("submit"):
        submit_contribution(**common, contribution=row)
    elif verb == "collate":
        collate_contributions(**common, contribution_ids=[row.pk])
    elif verb == "return_by_college":
        return_contribution(**common, contribution=row, reason="请补充简介")
    else:
        review_contribution(
            **common, contribution=row, revision=row.revision, verdict=verdicts[verb], reason="理由"
        )


def _everything() -> list[object]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Contribution, SubmittedRevision, ReviewDecision, CatalogueEntry)
    ]


@pytest.mark.parametrize("state", ContributionState.values)
def test_what_is_refused_changes_nothing(state: str) -> None:
    network = small_network()
    row = make_contribution(network, ContributionState(state))
    actors = _actors(network, "point")
    before = _everything()
    for verb in CONTRIBUTION_FLOW.verbs:
        if verb == "submit_to_office":
            continue  # the same operation as submit
        allowed = POINTS_CONTRIBUTION[verb].get(state, "")
        for letter in EVERYBODY.translate({ord(one): None for one in allowed}):
            with pytest.raises(Refused):
                _try(verb, row, actors[letter])
            assert _everything() == before, (verb, letter)
