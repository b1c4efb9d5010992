"""Worked examples: what each policy gives, and how it is told, to the last digit."""

from typing import Any

import pytest
from django.utils import translation
from tests.factories.distribution_demand import DemandRound, opened_round
from tests.factories.distribution_stock import delivered_round
from tests.factories.orgs import AT, small_network

from lianxue.distribution.enums import Audience
from lianxue.distribution.models import Allocation, DemandLine, Need, PointYear, RoundTitle
from lianxue.distribution.operations.allocation.explanation import explain_line
from lianxue.distribution.operations.allocation.policies import Terms

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def _told(made: DemandRound, allocation: Allocation, number: int) -> list[str]:
    line = DemandLine.objects.get(request__point=made.network.points[number], title=made.titles[0])
    return [str(sentence) for sentence in explain_line(allocation.pk, line.title_id, line.pk).sentences]


def _three_points(supply: int = 10) -> DemandRound:
    made = opened_round(small_network(), (supply,))
    for number, copies in ((0, 8), (1, 4), (3, 4)):
        made.ask(made.network.points[number], [copies])
    made.end_demand()
    return made


def test_in_proportion() -> None:
    made = _three_points()
    proposal = made.propose()
    assert proposal.titles.get().quantities == [5, 3, 2]
    assert _told(made, proposal, 1) == [
        "3 points ask for 16 copies together; 10 copies are available.",
        "The exact share of this point is 10 × 4 ÷ 16 = 2.50.",
        "It gets the 2 whole copies of that.",
        "1 copies remain after the whole ones and go to the largest fractions, one each; equal ones by code.",
        "Its fraction is number 1 in size, so it gets one more.",
        "Together: 3.",
    ]


def test_one_for_everybody_first() -> None:
    made = _three_points()
    proposal = made.propose("coverage_first")
    # Seven are left for 7, 3 and 3: quotients 7, 3, 3, 7/3, 7/5, then 1, 1, 1: the last goes at 1.
    assert proposal.titles.get().quantities == [5, 3, 2]
    assert _told(made, proposal, 0) == [
        "3 points ask for 16 copies together; 10 copies are available.",
        "Everybody gets 1 first (or all that they ask for, if that is less): 3 copies. 7 are left.",
        "This point gets 1 of these and still asks for 7.",
        "They go out one by one, each to whoever has the highest quotient: what a point still asks for, divided by 1 for its first, 3 for its second, 5 for its third and so on; equal ones by code. The last one went at 1.00.",
        "This point: 7 ÷ 7 = 1.00 was high enough for its 4.",
        "7 ÷ 9 = 0.78 was not high enough for one more.",
        "Together: 1 + 4 = 5.",
    ]


def test_fewer_copies_than_points() -> None:
    made = _three_points(2)
    proposal = made.propose("coverage_first")
    assert proposal.titles.get().quantities == [1, 1, 0]
    assert _told(made, proposal, 3)[1:] == [
        "That is not enough to give everybody a first share of 1 copies (or all that they ask for, if that is less).",
        "Those who ask for most come first; equal ones by their code.",
        "This point is number 3 in that order; the copies end at number 2, so it gets none.",
    ]


def test_enough_for_everybody() -> None:
    made = _three_points(16)
    assert _told(made, made.propose("by_needs"), 0) == [
        "3 points ask for 16 copies together; 16 copies are available.",
        "There is enough for everybody: the point gets all 8 copies.",
    ]


