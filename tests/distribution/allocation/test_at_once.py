"""Two people at once around rounds and allocations: real threads, real connections."""

import pytest
from tests.factories.distribution_demand import opened_round, prepared_round
from tests.factories.orgs import AT, small_network
from tests.factories.resources import make_entry
from tests.factories.threads import at_once

from lianxue.distribution.errors import RoundNameTaken, TitleInUse
from lianxue.distribution.models import (
    Allocation,
    DemandBatch,
    DemandLine,
    Round,
    RoundTitle,
    Shipment,
    ShipmentLine,
)
from lianxue.distribution.operations.allocation.commit_allocation import commit_allocation
from lianxue.distribution.operations.allocation.propose_allocation import propose_allocation
from lianxue.distribution.operations.demand.save_demand import save_demand
from lianxue.distribution.operations.rounds.add_titles import add_titles
from lianxue.distribution.operations.rounds.create_round import create_round
from lianxue.distribution.operations.rounds.open_round import open_round
from lianxue.distribution.operations.rounds.remove_title import remove_title
from lianxue.distribution.operations.rounds.round_titles import Offer
from lianxue.distribution.queries.ledger import check_ledger
from lianxue.kernel.errors import Invalid, NotFound, WrongState

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_database")]


def test_a_name_is_taken_once() -> None:
    office = small_network().office_admin
    outcome = at_once([lambda: create_round(actor=office, at=AT, name="春", year=2026)] * 5)
    assert outcome.count(None) == 1
    assert {type(refusal) for refusal in outcome if refusal} == {RoundNameTaken}
    assert Round.objects.count() == 1


def test_a_title_is_added_once() -> None:
    network = small_network()
    made, office = prepared_round(network, ()), network.office_admin
    offers = [Offer(make_entry().pk, network.supplier.pk, 5)]
    outcome = at_once([lambda: add_titles(actor=office, at=AT, round=made.round, offers=offers)] * 5)
    assert outcome.count(None) == 1
    assert {type(refusal) for refusal in outcome if refusal} == {Invalid}
    assert RoundTitle.objects.count() == 1


def test_a_round_opens_once() -> None:
    network = small_network()
    made, office = prepared_round(network), network.office_admin
    outcome = at_once([lambda: open_round(actor=office, at=AT, round=made.round)] * 5)
    assert outcome.count(None) == 1
    assert DemandBatch.objects.count() == 3


def test_a_title_is_asked_for_or_taken_out() -> None:
    made = opened_round(small_network())
    title, office = made.titles[0], made.network.office_admin
    actor = made.network.actor(made.network.points[0])
    asked, taken_out = at_once(
        [
            lambda: save_demand(actor=actor, at=AT, round=made.round, quantities={title.pk: 2}),
            lambda: remove_title(actor=office, at=AT, title=title),
        ]
    )
    assert (asked is None) is (taken_out is not None)
    assert taken_out is None or type(taken_out) is TitleInUse
    assert DemandLine.objects.exists() is (asked is None)


def test_a_round_is_shared_out_once() -> None:
    made = opened_round(small_network(), (5, 5))
    for point in made.network.points:
        made.ask(point, [1, 1])
    made.end_demand()
    office, allocation = made.network.office_admin, made.propose()
    outcome = at_once([lambda: commit_allocation(actor=office, at=AT, allocation=allocation)] * 5)
    assert outcome.count(None) == 1
    assert {type(refusal) for refusal in outcome if refusal} == {WrongState}
    assert (Shipment.objects.count(), ShipmentLine.objects.count()) == (5, 10)
    assert check_ledger().is_sound


def test_proposing_anew_while_deciding() -> None:
    made = opened_round(small_network(), (5, 5))
    made.ask(made.network.points[0], [1, 1])
    made.end_demand()
    office, allocation = made.network.office_admin, made.propose()
    decided, proposed = at_once(
        [
            lambda: commit_allocation(actor=office, at=AT, allocation=allocation),
            lambda: propose_allocation(actor=office, at=AT, round=made.round, policy="proportional"),
        ]
    )
    # Whoever comes second finds that things have moved on: decided already, or the old proposal gone.
    assert (decided is None) is (proposed is not None)
    assert proposed is None or type(proposed) is WrongState
    assert decided is None or type(decided) is NotFound
    assert Allocation.objects.count() == 1
