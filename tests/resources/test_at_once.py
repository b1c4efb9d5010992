"""Two people at once, and one who presses twice: real threads and connections; everything happens once."""

import pytest
from tests.factories.orgs import AT, small_network
from tests.factories.resources import COMPLETE_OFFER, make_contribution, make_description, make_entry
from tests.factories.threads import at_once

from lianxue.kernel.errors import WrongState
from lianxue.orgs.public import Role
from lianxue.resources.enums import ContributionState, Level, Verdict
from lianxue.resources.errors import SomeMovedOn
from lianxue.resources.models import CatalogueEntry, Contribution, ReviewDecision, SubmittedRevision
from lianxue.resources.operations import (
    collate_contributions,
    review_contribution,
    save_contribution,
    submit_contribution,
)
from lianxue.resources.operations.import_sheets import import_contributions
from lianxue.resources.operations.sheets import ContributionDraft
from lianxue.resources.queries.asked import Search
from lianxue.resources.queries.catalogue import search_catalogue

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_database")]


def test_two_reviewers_decide_once() -> None:
    network = small_network()
    row = make_contribution(network, ContributionState.COLLATED)
    office, reviewer = network.office_admin, network.actor(network.office, Role.RESOURCE_REVIEWER)
    outcome = at_once(
        [
            lambda actor=actor, verdict=verdict: review_contribution(  # type: ignore[misc]
                actor=actor, at=AT, contribution=row, revision=1, verdict=verdict, reason="理由"
            )
            for actor, verdict in [(office, Verdict.ACCEPTED), (reviewer, Verdict.REJECTED)] * 4
        ]
    )
    assert outcome.count(None) == 1
    assert {type(refusal) for refusal in outcome if refusal} == {WrongState}
    decision = ReviewDecision.objects.get(level=Level.OFFICE)
    row.refresh_from_db()
    assert row.state == decision.verdict
    assert CatalogueEntry.objects.count() == (decision.verdict == Verdict.ACCEPTED)


def test_a_double_click_publishes_once() -> None:
    network = small_network()
    row = make_contribution(network, ContributionState.COLLATED)
    actor = network.office_admin
    outcome = at_once(
        [
            lambda: review_contribution(
                actor=actor,
                at=AT,
                contribution=row,
                revision=1,
                verdict=Verdict.ACCEPTED,
                reason="理由",
                request_key="one-form",
            )
        ]
        * 6
    )
    assert outcome == [None] * 6
    assert CatalogueEntry.objects.count() == 1


def test_a_form_sent_many_times_makes_one_contribution_and_one_submission() -> None:
    network = small_network()
    author = network.actor(network.points[0])
    description = make_description()
    outcome = at_once(
        [
            lambda: save_contribution(
                actor=author, at=AT, description=description, offer=COMPLETE_OFFER, request_key="one-form"
            )
        ]
        * 6
    )
    assert outcome == [None] * 6
    row = Contribution.objects.get()
    outcome = at_once([lambda: submit_contribution(actor=author, at=AT, contribution=row)] * 6)
    assert outcome.count(None) == 1
    assert SubmittedRevision.objects.count() == 1


def test_two_at_a_college_pass_overlapping_lists_on_without_locking_up() -> None:
    network = small_network()
    ids = [make_contribution(network, ContributionState.SUBMITTED, title=f"第{n}本").pk for n in range(6)]
    college = network.actor(network.colleges[0])
    outcome = at_once(
        [
            lambda part=part: collate_contributions(actor=college, at=AT, contribution_ids=part)  # type: ignore[misc]
            for part in (ids, list(reversed(ids)), ids[:4], ids[2:])
        ]
    )
    assert {type(refusal) for refusal in outcome if refusal} <= {SomeMovedOn}
    collated = Contribution.objects.filter(state=ContributionState.COLLATED).count()
    assert collated in (4, 6)
    assert ReviewDecision.objects.count() == collated


def test_one_table_sent_from_two_windows_comes_in_once() -> None:
    network = small_network()
    author = network.actor(network.points[0])
    drafts = [ContributionDraft(make_description(f"第{n}本"), COMPLETE_OFFER) for n in range(5)]
    outcome = at_once([lambda: import_contributions(actor=author, at=AT, drafts=drafts)] * 4)
    assert outcome.count(None) == 1
    assert Contribution.objects.count() == 5


def test_people_who_search_while_entries_come_in_see_each_one() -> None:
    network = small_network()
    actor = network.actor(network.points[0])

    def found() -> list[str]:
        return [entry.title for entry in search_catalogue(actor, Search(text="太极")).windows[0:24]]

    def add(number: int) -> None:
        make_entry(f"太极拳{number}", provider=network.points[0])
        assert f"太极拳{number}" in found()

    make_entry("太极拳", provider=network.points[0])
    assert at_once([lambda number=number: add(number) for number in range(8)]) == [None] * 8  # type: ignore[misc]  # bound now, not when it runs
    assert len(found()) == 9
