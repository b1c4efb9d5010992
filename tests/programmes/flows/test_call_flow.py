"""The whole table of calls: every state × every verb × everybody, and that what is refused changed nothing."""

from datetime import date

import pytest
from tests.factories.orgs import AT
from tests.factories.programmes import (
    TRIAL,
    EducationNetwork,
    TrialCall,
    education_network,
    known_programme,
    trial_call,
)
from tests.factories.programmes_people import everybody
from tests.programmes.flows.matrix import offered_to_everybody, tried_by_everybody

from lianxue.kernel.errors import Invalid, Unmet
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import CallState
from lianxue.programmes.errors import NobodySits
from lianxue.programmes.flows.call import CALL_FLOW
from lianxue.programmes.models import Call
from lianxue.programmes.operations.calls.moving import (
    close_call,
    discard_call,
    give_consent,
    open_call,
    reopen_call,
)
from lianxue.programmes.operations.calls.prepare import create_call, save_call

pytestmark = pytest.mark.django_db

TABLE: dict[str, dict[str, str]] = {
    "save_call": {"draft": "O", "open": "O"},
    "discard_call": {"draft": "O"},
    "open_call": {"draft": "O"},
    "give_consent": {"open": "O"},
    "close_call": {"open": "O"},
    "reopen_call": {"closed": "O"},
}


def _call(network: EducationNetwork, state: str) -> Call:
    office = network.actor(network.office)
    if state == CallState.DRAFT:
        return create_call(actor=office, at=AT, code="trial", title="2026年试行", year=2026)
    call = trial_call(network).call
    return call if state == CallState.OPEN else close_call(actor=office, at=AT, call=call)


def _act(verb: str, actor: Actor, call: Call, network: EducationNetwork) -> None:
    match verb:
        case "save_call":
            save_call(
                actor=actor,
                at=AT,
                call=call,
                version=call.version,
                title="改了标题",
                year=2026,
                official_number="",
                days={},
                numbers={},
            )
        case "give_consent":
            give_consent(
                actor=actor,
                at=AT,
                call=call,
                stage="filing",
                unit=network.streets[0],
                until_on=date(2026, 5, 1),
                reason="汛期",
            )
        case _:
            acts = {
                "discard_call": discard_call,
                "open_call": open_call,
                "close_call": close_call,
                "reopen_call": reopen_call,
            }
            acts[verb](actor=actor, at=AT, call=call)


def test_the_table_names_every_verb() -> None:
    assert tuple(TABLE) == CALL_FLOW.verbs


@pytest.mark.parametrize("state", CallState.values)
def test_every_verb_in_every_state_by_everybody(state: str) -> None:
    network = education_network()
    actors, call = everybody(network), _call(network, state)
    for verb in TABLE:
        tried_by_everybody(
            CALL_FLOW,
            TABLE,
            call,
            verb=verb,
            actors=actors,
            act=lambda actor, verb=verb: _act(verb, actor, call, network),
        )
    offered_to_everybody(CALL_FLOW, TABLE, call, actors)


def test_a_call_with_filings_under_way_is_not_closed(trial: TrialCall) -> None:
    filing = trial.submitted(trial.network.streets[0])
    office = trial.network.actor(trial.network.office)
    with pytest.raises(Unmet):
        close_call(actor=office, at=AT, call=trial.call)
    trial.opinion(trial.opinion(filing))
    assert close_call(actor=office, at=AT, call=trial.call).state == "closed"


def test_a_call_for_organisations_that_are_not_there_says_which(trial: TrialCall) -> None:
    office = trial.network.actor(trial.network.office)
    lonely = TRIAL.read_text(encoding="utf-8").replace(
        "units: {chain: education_administration, depth: 3}",
        "units: {chain: education_administration, depth: 3, kinds: [school]}",
    )
    with known_programme(lonely.replace("code: trial", "code: lonely")):
        call = create_call(actor=office, at=AT, code="lonely", title="2026年试行", year=2026)
    with pytest.raises(NobodySits, match="学校"):
        open_call(actor=office, at=AT, call=call)
    assert Call.objects.get(pk=call.pk).state == "draft"


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("term_years", "3.5"),
        ("term_years", "0"),
        ("term_years", "9999"),
        ("panel_size", "16"),
        ("recommendation_ratio", "101"),
        ("recommendation_ratio", "."),
        ("recommendation_ratio", "²"),
    ],
)
def test_a_number_that_could_not_be_used_later_is_refused_at_once(
    trial: TrialCall, key: str, text: str
) -> None:
    office = trial.network.actor(trial.network.office)
    with pytest.raises(Invalid) as refused:
        save_call(
            actor=office,
            at=AT,
            call=trial.call,
            version=trial.call.version,
            title=trial.call.title,
            year=2026,
            official_number="",
            days={},
            numbers={key: text},
        )
    assert list(refused.value.fields) == [f"numbers.{key}"]
    assert Call.objects.get(pk=trial.call.pk).numbers == {"term_years": "3"}
