"""Claims open by themselves and end in a remedy; the ledger follows, named."""

import pytest
from tests.factories.distribution_people import everything_written
from tests.factories.distribution_stock import StockedRound, claimed_round, delivered_round
from tests.factories.orgs import AT, small_network

from lianxue.distribution.enums import ClaimRemedy, ShipmentState, TransferState
from lianxue.distribution.errors import ReasonMissing
from lianxue.distribution.models import Claim, Shipment, StockBalance, StockEntry, Transfer
from lianxue.distribution.operations.claims.answer import answer_claim, decline_answer
from lianxue.distribution.operations.claims.settle import accept_answer, settle_claim
from lianxue.distribution.operations.shipping.dispatch import dispatch
from lianxue.distribution.operations.shipping.receive import receive
from lianxue.distribution.operations.transfers.receive_transfer import receive_transfer
from lianxue.distribution.operations.transfers.send_transfer import send_transfer
from lianxue.distribution.queries.ledger import check_ledger
from lianxue.kernel.errors import Invalid

pytestmark = pytest.mark.django_db


def _claim(kind: str) -> Claim:
    return Claim.objects.get(kind=kind)


def _settled(stocked: StockedRound, kind: str, remedy: str) -> Claim:
    claim = _claim(kind)
    answer_claim(actor=stocked.network.supplier_clerk, at=AT, claim=claim, remedy=remedy, answer="按此处理")
    return accept_answer(actor=stocked.desk, at=AT, claim=claim)


def _at_point(stocked: StockedRound) -> dict[str, int]:
    rows = StockBalance.objects.filter(place__organisation=stocked.point).exclude(quantity=0)
    return dict(rows.values_list("place__kind", "quantity"))


def _at_supplier(stocked: StockedRound) -> dict[str, int]:
    rows = StockBalance.objects.filter(place__organisation=stocked.network.supplier).exclude(quantity=0)
    return dict(rows.values_list("place__kind", "quantity"))


def test_each_fault_of_a_receipt_opens_a_claim() -> None:
    stocked = claimed_round(small_network(), (5, 1, 2, 0))
    assert list(Claim.objects.order_by("kind").values_list("kind", "quantity", "state", "note")) == [
        ("damaged", 1, "open", "外箱压坏"),
        ("missing", 2, "open", "外箱压坏"),
    ]
    claimed_round(stocked.network, (1, 0, 0, 2))
    assert _claim("surplus").quantity == 2


def test_a_receipt_in_good_order_opens_none() -> None:
    delivered_round(small_network(), (3,))
    assert not Claim.objects.exists()


def test_what_is_sent_again_follows_in_a_parcel_and_is_received_like_any_other() -> None:
    stocked = claimed_round(small_network(), (3, 0, 2, 0), spare=1)
    claim = _settled(stocked, "missing", "resend")
    parcel = claim.resent_in
    assert parcel is not None
    assert (parcel.code, parcel.state) == (f"{stocked.shipments[0].code}-2", ShipmentState.PREPARING)
    assert parcel.lines.get().quantity == 2
    # One was spare at the supplier, the other comes from outside, named.
    assert _at_supplier(stocked) == {"outside": -7, "supplier": 2}
    assert StockEntry.objects.get(verb="resupply").reference == f"distribution.claim:{claim.pk}"
    dispatch(actor=stocked.network.supplier_clerk, at=AT, shipment=parcel)
    receive(actor=stocked.desk, at=AT, shipment=parcel)
    assert _at_supplier(stocked) == {"outside": -7}
    assert check_ledger().is_sound


def test_two_claims_of_one_parcel_are_sent_again_under_two_numbers() -> None:
    stocked = claimed_round(small_network(), (3, 1, 2, 0))
    codes = [_settled(stocked, kind, "resend").resent_in for kind in ("missing", "damaged")]
    first = stocked.shipments[0].code
    assert [str(code) for code in codes] == [f"{first}-2", f"{first}-3"]
    for parcel in Shipment.objects.filter(follows__isnull=False):
        dispatch(actor=stocked.network.supplier_clerk, at=AT, shipment=parcel)
    assert check_ledger().is_sound


