"""The whole table of filings: every state × every verb × everybody, and that what is refused changed nothing."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from tests.factories.orgs import AT, make_actor
from tests.factories.programmes import TrialCall, education_network, trial_call
from tests.factories.programmes_people import everybody, everything_written
from tests.kernel.test_files import picture
from tests.programmes.flows.matrix import offered_to_everybody, tried_by_everybody

from lianxue.accounts.models import Person
from lianxue.documents.public import set_letter_code
from lianxue.kernel.errors import NotAllowed, Unmet
from lianxue.orgs.models import Post
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import Decision, FilingState
from lianxue.programmes.errors import OpinionGiven
from lianxue.programmes.flows.filing import FILING_FLOW
from lianxue.programmes.models import Filing
from lianxue.programmes.operations.desks.opinions import give_opinion
from lianxue.programmes.operations.filings.save_answer import save_answer
from lianxue.programmes.operations.filings.scans import send_scan
from lianxue.programmes.operations.filings.submit import submit_filing, take_back_filing
from lianxue.programmes.operations.letters.decision_letter import issue_decision_letter
from lianxue.programmes.operations.notices.change_notice import begin_notice

pytestmark = pytest.mark.django_db

# A filing of the first street, at the desk of its district when it was handed in.
TABLE: dict[str, dict[str, str]] = {
    "save_answer": {"draft": "U", "returned": "U"},
    "submit_filing": {"draft": "U", "returned": "U"},
    "take_back_filing": {"submitted": "U"},
    "send_scan": {"submitted": "U"},
    "approve": {"submitted": "DG"},
    "return": {"submitted": "DG"},
    "decline": {"submitted": "DG"},
    "issue_letter": {"approved": "O", "declined": "D"},
    "begin_notice": {"approved": "U"},
}


def _filing(trial: TrialCall, state: str) -> Filing:
    filing = trial.fill(trial.filing(trial.network.streets[0]))
    if state == FilingState.DRAFT:
        return filing
    filing = trial.submit(filing)
    match state:
        case FilingState.RETURNED:
            return trial.opinion(filing, Decision.RETURN)
        case FilingState.DECLINED:
            return trial.opinion(filing, Decision.DECLINE)
        case FilingState.APPROVED:
            return trial.opinion(trial.opinion(filing))
    return filing


def _act(verb: str, actor: Actor, filing: Filing) -> None:
    match verb:
        case "save_answer":
            mark = int(filing.marks.get("plan", 0))
            save_answer(actor=actor, at=AT, filing=filing, key="plan", value="另一方案", mark=mark)
        case "submit_filing":
            submit_filing(actor=actor, at=AT, filing=filing)
        case "take_back_filing":
            take_back_filing(actor=actor, at=AT, filing=filing)
        case "send_scan":
            send_scan(actor=actor, at=AT, filing=filing, upload=ContentFile(picture(), "scan.jpg"))
        case "issue_letter":
            issue_decision_letter(actor=actor, at=AT, filing=filing)
        case "begin_notice":
            begin_notice(actor=actor, at=AT, filing=filing, effective_on=AT.date())
        case _:
            give_opinion(actor=actor, at=AT, filing=filing, decision=Decision(verb), comment="意见")


def test_the_table_names_every_verb() -> None:
    assert tuple(TABLE) == FILING_FLOW.verbs


@pytest.mark.parametrize("state", FilingState.values)
def test_every_verb_in_every_state_by_everybody(state: str) -> None:
    trial = trial_call(education_network())
    actors, filing = everybody(trial.network), _filing(trial, state)
    for letter, words in {"O": "沪教委终", "D": "黄教"}.items():
        set_letter_code(actor=actors[letter], at=AT, words=words)
    for verb in TABLE:
        tried_by_everybody(
            FILING_FLOW,
            TABLE,
            filing,
            verb=verb,
            actors=actors,
            act=lambda actor, verb=verb: _act(verb, actor, filing),
        )
    offered_to_everybody(FILING_FLOW, TABLE, filing, actors)


def test_at_the_second_desk_the_first_has_no_say_any_more(trial: TrialCall) -> None:
    actors = everybody(trial.network)
    filing = trial.opinion(trial.submitted(trial.network.streets[0]))
    before = everything_written()
    for letter, refusal in {
        "D": OpinionGiven,
        "G": OpinionGiven,
        "F": NotAllowed,
        "U": NotAllowed,
        "R": NotAllowed,
    }.items():
        with pytest.raises(refusal):
            give_opinion(actor=actors[letter], at=AT, filing=filing, decision=Decision.APPROVE)
    assert everything_written() == before
    assert (
        give_opinion(actor=actors["H"], at=AT, filing=filing, decision=Decision.APPROVE).state == "approved"
    )


def test_what_was_read_at_one_level_is_not_said_at_another(trial: TrialCall) -> None:
    filing = trial.opinion(trial.submitted(trial.network.streets[0]))
    office = trial.network.actor(trial.network.office)
    with pytest.raises(OpinionGiven):
        give_opinion(actor=office, at=AT, filing=filing, decision=Decision.APPROVE, position=0)


def test_after_the_window_nothing_is_taken_back_that_could_not_come_again(trial: TrialCall) -> None:
    filing = trial.submitted(trial.network.streets[0])
    late = trial.at + timedelta(days=60)
    with pytest.raises(Unmet):
        take_back_filing(actor=trial.network.actor(filing.unit), at=late, filing=filing)


def test_a_delegate_decides_nothing_that_the_principal_handed_in(trial: TrialCall) -> None:
    """The district's administrator may hold a post in the street too: their delegate is then no way round."""
    actors = everybody(trial.network)
    street, principal = actors["U"], actors["D"]
    both = Actor(
        **{name: getattr(street, name) for name in street.__slots__} | {"person_id": principal.person_id}
    )
    filing = submit_filing(actor=both, at=AT, filing=trial.fill(trial.filing(trial.network.streets[0])))
    with pytest.raises(NotAllowed):
        give_opinion(actor=actors["G"], at=AT, filing=filing, decision=Decision.APPROVE)


def test_a_delegation_ends_with_the_post_of_who_gave_it(trial: TrialCall) -> None:
    actors = everybody(trial.network)
    filing = trial.submitted(trial.network.streets[0])
    colleague = make_actor(trial.network.districts[0])
    assert Person.objects.filter(pk=colleague.person_id).exists()
    Post.objects.filter(pk=actors["D"].post_id).update(ends_on=AT.date() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        give_opinion(actor=actors["G"], at=AT, filing=filing, decision=Decision.APPROVE)
