"""A count that was wrong is put right by a counter-entry, while the copies are still there."""

import pytest
from tests.factories.distribution_people import everything_written
from tests.factories.distribution_stock import StockedRound, claimed_round, delivered_round
from tests.factories.orgs import AT, client_for, small_network

from lianxue.distribution.enums import Audience
from lianxue.distribution.errors import DoesNotAddUp, NotEnoughCopies, ReasonMissing
from lianxue.distribution.models import Claim, Receipt, ReceiptLine, StockBalance, StockEntry
from lianxue.distribution.operations.claims.answer import answer_claim
from lianxue.distribution.operations.desk.issue import issue
from lianxue.distribution.operations.shipping.correct_receipt import correct_receipt
from lianxue.distribution.operations.shipping.receive import LotCount
from lianxue.distribution.queries.ledger import check_ledger
from lianxue.kernel.errors import Invalid, Unmet
from lianxue.orgs.public import Organisation

pytestmark = pytest.mark.django_db


def _correct(stocked: StockedRound, *numbers: int, reason: str = "点错了") -> Receipt:
    return correct_receipt(
        actor=stocked.admin,
        at=AT,
        receipt=Receipt.objects.get(shipment=stocked.shipments[0]),
        counts=[LotCount(stocked.lot.pk, *numbers)],
        reason=reason,
    )


def _copies(stocked: StockedRound, organisation: Organisation | None = None) -> dict[str, int]:
    rows = StockBalance.objects.filter(
        title=stocked.titles[0], place__organisation=organisation or stocked.point
    ).exclude(quantity=0)
    return dict(rows.values_list("place__kind", "quantity"))


def _claims() -> list[tuple[str, int, str, str]]:
    return list(Claim.objects.order_by("kind").values_list("kind", "quantity", "state", "remedy"))


def test_copies_that_were_found_after_all_go_into_the_store() -> None:
    stocked = claimed_round(small_network(), (0, 1, 4, 0))
    _correct(stocked, 3, 1, 1)
    assert _copies(stocked) == {"display": 1, "shelf": 2, "damaged": 1, "lost": 1}  # S0-29
    line = ReceiptLine.objects.get()
    assert (line.good, line.damaged, line.missing, line.surplus) == (3, 1, 1, 0)
    entry = StockEntry.objects.get(verb="correct_receipt")
    assert (entry.reason, entry.corrects) == ("点错了", StockEntry.objects.get(verb="receive"))
    assert _claims() == [("damaged", 1, "open", ""), ("missing", 1, "open", "")]
    assert check_ledger().is_sound


def test_a_fault_that_was_overlooked_becomes_a_claim() -> None:
    stocked = delivered_round(small_network(), (5,))
    _correct(stocked, 3, 2)
    assert _copies(stocked) == {"display": 1, "shelf": 2, "damaged": 2}
    assert _claims() == [("damaged", 2, "open", "")]


def test_a_claim_that_comes_to_nothing_is_a_miscount_and_may_come_back() -> None:
    stocked = claimed_round(small_network(), (3, 0, 2, 0))
    _correct(stocked, 5)
    assert _claims() == [("missing", 2, "settled", "withdrawn")]
    _correct(stocked, 4, 0, 1, reason="又点了一遍")
    assert _claims() == [("missing", 1, "open", "")]
    assert Claim.objects.get().note == "又点了一遍"
    assert check_ledger().is_sound


def test_copies_too_many_go_back_where_they_came_from() -> None:
    network = small_network()
    stocked = claimed_round(network, (2, 0, 0, 3), spare=1)
    assert _copies(stocked, network.supplier) == {"outside": -5}
    _correct(stocked, 2)
    assert _copies(stocked) == {"display": 1, "shelf": 1}
    assert _copies(stocked, network.supplier) == {"outside": -3, "supplier": 1}
    _correct(stocked, 2, 0, 0, 2)
    assert _copies(stocked) == {"display": 1, "shelf": 3}
    assert _copies(stocked, network.supplier) == {"outside": -4}
    assert check_ledger().is_sound


def test_copies_that_have_left_cannot_be_counted_away() -> None:
    stocked = delivered_round(small_network(), (4,))
    issue(
        actor=stocked.admin,
        at=AT,
        point=stocked.point,
        entry=stocked.entry,
        recipient_name="李老师",
        audience=Audience.TEACHER,
        quantity=3,
    )
    before = everything_written()
    with pytest.raises(NotEnoughCopies):
        _correct(stocked, 3, 0, 1)  # S0-29: the last one stays on display
    assert everything_written() == before


def test_what_the_supplier_has_answered_stands() -> None:
    network = small_network()
    stocked = claimed_round(network, (3, 0, 2, 0))
    answer_claim(actor=network.supplier_clerk, at=AT, claim=Claim.objects.get(), remedy="credit")
    before = everything_written()
    with pytest.raises(Unmet):
        _correct(stocked, 5)
    assert everything_written() == before


def test_a_correction_needs_a_reason_a_difference_and_numbers_that_add_up() -> None:
    stocked = claimed_round(small_network(), (3, 0, 2, 0))
    before = everything_written()
    for numbers, reason, kind in (
        ((5,), " ", ReasonMissing),
        ((3, 0, 2), "没变", Invalid),
        ((5, 1, 0), "不对", DoesNotAddUp),
    ):
        with pytest.raises(kind):
            _correct(stocked, *numbers, reason=reason)
    assert everything_written() == before


def test_the_page_shows_the_first_count_and_takes_the_right_one() -> None:
    stocked = claimed_round(small_network(), (3, 1, 1, 0))
    browser, lot = client_for(stocked.desk), stocked.lot
    address = f"/shipments/{stocked.shipments[0].pk}/correct/"
    page = browser.get(address).content.decode()
    assert f'name="damaged_{lot.pk}" value="1"' in page
    assert browser.post(address, {f"damaged_{lot.pk}": "4", f"missing_{lot.pk}": "4"}).status_code == 422
    done = browser.post(address, {f"damaged_{lot.pk}": "0", f"missing_{lot.pk}": "1", "reason": "看错了"})
    assert done.url == f"/shipments/{stocked.shipments[0].pk}/"
    assert _copies(stocked) == {"display": 1, "shelf": 3, "lost": 1}
