"""Whoever has a parcel in the hand finds it by its number, typed or scanned."""

import pytest
from tests.factories.distribution_stock import StockedRound, dispatched_round, packed_round
from tests.factories.orgs import client_for, small_network

from lianxue.kernel.pages import scanned_code

pytestmark = pytest.mark.django_db

PAGE = "/shipments/find/"


@pytest.fixture
def sent() -> StockedRound:
    return dispatched_round(small_network(), (2,))


def test_a_number_a_token_and_a_whole_address_lead_to_the_parcel(sent: StockedRound) -> None:
    shipment = sent.shipments[0]
    browser = client_for(sent.desk)
    for code in (
        shipment.code,
        f" {shipment.code.lower()} ",
        shipment.token,
        f"https://lianxue.example/r/{shipment.token}/",
        f"http://localhost:8000/r/{shipment.token}",
    ):
        found = browser.get(PAGE, {"code": code})
        assert (found.status_code, found.url) == (302, f"/r/{shipment.token}/"), code


def test_foreign_and_missing_numbers_look_the_same(sent: StockedRound) -> None:
    foreign = packed_round(sent.network, (1,), points=sent.network.points[3:4]).shipments[0]
    browser = client_for(sent.desk)
    answers = [browser.get(PAGE, {"code": code}) for code in (foreign.code, "2099-9-9999", "https://", "T1")]
    assert [(answer.status_code, answer.context["form"].errors["code"]) for answer in answers] == [
        (422, ["没有这个编号的包裹。"])
    ] * 3 + [(422, ["没有这个编号的包裹。"])]
    assert browser.get(PAGE, {"code": ""}).status_code == 422


def test_what_is_due_stands_below_for_those_without_a_code(sent: StockedRound) -> None:
    page = client_for(sent.desk).get(PAGE).content.decode()
    assert f"/shipments/{sent.shipments[0].pk}/receive/" in page
    assert "data-scan" in page
    assert "scanner.js" in page


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("  2026-1-0001 ", "2026-1-0001"),
        ("https://a.example/r/abc-_9/", "abc-_9"),
        ("https://a.example/r/abc?x=1#y", "abc"),
        ("https://a.example/", ""),
        ("https://[", "https://["),
        ("L12", "L12"),
    ],
)
def test_the_code_is_the_last_part_of_an_address(text: str, code: str) -> None:
    assert scanned_code(text) == code
