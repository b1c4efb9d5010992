"""The way of a filing from the unit over every desk to what it makes."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.factories.programmes import PHONE, TrialCall

from lianxue.kernel.errors import NotAllowed, Unmet, WrongState
from lianxue.programmes.enums import Decision, FilingState
from lianxue.programmes.errors import AnswerChanged, NotComplete, RevisionMoved, WordsMissing
from lianxue.programmes.models import Award, FilingRevision, Opinion, RosterEntry
from lianxue.programmes.operations.desks.opinions import give_opinion
from lianxue.programmes.operations.filings.begin import begin_filing
from lianxue.programmes.operations.filings.revisions import is_unchanged
from lianxue.programmes.operations.filings.save_answer import save_answer
from lianxue.programmes.operations.filings.submit import submit_filing, take_back_filing
from lianxue.programmes.queries.opening import masked_answers, opened_answers


def test_it_goes_from_desk_to_desk_and_makes_roster_and_status(trial: TrialCall) -> None:
    street = trial.network.streets[0]
    filing = trial.submitted(street)
    assert (filing.state, filing.position, filing.desk_id) == ("submitted", 0, trial.network.districts[0].pk)
    filing = trial.opinion(filing)
    assert (filing.state, filing.position, filing.desk_id) == ("submitted", 1, trial.network.office.pk)
    filing = trial.opinion(filing)
    assert (filing.state, filing.position, filing.desk_id) == ("approved", None, None)
    assert list(RosterEntry.objects.values_list("name", "starts_on", "ends_on")) == [
        ("李甪", trial.at.date(), None)
    ]
    award = Award.objects.get()
    assert (award.holder, str(award.valid_from), str(award.valid_until)) == (
        "外滩街道",
        "2026-03-02",
        "2029-03-01",
    )


def test_personal_values_are_sealed_and_shown_masked(trial: TrialCall) -> None:
    filing = trial.submitted(trial.network.streets[0])
    revision = FilingRevision.objects.get()
    assert PHONE not in str(revision.answers)
    assert PHONE not in str(filing.answers)
    assert opened_answers(filing.form, revision.answers)["people"][0]["mobile"] == PHONE
    assert masked_answers(filing.form, revision.answers)["head_phone"] == "138****5678"


def test_what_was_handed_in_is_frozen(trial: TrialCall) -> None:
    trial.submitted(trial.network.streets[0])
    revision = FilingRevision.objects.get()
    assert is_unchanged(revision)
    with pytest.raises(DatabaseError), transaction.atomic():
        FilingRevision.objects.update(digest="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.all().delete() if Opinion.objects.exists() else revision.delete()


def test_an_incomplete_form_is_not_taken_and_says_where(trial: TrialCall) -> None:
    filing = trial.fill(trial.filing(trial.network.streets[0]), {"head_name": "", "people": []})
    with pytest.raises(NotComplete) as refused:
        trial.submit(filing)
    assert [place for place, _words in refused.value.places] == ["head_name", "area"]
    filing.refresh_from_db()
    assert (filing.state, filing.revision_number, FilingRevision.objects.count()) == ("draft", 0, 0)


def test_two_people_at_once_never_overwrite_silently(trial: TrialCall) -> None:
    filing = trial.filing(trial.network.streets[0])
    actor = trial.network.actor(filing.unit)
    save_answer(actor=actor, at=trial.at, filing=filing, key="head_name", value="先写的人", mark=0)
    with pytest.raises(AnswerChanged) as clash:
        save_answer(actor=actor, at=trial.at, filing=filing, key="head_name", value="后写的人", mark=0)
    assert (clash.value.theirs, clash.value.mark) == ("先写的人", 1)
    same = save_answer(actor=actor, at=trial.at, filing=filing, key="head_name", value="先写的人", mark=0)
    assert same.marks == {"head_name": 1}
    other = save_answer(actor=actor, at=trial.at, filing=filing, key="plan", value="同时写别处", mark=0)
    assert other.answers == {"head_name": "先写的人", "plan": "同时写别处"}


def test_a_return_needs_words_and_the_mended_filing_begins_at_the_first_desk(trial: TrialCall) -> None:
    filing = trial.opinion(trial.submitted(trial.network.streets[0]))
    city = trial.network.actor(trial.network.office)
    with pytest.raises(WordsMissing):
        give_opinion(actor=city, at=trial.at, filing=filing, decision=Decision.RETURN, comment=" ")
    filing = trial.opinion(filing, Decision.RETURN, "方案太短。")
    assert filing.state == FilingState.RETURNED
    late = trial.at + timedelta(days=90)  # after the window: what was returned may come again
    filing = submit_filing(
        actor=trial.network.actor(filing.unit), at=late, filing=trial.fill(filing, {"plan": "长"})
    )
    assert (filing.revision_number, filing.desk_id) == (2, trial.network.districts[0].pk)
    assert Opinion.objects.filter(revision__filing=filing).count() == 2


def test_nobody_decides_on_what_they_handed_in(trial: TrialCall) -> None:
    street, district = trial.network.streets[0], trial.network.districts[0]
    filing = trial.submitted(street)
    writer = trial.network.actor(street)
    with pytest.raises(NotAllowed):
        give_opinion(actor=writer, at=trial.at, filing=filing, decision=Decision.APPROVE)
    both = type(writer)(
        **{name: getattr(trial.network.actor(district), name) for name in writer.__slots__}
        | {"person_id": writer.person_id}
    )
    with pytest.raises(NotAllowed, match=r"handed in|自己提交"):
        give_opinion(actor=both, at=trial.at, filing=filing, decision=Decision.APPROVE)
    assert not Opinion.objects.exists()


def test_an_opinion_is_of_the_revision_that_was_read(trial: TrialCall) -> None:
    filing = trial.submitted(trial.network.streets[0])
    unit = trial.network.actor(filing.unit)
    filing = take_back_filing(actor=unit, at=trial.at, filing=filing)
    filing = trial.submit(filing)
    district = trial.network.actor(trial.network.districts[0])
    with pytest.raises(RevisionMoved):
        give_opinion(actor=district, at=trial.at, filing=filing, decision=Decision.APPROVE, revision_number=1)


def test_a_window_is_kept_and_a_later_stage_waits_for_the_one_before(trial: TrialCall) -> None:
    street = trial.network.streets[0]
    filing = trial.fill(trial.filing(street))
    late = trial.at + timedelta(days=60)
    with pytest.raises(Unmet):
        submit_filing(actor=trial.network.actor(street), at=late, filing=filing)
    with pytest.raises(Unmet):
        trial.filing(street, "summary")


def test_others_cannot_begin_for_a_unit(trial: TrialCall) -> None:
    street, other = trial.network.streets[:2]
    with pytest.raises(NotAllowed):
        begin_filing(
            actor=trial.network.actor(other), at=trial.at, call=trial.call, stage="filing", unit=street
        )


def test_a_taken_back_filing_can_only_be_taken_back_before_an_opinion(trial: TrialCall) -> None:
    filing = trial.opinion(trial.submitted(trial.network.streets[0]))
    with pytest.raises(Unmet):
        take_back_filing(actor=trial.network.actor(filing.unit), at=trial.at, filing=filing)
    filing = trial.opinion(filing)
    with pytest.raises(WrongState):
        give_opinion(
            actor=trial.network.actor(trial.network.office),
            at=trial.at,
            filing=filing,
            decision=Decision.APPROVE,
        )
