"""Who is told what, when a round, a parcel, a claim or a contribution moves on."""

import pytest
from django.utils import translation
from tests.factories.distribution_demand import opened_round
from tests.factories.distribution_stock import dispatched_round, packed_round
from tests.factories.orgs import AT, Network, small_network
from tests.factories.resources import make_contribution

from lianxue.distribution.operations.demand.return_demand import return_demand
from lianxue.distribution.operations.shipping.dispatch import dispatch
from lianxue.distribution.operations.shipping.receive import LotCount, receive
from lianxue.notices.models import Notice
from lianxue.orgs.public import Actor, Role
from lianxue.resources.enums import ContributionState, Verdict
from lianxue.resources.operations import review_contribution

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    """A network in which everybody's administrator exists before anything happens."""
    made = small_network()
    for organisation in (made.office, *made.colleges, made.elder_university, *made.points):
        made.actor(organisation)
    made.actor(made.points[0], Role.DESK_CLERK)
    _supplier = made.supplier_clerk
    return made


def told(actor: Actor) -> list[tuple[str, str]]:
    """Return what somebody was told and where it leads, oldest first, in English."""
    with translation.override("en"):
        rows = Notice.objects.filter(person=actor.person_id).select_related("message").order_by("id")
        return [(row.message.headline, row.message.url) for row in rows]


def test_opening_a_round_tells_points_and_colleges_and_sending_back_the_point(network: Network) -> None:
    made = opened_round(network)
    name, pk = made.round.name, made.round.pk
    point, college = network.actor(network.points[0]), network.actor(network.colleges[0])
    assert told(point) == [(f"You can state your demand: {name}", f"/demand/{pk}/")]
    assert told(college) == [(f"Your points can state their demand: {name}", f"/aggregation/{pk}/")]
    assert told(network.actor(network.points[0], Role.DESK_CLERK)) == []
    assert told(network.office_admin) == []
    request = made.ask(network.points[0], [3])
    return_demand(actor=college, at=AT, request=request, reason="请核对份数")
    assert told(point)[1:] == [(f"Your demand was sent back: {name}", f"/demand/{pk}/")]
    assert Notice.objects.filter(person=point.person_id).latest("id").message.text == "请核对份数"


def test_a_decided_allocation_tells_those_who_asked(network: Network) -> None:
    made = opened_round(network)
    made.ask(network.points[0], [3])
    made.ask(network.points[1], [0])
    made.allocate()
    heading = f"It is decided what you get: {made.round.name}"
    assert heading in [title for title, _url in told(network.actor(network.points[0]))]
    for number in (1, 2):
        assert heading not in [title for title, _url in told(network.actor(network.points[number]))]


def test_a_parcel_tells_the_point_and_faults_tell_supplier_and_college(network: Network) -> None:
    packed = packed_round(network, (5,))
    shipment = packed.shipments[0]
    dispatch(actor=network.supplier_clerk, at=AT, shipment=shipment)
    heading = (f"A parcel is on its way: {shipment.code}", f"/shipments/{shipment.pk}/")
    assert told(packed.admin) == [heading]
    assert told(packed.desk) == [heading]
    lot = packed.lot
    receive(
        actor=packed.desk, at=AT, shipment=shipment, counts=[LotCount(lot.pk, good=3, damaged=1, missing=1)]
    )
    fault = (f"Not everything arrived in order: {shipment.code}", f"/shipments/{shipment.pk}/")
    assert fault in told(network.supplier_clerk)
    assert told(network.actor(network.colleges[0])) == [fault]
    claims = [
        title for title, _url in told(network.supplier_clerk) if title == "A claim waits for your answer"
    ]
    assert len(claims) == 2


def test_a_parcel_in_good_order_tells_nobody(network: Network) -> None:
    sent = dispatched_round(network, (2,))
    receive(actor=sent.admin, at=AT, shipment=sent.shipments[0])
    assert told(network.supplier_clerk) == told(network.actor(network.colleges[0])) == []


def test_many_parcels_are_told_with_few_queries(network: Network) -> None:
    sent = dispatched_round(network, (2,), points=network.points)
    assert (
        Notice.objects.filter(message__kind="distribution.parcel").count() == 7
    )  # six points, one with a volunteer
    assert len(sent.shipments) == 6


def test_a_decision_about_a_contribution_tells_its_authors(network: Network) -> None:
    row = make_contribution(network, ContributionState.COLLATED)
    author = network.actor(row.organisation)
    before = len(told(author))
    review_contribution(
        actor=network.office_admin,
        at=AT,
        contribution=row,
        revision=row.revision,
        verdict=Verdict.REJECTED,
        reason="与已有资源重复",
    )
    assert told(author)[before:] == [(f"Rejected: {row.title}", f"/contributions/{row.pk}/")]