def test_by_what_people_wish_for() -> None:
    made = _three_points()
    for number, copies in ((0, 2), (3, 9)):
        Need.objects.create(
            round=made.round,
            point=made.network.points[number],
            title=made.titles[0],
            audience=Audience.LEARNER,
            quantity=copies,
            left_at=AT,
        )
    proposal = made.propose("by_needs")
    # Wished for: 2 of 8, 0 of 4, all 4 of 4. Four are left for 6 and 4: quotients 6, 4, 2, 4/3.
    sheet = proposal.titles.get()
    assert (sheet.needs, sheet.quantities) == ([2, 0, 9], [4, 2, 4])
    assert _told(made, proposal, 0)[1:] == [
        "Learners and teachers have wished for 2 copies here; so 2 of the 8 still asked for are wished for.",
        "All points together still ask for 6 copies that are wished for; those come first.",
        "There is enough for all of those. What is left then goes to the others in proportion.",
        "They go out one by one, each to whoever has the highest quotient: what a point still asks for, divided by 1 for its first, 3 for its second, 5 for its third and so on; equal ones by code. The last one went at 1.33.",
        "This point: 6 ÷ 3 = 2.00 was high enough for its 2.",
        "6 ÷ 5 = 1.20 was not high enough for one more.",
        "Together: 4.",
    ]


def test_those_who_had_least_first() -> None:
    network = small_network()
    delivered_round(network, (6,), points=[network.points[0]])
    made = opened_round(network, (10,))
    for number, copies in ((0, 8), (1, 4), (3, 4)):
        made.ask(network.points[number], [copies])
    made.end_demand()
    for number, learners in ((0, 600), (1, 100)):
        PointYear.objects.create(point=network.points[number], year=2025, learners=learners, stated_at=AT)
    proposal = made.propose("under_served")
    sheet = proposal.titles.get()
    # Before: 6 for 600 is 0.01 each; nothing for 100; nothing for 100, the lower of the two that were stated. Levels:
    # 0, 0; then 0.01 three times; then point 0 alone climbs from 7/600 to 11/600, and ten have gone.
    assert (sheet.had, sheet.learners, sheet.quantities) == ([6, 0, 0], [600, 100, 0], [6, 2, 2])
    assert _told(made, proposal, 3)[1:] == [
        "This point has not stated how many learners it has. It is counted with 100, the middle number of those who have.",
        "In earlier rounds it received 0 copies for 100 learners: 0.0000 for each.",
        "The 10 copies went one by one to whoever had fewest copies for each learner at that moment, those of this title included; equal ones by code. The last one went at 0.0183.",
        "Before its last one this point stood at 0.0100.",
        "With 2 it stands at 0.0200, so others came before it.",
        "Together: 2.",
    ]
    assert proposal.figures["points_stated"] == 2


def test_packs_caps_and_shares_are_told() -> None:
    made = _three_points()
    RoundTitle.objects.update(pack_size=2)
    college = made.network.colleges[0]
    proposal = made.propose("proportional", Terms(cap=6, district_shares={college.pk: 50}))
    assert proposal.titles.get().quantities == [2, 2, 4]
    assert _told(made, proposal, 0) == [
        f"The points of {college.name} together get at most 50 percent of the 10 copies: 5.",
        "No point gets more than 6 copies of a title; this one asks for 8.",
        "The copies are sent in packs of 2; this point can get 3 packs. All that follows is counted in packs.",
        "2 points ask for 5 packs together; 2 packs are available.",
        "The exact share of this point is 2 × 3 ÷ 5 = 1.20.",
        "It gets the 1 whole packs of that.",
        "1 packs remain after the whole ones and go to the largest fractions, one each; equal ones by code.",
        "Its fraction is number 2 in size, so it gets none of these.",
        "Together: 1 packs of 2, 2 copies.",
    ]
    assert _told(made, proposal, 3)[0] == (
        "Colleges with a share of their own got 4 of the 10 copies; 6 are left for all others."
    )


def test_an_explanation_stays_as_it_was() -> None:
    """Neither more copies nor more learners or wishes afterwards change what was told."""
    made = _three_points()
    proposal = made.propose("under_served")
    before = _told(made, proposal, 0)
    RoundTitle.objects.update(copies_available=99)
    PointYear.objects.create(point=made.network.points[0], year=2025, learners=7, stated_at=AT)
    assert _told(made, proposal, 0) == before
