"""The whole table of change notices: every state × every verb × everybody, and that what is refused changed nothing."""

from datetime import date

import pytest
from tests.factories.orgs import AT
from tests.factories.programmes import TrialCall
from tests.factories.programmes_people import everybody
from tests.programmes.flows.matrix import offered_to_everybody, tried_by_everybody

from lianxue.kernel.errors import Invalid, Unmet
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import NoticeState
from lianxue.programmes.errors import WordsMissing
from lianxue.programmes.flows.filing import NOTICE_FLOW
from lianxue.programmes.models import ChangeNotice
from lianxue.programmes.operations.notices.change_notice import (
    begin_notice,
    decide_notice,
    discard_notice,
    save_notice,
    submit_notice,
)

pytestmark = pytest.mark.django_db

# On the approved filing of the first street; the office has the last level.
TABLE: dict[str, dict[str, str]] = {
    "save_notice": {"draft": "U"},
    "discard_notice": {"draft": "U"},
    "submit_notice": {"draft": "U"},
    "accept_notice": {"submitted": "OH"},
    "decline_notice": {"submitted": "OH"},
}


def _notice(trial: TrialCall, state: str) -> ChangeNotice:
    filing = trial.approved(trial.network.streets[0])
    unit, office = trial.network.actor(filing.unit), trial.network.actor(trial.network.office)
    notice = begin_notice(actor=unit, at=AT, filing=filing, effective_on=date(2026, 4, 1))
    notice = save_notice(
        actor=unit, at=AT, notice=notice, version=0, answers={"head_name": "张垟"}, reason="人员变动"
    )
    if state == NoticeState.DRAFT:
        return notice
    notice = submit_notice(actor=unit, at=AT, notice=notice)
    if state == NoticeState.SUBMITTED:
        return notice
    accept = state == NoticeState.APPROVED
    return decide_notice(actor=office, at=AT, notice=notice, accept=accept, comment="不同意")


def _act(verb: str, actor: Actor, notice: ChangeNotice) -> None:
    match verb:
        case "save_notice":
            save_notice(actor=actor, at=AT, notice=notice, version=notice.version, reason="另一原因")
        case "discard_notice":
            discard_notice(actor=actor, at=AT, notice=notice)
        case "submit_notice":
            submit_notice(actor=actor, at=AT, notice=notice)
        case _:
            accept = verb == "accept_notice"
            decide_notice(actor=actor, at=AT, notice=notice, accept=accept, comment="意见")


def test_the_table_names_every_verb() -> None:
    assert tuple(TABLE) == NOTICE_FLOW.verbs


@pytest.mark.parametrize("state", NoticeState.values)
def test_every_verb_in_every_state_by_everybody(state: str, trial: TrialCall) -> None:
    actors, notice = everybody(trial.network), _notice(trial, state)
    for verb in TABLE:
        tried_by_everybody(
            NOTICE_FLOW,
            TABLE,
            notice,
            verb=verb,
            actors=actors,
            act=lambda actor, verb=verb: _act(verb, actor, notice),
        )
    offered_to_everybody(NOTICE_FLOW, TABLE, notice, actors)


def test_a_notice_needs_a_reason_a_change_a_possible_day_and_a_refusal_needs_words(trial: TrialCall) -> None:
    filing = trial.approved(trial.network.streets[0])
    unit, office = trial.network.actor(filing.unit), trial.network.actor(trial.network.office)
    with pytest.raises(Invalid):
        begin_notice(actor=unit, at=AT, filing=filing, effective_on=date(1, 1, 1))
    notice = begin_notice(actor=unit, at=AT, filing=filing, effective_on=date(2026, 4, 1))
    with pytest.raises(Unmet):
        submit_notice(actor=unit, at=AT, notice=notice)
    notice = save_notice(actor=unit, at=AT, notice=notice, version=0, reason="人员变动")
    with pytest.raises(Invalid):
        submit_notice(actor=unit, at=AT, notice=notice)
    notice = save_notice(actor=unit, at=AT, notice=notice, version=1, answers={"head_name": "张垟"})
    notice = submit_notice(actor=unit, at=AT, notice=notice)
    with pytest.raises(WordsMissing):
        decide_notice(actor=office, at=AT, notice=notice, accept=False)
