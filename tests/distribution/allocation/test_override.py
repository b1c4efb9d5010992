"""Single numbers set by hand before the decision, proposals side by side, and throwing one away."""

import pytest
from tests.factories.distribution_demand import DemandRound, opened_round, refused
from tests.factories.orgs import AT, make_actor, make_organisation, small_network

from lianxue.distribution.errors import ReasonMissing, SupplyChanged
from lianxue.distribution.models import (
    Allocation,
    AllocationLine,
    AllocationOverride,
    AllocationPoint,
    AllocationTitle,
    DemandLine,
    RoundTitle,
    ShipmentLine,
)
from lianxue.distribution.operations.allocation.commit_allocation import commit_allocation
from lianxue.distribution.operations.allocation.discard_proposal import discard_proposal
from lianxue.distribution.operations.allocation.explanation import explain_line
from lianxue.distribution.operations.allocation.override_line import override_line
from lianxue.distribution.operations.allocation.policies import Terms
from lianxue.distribution.queries.ledger import check_ledger
from lianxue.kernel.errors import Invalid, NotAllowed, NotFound, Unmet, WrongState
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.public import OrganisationKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> DemandRound:
    """Ten copies of one title; points 0, 1 and 3 ask for 8, 4 and 4 and would get 5, 3 and 2."""
    made = opened_round(small_network(), (10, 6))
    for number, copies in ((0, 8), (1, 4), (3, 4)):
        made.ask(made.network.points[number], [copies])
    made.end_demand()
    return made


def _line(made: DemandRound, number: int) -> DemandLine:
    return DemandLine.objects.select_related("request").get(
        request__point=made.network.points[number], title=made.titles[0]
    )


def _set(
    made: DemandRound, allocation: Allocation, number: int, quantity: int, reason: str = "新办班"
) -> None:
    override_line(
        actor=made.network.office_admin,
        at=AT,
        allocation=allocation,
        line=_line(made, number),
        quantity=quantity,
        reason=reason,
    )


def test_a_number_set_by_hand_moves_all_sums(made: DemandRound) -> None:
    proposal = made.propose()
    sheet = proposal.titles.get(title=made.titles[0])
    assert sheet.quantities == [5, 3, 2]
    _set(made, proposal, 0, 0)
    _set(made, proposal, 3, 4)
    sheet.refresh_from_db()
    assert (sheet.quantities, sheet.allocated, sheet.points_covered) == ([0, 3, 4], 7, 2)
    points = AllocationPoint.objects.filter(allocation=proposal).order_by("point__code")
    assert list(points.values_list("agreed", "allocated")) == [(8, 0), (4, 3), (4, 4)]
    proposal.refresh_from_db()
    figures = proposal.figures
    assert (figures["allocated"], figures["unmet"], figures["points_covered"]) == (7, 9, 2)
    assert (figures["gap"], figures["gap_point"]) == (8, made.network.points[0].pk)
    assert figures["bands"] == [1, 0, 0, 0, 1, 0, 1]
    # Filled: 0, 3/4, 1. 2 x (2 x 3/4 + 3 x 1) / (3 x 7/4) - 4/3 = 0.3810.
    assert figures["gini"] == 0.381
    kept = AllocationOverride.objects.values_list("before", "after", "reason", "by_id")
    assert list(kept) == [
        (5, 0, "新办班", made.network.office_admin.person_id),
        (2, 4, "新办班", made.network.office_admin.person_id),
    ]
    entry = AuditEntry.objects.filter(verb="distribution.override_line").order_by("pk").first()
    assert entry is not None
    assert (entry.before, entry.after, entry.note) == ({"quantity": 5}, {"quantity": 0}, "新办班")


def test_what_was_set_by_hand_is_what_is_sent_and_told(made: DemandRound) -> None:
    proposal = made.propose()
    _set(made, proposal, 0, 4)
    _set(made, proposal, 3, 3)
    commit_allocation(actor=made.network.office_admin, at=AT, allocation=proposal)
    lines = AllocationLine.objects.order_by("demand_line__request__point__code")
    assert list(lines.values_list("quantity", flat=True)) == [4, 3, 3]
    assert sorted(ShipmentLine.objects.values_list("quantity", flat=True)) == [3, 3, 4]
    assert check_ledger().is_sound
    told = explain_line(proposal.pk, made.titles[0].pk, _line(made, 0).pk)
    assert (told.by_policy, told.quantity) == (5, 4)
    assert [one.reason for one in told.overrides] == ["新办班"]
    entry = AuditEntry.objects.get(verb="distribution.commit_allocation")
    assert entry.after is not None
    assert entry.after["set_by_hand"] == 2


@pytest.mark.parametrize("quantity", [9, -1, 5])
def test_never_more_than_asked_nor_less_than_nothing_nor_the_same(made: DemandRound, quantity: int) -> None:
    proposal = made.propose()
    with refused(Invalid, verb="override_line"):
        _set(made, proposal, 0, quantity)


