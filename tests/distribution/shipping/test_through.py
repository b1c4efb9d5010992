"""Parcels through the superior unit: many arrive at once, many go on at once, the ledger follows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.distribution_people import everything_written
from tests.factories.distribution_stock import dispatched_round, packed_round, round_at_college
from tests.factories.orgs import AT, Network, client_for, small_network

from lianxue.distribution.enums import RoundState, Route, ShipmentState
from lianxue.distribution.models import Round, Shipment, StockBalance
from lianxue.distribution.operations.shipping.pass_on import confirm_arrival, send_on
from lianxue.distribution.operations.shipping.receive import receive
from lianxue.distribution.queries.ledger import check_ledger
from lianxue.distribution.queries.shipments import coming_through, due_to, sent_on, waiting_here
from lianxue.kernel.errors import Invalid, NotAllowed, Unmet, WrongState

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


def _under_way(network: Network) -> dict[str, int]:
    rows = StockBalance.objects.filter(place__kind="in_transit").exclude(quantity=0)
    sums: dict[str, int] = {}
    for code, quantity in rows.values_list("place__organisation__code", "quantity"):
        sums[code] = sums.get(code, 0) + quantity
    return sums


def test_parcels_are_on_the_way_at_the_college_until_it_sends_them_on(network: Network) -> None:
    college = network.actor(network.colleges[0])
    stocked = dispatched_round(network, (3,), points=network.points[:2], via=network.colleges[0])
    point = network.actor(network.points[0])
    assert (_under_way(network), due_to(point).count()) == ({"college-1": 6}, 0)
    assert (coming_through(college).count(), waiting_here(college).count()) == (2, 0)
    confirm_arrival(actor=college, at=AT, shipments=stocked.shipments)
    assert _under_way(network) == {"college-1": 6}
    assert (coming_through(college).count(), waiting_here(college).count()) == (0, 2)
    send_on(actor=college, at=AT, shipments=stocked.shipments[:1])
    assert (_under_way(network), due_to(point).count()) == ({"college-1": 3, "point-1": 3}, 1)
    assert (waiting_here(college).count(), sent_on(college).count()) == (1, 1)
    first = Shipment.objects.get(pk=stocked.shipments[0].pk)
    assert (first.state, first.forwarded_at, first.arrived_at_college_at) == ("dispatched", AT, AT)
    receive(actor=point, at=AT, shipment=first)
    assert _under_way(network) == {"college-1": 3}
    assert check_ledger().is_sound


def test_all_or_none_and_only_what_goes_through_the_own_unit(network: Network) -> None:
    college, other = (network.actor(one) for one in network.colleges)
    mine = dispatched_round(network, (1,), via=network.colleges[0]).shipments
    straight = dispatched_round(network, (1,)).shipments
    here = round_at_college(network, (1,)).shipments
    before = everything_written()
    for actor, shipments, kind in (
        (college, [*mine, *straight], NotAllowed),
        (other, mine, NotAllowed),
        (college, [*mine, *here], WrongState),
        (college, [], Invalid),
    ):
        with pytest.raises(kind):
            confirm_arrival(actor=actor, at=AT, shipments=shipments)
    assert everything_written() == before
    send_on(actor=college, at=AT, shipments=here)
    with pytest.raises(Unmet):
        confirm_arrival(actor=college, at=AT, shipments=here)


def test_the_college_confirms_and_sends_on_from_one_page(network: Network) -> None:
    stocked = dispatched_round(network, (2,), points=network.points[:3], via=network.colleges[0])
    browser = client_for(network.actor(network.colleges[0]))
    page, many = "/shipments/through/", "/shipments/through/many/"
    assert "外滩街道社区学校" in browser.get(page).content.decode()
    first = stocked.shipments[0].pk
    browser.post(many, {"act": "confirm", "chosen": [first]})
    browser.post(many, {"act": "confirm", "which": "all"})
    assert set(Shipment.objects.values_list("state", flat=True)) == {ShipmentState.AT_COLLEGE}
    paper = browser.post(many, {"act": "print", "which": "all"})
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    browser.post(many, {"act": "send", "chosen": [first]})
    assert Shipment.objects.filter(forwarded_at__isnull=False).get().pk == first
    browser.post(many, {"act": "send", "which": "all"})
    assert Shipment.objects.filter(forwarded_at__isnull=True).count() == 0
    refused = browser.post(many, {"act": "send", "chosen": [first]}, follow=True)
    assert refused.status_code == 200
    assert browser.get(f"{page}?show=gone&q=外滩&export=xlsx").status_code == 200
    foreign = client_for(network.actor(network.colleges[1]))
    assert "外滩街道社区学校" not in foreign.get(page).content.decode()


def test_the_same_number_of_queries_for_one_parcel_and_for_many(network: Network) -> None:
    browser = client_for(network.actor(network.colleges[0]))

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get("/shipments/through/").status_code == 200
        return len(queries)

    dispatched_round(network, (1,), via=network.colleges[0])
    count()
    one = count()
    for _ in range(4):
        dispatched_round(network, (1, 2), points=network.points[:3], via=network.colleges[0])
    assert count() == one


def test_the_home_page_says_what_waits(network: Network) -> None:
    dispatched_round(network, (1,), via=network.colleges[0])
    round_at_college(network, (1,))
    packed_round(network, (1,), via=network.colleges[0])
    page = client_for(network.actor(network.colleges[0])).get("/").content.decode()
    assert "?show=coming" in page
    assert "?show=here" in page


def test_the_office_says_so_in_the_round_until_the_parcels_are_made(network: Network) -> None:
    office = client_for(network.office_admin)
    office.post("/rounds/new/", {"name": "春季", "year": "2026", "route": "via_college"})
    round_ = Round.objects.get()
    assert round_.route == Route.VIA_COLLEGE
    edit, typed = f"/rounds/{round_.pk}/edit/", {"name": "春季", "year": "2026"}
    office.post(edit, typed | {"route": "direct"})
    round_.refresh_from_db()
    assert round_.route == Route.DIRECT
    round_.state, round_.opened_at, round_.allocated_at = RoundState.ALLOCATED, AT, AT
    round_.save()
    refused = office.post(edit, typed | {"route": "via_college"})
    assert list(refused.context["form"].errors) == ["route"]
    assert office.post(edit, typed).status_code == 302
    round_.refresh_from_db()
    assert round_.route == Route.DIRECT
