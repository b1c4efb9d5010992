"""The pages of transfers, from the giver's choice to the taker's count."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import Network, client_for, small_network
from tests.factories.transfers import asked_transfer, sent_transfer

from lianxue.distribution.models import Transfer

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


@pytest.fixture
def stocked(network: Network) -> StockedRound:
    return delivered_round(network, (5, 2))


def test_a_transfer_goes_from_page_to_page(stocked: StockedRound) -> None:
    network, lot = stocked.network, stocked.lot
    giver, college = client_for(stocked.admin), client_for(network.actor(network.colleges[0]))
    taker = client_for(network.actor(network.points[3]))
    assert f'name="quantity_{lot.pk}"' in giver.get("/shipments/transfers/new/").content.decode()
    typed = {"taker": network.points[3].pk, "reason": "邻校更需要", f"quantity_{lot.pk}": "2"}
    for wrong in ({"taker": ""}, {"reason": ""}, {f"quantity_{lot.pk}": "x"}, {f"quantity_{lot.pk}": "9"}):
        assert giver.post("/shipments/transfers/new/", typed | wrong).status_code == 422
    assert not Transfer.objects.exists()
    giver.post("/shipments/transfers/new/", typed)
    transfer = Transfer.objects.get()
    page = f"/shipments/transfers/{transfer.pk}/"
    assert "/shipments/transfers/?state=requested" in college.get("/").content.decode()
    assert college.post(f"{page}agree/").url == page
    assert "/shipments/transfers/?state=agreed" in giver.get("/").content.decode()
    assert giver.get(f"{page}note.pdf").content[:5] == b"%PDF-"
    giver.post(f"{page}send/")
    scan = f"/t/{transfer.token}/"
    assert "/shipments/transfers/?state=sent" in taker.get("/").content.decode()
    assert taker.get(scan).url == f"{page}receive/"
    assert taker.get(f"/shipments/find/?code={transfer.code.lower()}").url == scan
    line = transfer.lines.get()
    assert (
        taker.post(f"{page}receive/", {f"damaged_{line.pk}": "2", f"missing_{line.pk}": "1"}).status_code
        == 422
    )
    assert taker.post(f"{page}receive/", {f"damaged_{line.pk}": "1", "note": "受潮"}).url == page
    transfer.refresh_from_db()
    assert (transfer.state, transfer.note) == ("received", "受潮")
    assert taker.get(scan).url == page


def test_the_college_arranges_a_transfer_for_a_point_and_surplus_goes_back(stocked: StockedRound) -> None:
    network, lot = stocked.network, stocked.lot
    college = client_for(network.actor(network.colleges[0]))
    address = f"/shipments/transfers/new/?giver={stocked.point.pk}&back=yes"
    takers = dict(college.get(address).context["form"].fields["taker"].choices)
    assert set(takers.values()) - {takers[""]} == {"黄浦区社区学院", "上海教育音像出版社"}
    typed = {"taker": network.supplier.pk, "reason": "多余", f"quantity_{lot.pk}": "1"}
    college.post(address, typed)
    assert (Transfer.objects.get().state, Transfer.objects.get().purpose) == ("agreed", "surplus")
    for foreign in (network.points[3].pk, 999_999, "x", "9" * 30):
        assert college.get(f"/shipments/transfers/new/?giver={foreign}").status_code == 404


def test_calling_off_takes_a_reason(stocked: StockedRound) -> None:
    transfer = asked_transfer(stocked, stocked.network.points[1], 1)
    browser = client_for(stocked.admin)
    address = f"/shipments/transfers/{transfer.pk}/cancel/"
    assert browser.post(address, {"reason": ""}).status_code == 422
    browser.post(address, {"reason": "不需要了"})
    transfer.refresh_from_db()
    assert (transfer.state, transfer.cancelled_reason) == ("cancelled", "不需要了")
    refused = browser.post(f"/shipments/transfers/{transfer.pk}/send/", follow=True)
    assert refused.status_code == 200


def test_the_list_is_narrowed_exported_and_asks_the_same_for_one_and_many(stocked: StockedRound) -> None:
    network = stocked.network
    browser = client_for(network.office_admin)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/shipments/transfers/").status_code == 200
        return len(queries)

    sent_transfer(stocked, network.points[1], 1)
    count()
    one = count()
    for _ in range(3):
        asked_transfer(stocked, network.points[3], 1)
    assert count() == one
    assert len(browser.get("/shipments/transfers/?state=sent").context["listing"].page) == 1
    assert len(browser.get("/shipments/transfers/?q=曹家渡").context["listing"].page) == 3
    assert browser.get("/shipments/transfers/?export=xlsx").status_code == 200
    assert (
        len(client_for(network.actor(network.points[4])).get("/shipments/transfers/").context["listing"].page)
        == 0
    )
