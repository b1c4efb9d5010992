"""How long parcels take, per supplier and college: median and slowest."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.factories.distribution_people import everybody
from tests.factories.distribution_stock import StockedRound, claimed_round, packed_round
from tests.factories.orgs import AT, Network, make_organisation, small_network

from lianxue.distribution.models import Claim, Shipment
from lianxue.distribution.operations.claims.settle import settle_claim
from lianxue.distribution.operations.shipping.dispatch import dispatch
from lianxue.distribution.operations.shipping.receive import receive
from lianxue.distribution.queries.lead_times import (
    LeadTime,
    Stretch,
    lead_time,
    lead_times_by_college,
    lead_times_by_supplier,
    slowest_parcels,
)
from lianxue.orgs.public import Chain, OrganisationKind

pytestmark = pytest.mark.django_db

NOTHING = Stretch(None, None, 0)


def days(number: float) -> timedelta:
    return timedelta(days=number)


def _go(stocked: StockedRound, number: int, sent: int, received: int | None) -> Shipment:
    """Send a parcel ``sent`` days after the decision, and receive it so many days after that."""
    shipment = stocked.shipments[number]
    clerk = stocked.network.supplier_clerk
    dispatch(actor=clerk, at=AT + days(sent), shipment=shipment)
    if received is not None:
        point = stocked.network.actor(shipment.point)
        receive(actor=point, at=AT + days(sent + received), shipment=shipment)
    return shipment


@pytest.fixture
def network() -> Network:
    return small_network()


def test_median_and_slowest_of_each_stretch(network: Network) -> None:
    stocked = packed_round(network, (1,), points=network.points[:5])
    _go(stocked, 0, 2, 3)
    _go(stocked, 1, 4, 1)
    slowest = _go(stocked, 3, 6, 9)
    _go(stocked, 4, 8, None)
    whole = lead_time(network.office_admin)
    assert whole == LeadTime(
        None,
        packing=Stretch(days(5), days(8), 4),
        travelling=Stretch(days(3), days(9), 3),
        whole=Stretch(days(5), days(15), 3),
    )
    first, second = lead_times_by_college(network.office_admin)
    assert (first.organisation, second.organisation) == tuple(network.colleges)
    assert first.travelling == Stretch(days(2), days(3), 2)
    assert second.travelling == Stretch(days(9), days(9), 1)
    assert list(slowest_parcels(network.office_admin, count=1)) == [slowest]
    own = lead_times_by_college(network.actor(network.colleges[0]))
    assert [one.organisation for one in own] == [network.colleges[0]]


def test_each_supplier_for_itself(network: Network) -> None:
    other = make_organisation(
        "supplier-9", OrganisationKind.SUPPLIER, network.office, name="另一供应商", chain=Chain.SUPPLY
    )
    _go(packed_round(network, (1,)), 0, 2, 3)
    _go(packed_round(replace(network, supplier=other), (1,)), 0, 7, None)
    times = lead_times_by_supplier(network.office_admin)
    assert [(one.organisation, one.packing.median) for one in times] == [
        (network.supplier, days(2)),
        (other, days(7)),
    ]
    assert lead_times_by_supplier(network.supplier_clerk)[0].whole == Stretch(days(5), days(5), 1)


def test_a_year_or_a_round_and_nothing_yet(network: Network) -> None:
    assert lead_time(network.office_admin) == LeadTime(None, NOTHING, NOTHING, NOTHING)
    stocked = packed_round(network, (1,))
    _go(stocked, 0, 1, 1)
    assert lead_time(network.office_admin, year=2025).whole == NOTHING
    assert lead_time(network.office_admin, year=2026, round_id=stocked.round.pk).whole.parcels == 1
    assert lead_time(everybody(network)["F"]).whole == NOTHING


def test_parcels_sent_again_do_not_count(network: Network) -> None:
    claimed_round(network, (2, 0, 1, 0))
    claim = Claim.objects.get()
    settle_claim(actor=network.office_admin, at=AT, claim=claim, remedy="resend", reason="急需")
    again = Shipment.objects.get(follows__isnull=False)
    dispatch(actor=network.supplier_clerk, at=AT + days(50), shipment=again)
    assert lead_time(network.office_admin).packing.parcels == 1
