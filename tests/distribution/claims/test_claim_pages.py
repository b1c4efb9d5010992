"""The pages of claims as supplier, point, college and office use them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.distribution_people import everybody
from tests.factories.distribution_stock import claimed_round
from tests.factories.orgs import AT, Network, client_for, small_network

from lianxue.distribution.models import Claim
from lianxue.distribution.operations.claims.answer import answer_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


def _home(browser: Client) -> str:
    return browser.get("/").content.decode()


def test_a_claim_goes_from_the_point_to_the_supplier_and_back(network: Network) -> None:
    stocked = claimed_round(network, (3, 0, 2, 0))
    supplier, point = client_for(network.supplier_clerk), client_for(stocked.desk)
    claim = Claim.objects.get()
    page = f"/shipments/claims/{claim.pk}/"
    assert "/shipments/claims/?state=open" in _home(supplier)
    assert supplier.post(f"{page}answer/", {"remedy": "keep"}).status_code == 422
    assert supplier.post(f"{page}answer/", {"remedy": "credit", "answer": "没有库存"}).url == page
    assert "/shipments/claims/?state=answered" in _home(point)
    assert "没有库存" in point.get(page).content.decode()
    assert point.post(f"{page}decline/", {"reason": ""}).status_code == 422
    assert point.post(f"{page}decline/", {"reason": "学员在等"}).url == page
    assert "学员在等" in supplier.get(page).content.decode()
    supplier.post(f"{page}answer/", {"remedy": "resend", "answer": ""})
    assert point.post(f"{page}accept/").url == page
    claim.refresh_from_db()
    assert claim.resent_in is not None
    assert str(claim.resent_in) in supplier.get(page).content.decode()
    told = point.post(f"{page}accept/", follow=True)
    assert told.status_code == 200


def test_the_office_settles_on_its_own_page(network: Network) -> None:
    claimed_round(network, (3, 0, 2, 0))
    claim, office = Claim.objects.get(), client_for(network.office_admin)
    address = f"/shipments/claims/{claim.pk}/settle/"
    assert office.post(address, {"remedy": "credit", "reason": ""}).status_code == 422
    assert (
        office.post(address, {"remedy": "credit", "reason": "久未答复"}).url
        == f"/shipments/claims/{claim.pk}/"
    )
    claim.refresh_from_db()
    assert (claim.state, claim.settled_reason) == ("settled", "久未答复")
    college = client_for(network.actor(network.colleges[0]))
    assert "久未答复" in college.get(f"/shipments/claims/{claim.pk}/").content.decode()


def test_the_list_shows_each_side_its_own_and_can_be_narrowed(network: Network) -> None:
    claimed_round(network, (3, 1, 2, 0))
    claimed_round(network, (2, 0, 0, 1))
    answer_claim(
        actor=network.supplier_clerk, at=AT, claim=Claim.objects.get(kind="missing"), remedy="credit"
    )
    people = everybody(network)

    def kinds(letter: str, query: str = "") -> list[str]:
        listing = client_for(people[letter]).get(f"/shipments/claims/{query}").context["listing"]
        return sorted(row.kind for row in listing.page)

    assert [kinds(letter) for letter in "PDCOS"] == [["damaged", "missing", "surplus"]] * 5
    assert [kinds(letter) for letter in "NVFT"] == [[]] * 4
    assert kinds("O", "?state=unsettled&kind=damaged") == ["damaged"]
    assert kinds("O", "?state=answered") == ["missing"]
    assert kinds("C", f"?round={Claim.objects.get(kind='surplus').receipt_line.lot.shipment.round_id}") == [
        "surplus"
    ]
    assert kinds("S", "?q=外滩") == ["damaged", "missing", "surplus"]
    assert kinds("S", "?q=没有这本书") == []
    first = client_for(people["P"]).get("/shipments/claims/").context["listing"].page[0]
    assert first.kind == "missing"  # what waits for the point stands at the top
    assert client_for(people["O"]).get("/shipments/claims/?export=xlsx").status_code == 200


def test_the_same_number_of_queries_for_one_claim_and_for_many(network: Network) -> None:
    browser = client_for(network.office_admin)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/shipments/claims/").status_code == 200
        return len(queries)

    claimed_round(network, (3, 1, 0, 0))
    count()
    one = count()
    for _ in range(4):
        claimed_round(network, (3, 1, 2, 0))
    assert count() == one