def test_what_is_credited_counts_as_never_supplied() -> None:
    stocked = claimed_round(small_network(), (3, 1, 2, 0))
    assert _at_point(stocked) == {"display": 1, "shelf": 2, "damaged": 1, "lost": 2}
    for kind in ("missing", "damaged"):
        _settled(stocked, kind, "credit")
    assert _at_point(stocked) == {"display": 1, "shelf": 2}
    assert _at_supplier(stocked) == {"outside": -3}
    entries = StockEntry.objects.filter(verb="credit_claim")
    assert [entry.reason for entry in entries] == ["按此处理"] * 2
    assert check_ledger().is_sound


def test_what_is_written_off_stays_where_the_ledger_has_it() -> None:
    stocked = claimed_round(small_network(), (3, 1, 2, 0))
    entries = StockEntry.objects.count()
    for kind in ("missing", "damaged"):
        _settled(stocked, kind, "write_off")
    assert _at_point(stocked) == {"display": 1, "shelf": 2, "damaged": 1, "lost": 2}
    assert StockEntry.objects.count() == entries


def test_what_is_kept_stays_in_the_store() -> None:
    stocked = claimed_round(small_network(), (3, 0, 0, 2))
    assert _settled(stocked, "surplus", "keep").remedy == ClaimRemedy.KEEP
    assert _at_point(stocked) == {"display": 1, "shelf": 4}


def test_what_goes_back_travels_as_a_transfer_to_the_supplier() -> None:
    stocked = claimed_round(small_network(), (3, 0, 0, 2))
    transfer = _settled(stocked, "surplus", "send_back").sent_back_in
    assert transfer is not None
    assert (transfer.state, transfer.giver_id) == (TransferState.AGREED, stocked.point.pk)
    send_transfer(actor=stocked.desk, at=AT, transfer=transfer)
    receive_transfer(actor=stocked.network.supplier_clerk, at=AT, transfer=transfer)
    assert _at_point(stocked) == {"display": 1, "shelf": 2}
    assert _at_supplier(stocked) == {"outside": -5, "supplier": 2}
    assert check_ledger().is_sound


def test_the_office_settles_with_a_reason_what_nobody_answers() -> None:
    stocked = claimed_round(small_network(), (3, 0, 2, 0))
    before = everything_written()
    office = stocked.network.office_admin
    with pytest.raises(ReasonMissing):
        settle_claim(actor=office, at=AT, claim=_claim("missing"), remedy="credit", reason=" ")
    assert everything_written() == before
    claim = settle_claim(actor=office, at=AT, claim=_claim("missing"), remedy="credit", reason="三个月未答复")
    assert (claim.state, claim.settled_reason, claim.answered_at) == ("settled", "三个月未答复", None)


def test_a_remedy_fits_what_is_wrong() -> None:
    stocked = claimed_round(small_network(), (3, 0, 2, 0))
    before = everything_written()
    for remedy in ("keep", "send_back", "withdrawn", "", "x"):
        with pytest.raises(Invalid) as refused:
            answer_claim(actor=stocked.network.supplier_clerk, at=AT, claim=_claim("missing"), remedy=remedy)
        assert list(refused.value.fields) == ["remedy"]
    with pytest.raises(Invalid):
        answer_claim(
            actor=stocked.network.supplier_clerk,
            at=AT,
            claim=_claim("missing"),
            remedy="credit",
            answer="长" * 301,
        )
    assert everything_written() == before


def test_what_is_not_accepted_goes_back_with_the_reason() -> None:
    stocked = claimed_round(small_network(), (3, 0, 2, 0))
    supplier, claim = stocked.network.supplier_clerk, _claim("missing")
    answer_claim(actor=supplier, at=AT, claim=claim, remedy="credit", answer="没有库存")
    declined = decline_answer(actor=stocked.admin, at=AT, claim=claim, reason="学员在等")
    assert (declined.state, declined.remedy, declined.declined_reason) == ("open", "", "学员在等")
    again = answer_claim(actor=supplier, at=AT, claim=claim, remedy="resend")
    assert (again.state, again.declined_reason) == ("answered", "")


def test_the_same_press_twice_settles_once() -> None:
    stocked = claimed_round(small_network(), (3, 0, 2, 0))
    claim = _claim("missing")
    answer_claim(actor=stocked.network.supplier_clerk, at=AT, claim=claim, remedy="resend")
    for _ in range(2):
        accept_answer(actor=stocked.admin, at=AT, claim=claim, request_key="k")
    assert Shipment.objects.filter(follows__isnull=False).count() == 1
    assert not Transfer.objects.exists()