def test_never_more_than_there_is(made: DemandRound) -> None:
    proposal = made.propose()
    with refused(Invalid, verb="override_line"):
        _set(made, proposal, 0, 6)
    _set(made, proposal, 1, 2)
    _set(made, proposal, 0, 6)


def test_packs_are_not_opened(made: DemandRound) -> None:
    RoundTitle.objects.filter(pk=made.titles[0].pk).update(pack_size=2)
    proposal = made.propose()
    assert proposal.titles.get(title=made.titles[0]).quantities == [6, 2, 2]
    with refused(Invalid, verb="override_line"):
        _set(made, proposal, 0, 3)
    _set(made, proposal, 0, 4)


def test_a_reason_must_be_given(made: DemandRound) -> None:
    proposal = made.propose()
    with refused(ReasonMissing, verb="override_line"):
        _set(made, proposal, 0, 4, reason=" ")


def test_lines_of_other_rounds_are_not_there(made: DemandRound) -> None:
    proposal = made.propose()
    other = opened_round(made.network, (5,))
    request = other.ask(made.network.points[0], [2])
    with refused(NotFound, verb="override_line"):
        override_line(
            actor=made.network.office_admin,
            at=AT,
            allocation=proposal,
            line=request.lines.get(),
            quantity=1,
            reason="x",
        )


def test_strangers_change_nothing(made: DemandRound) -> None:
    proposal = made.propose()
    network = made.network
    for actor in (
        make_actor(make_organisation("office-2", OrganisationKind.GUIDANCE_OFFICE)),
        network.actor(network.colleges[0]),
        network.actor(network.points[0]),
    ):
        with refused(NotAllowed, verb="override_line"):
            override_line(
                actor=actor, at=AT, allocation=proposal, line=_line(made, 0), quantity=1, reason="x"
            )
        with refused(NotAllowed, verb="discard_proposal"):
            discard_proposal(actor=actor, at=AT, allocation=proposal)


def test_once_decided_nothing_is_set_by_hand_any_more(made: DemandRound) -> None:
    other = made.propose("coverage_first")
    decided = made.allocate_as("proportional")
    with refused(WrongState, verb="override_line"):
        _set(made, decided, 0, 4)
    with refused(Unmet, verb="override_line"):
        _set(made, other, 0, 4)
    with refused(Unmet, verb="discard_proposal"):
        discard_proposal(actor=made.network.office_admin, at=AT, allocation=other)


def test_proposals_stand_side_by_side_and_can_be_thrown_away(made: DemandRound) -> None:
    first = made.propose()
    capped = made.propose("proportional", Terms(cap=4))
    again = made.propose("proportional", Terms(cap=4))
    assert set(Allocation.objects.values_list("pk", flat=True)) == {first.pk, again.pk}
    assert capped.pk != again.pk
    assert again.terms == {"cap": 4}
    assert again.titles.get(title=made.titles[0]).quantities == [4, 3, 3]
    _set(made, again, 0, 2)
    discard_proposal(actor=made.network.office_admin, at=AT, allocation=again)
    assert list(Allocation.objects.values_list("pk", flat=True)) == [first.pk]
    assert not AllocationOverride.objects.exists()
    entry = AuditEntry.objects.get(verb="distribution.discard_proposal")
    assert entry.before == {"policy": "proportional", "terms": {"cap": 4}, "set_by_hand": 1}


def test_terms_that_cannot_be_meant_are_refused(made: DemandRound) -> None:
    with refused(Invalid, verb="propose_allocation"):
        made.propose("proportional", Terms(cap=2, minimum=3))
    with refused(Invalid, verb="propose_allocation"):
        made.propose("proportional", Terms(district_shares={made.network.office.pk: 10}))


def test_shares_of_districts_are_kept(made: DemandRound) -> None:
    college = made.network.colleges[0]
    proposal = made.propose("coverage_first", Terms(district_shares={college.pk: 50}))
    sheet = proposal.titles.get(title=made.titles[0])
    # Half of ten for points 0 and 1, who ask for 8 and 4; all that is left for point 3, who asks for 4.
    assert sheet.quantities == [3, 2, 4]
    assert [group.get("percent") for group in sheet.groups] == [50, None]


def test_other_packs_in_the_meantime_are_noticed(made: DemandRound) -> None:
    proposal = made.propose()
    RoundTitle.objects.filter(pk=made.titles[0].pk).update(pack_size=5)
    with refused(SupplyChanged, verb="commit_allocation"):
        commit_allocation(actor=made.network.office_admin, at=AT, allocation=proposal)


def test_a_proposal_leaves_no_lines_before_it_is_decided(made: DemandRound) -> None:
    made.propose()
    assert not AllocationLine.objects.exists()
    assert AllocationTitle.objects.count() == 2
