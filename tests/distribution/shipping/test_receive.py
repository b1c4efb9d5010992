"""What arrived against what was due (S0-42), and where the copies are put (S0-29)."""

import pytest
from tests.factories.distribution_people import everybody, everything_written
from tests.factories.distribution_stock import (
    StockedRound,
    dispatched_round,
    packed_round,
    round_at_college,
)
from tests.factories.orgs import AT, small_network

from lianxue.distribution.enums import PlaceKind, ShipmentState
from lianxue.distribution.errors import DoesNotAddUp
from lianxue.distribution.models import Receipt, ShipmentLine, StockBalance, StockEntry
from lianxue.distribution.operations.shipping.dispatch import dispatch, dispatch_shipments
from lianxue.distribution.operations.shipping.receive import LotCount, receive
from lianxue.distribution.queries.ledger import check_ledger, retention_violations
from lianxue.kernel.errors import Invalid, NotAllowed, WrongState
from lianxue.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent() -> StockedRound:
    return dispatched_round(small_network(), (5, 1, 2))


def _copies(stocked: StockedRound, lot: int) -> dict[str, int]:
    rows = StockBalance.objects.filter(lot=stocked.lots[lot]).exclude(quantity=0)
    return dict(rows.values_list("place__kind", "quantity"))


def _counts(stocked: StockedRound, *numbers: tuple[int, int, int]) -> list[LotCount]:
    return [LotCount(lot.pk, *three) for lot, three in zip(stocked.lots, numbers, strict=True)]


def test_all_in_good_order_one_of_each_goes_on_display_the_rest_into_the_store(sent: StockedRound) -> None:
    receipt = receive(actor=sent.desk, at=AT, shipment=sent.shipments[0], note=" 完好 ")
    assert (receipt.received_by_id, receipt.received_at, receipt.note) == (sent.desk.person_id, AT, "完好")
    assert [_copies(sent, n) for n in range(3)] == [
        {"display": 1, "shelf": 4},
        {"display": 1},
        {"display": 1, "shelf": 1},
    ]
    assert [(line.due, line.good, line.damaged, line.missing) for line in receipt.lines.all()] == [
        (5, 5, 0, 0),
        (1, 1, 0, 0),
        (2, 2, 0, 0),
    ]
    assert retention_violations() == 0


def test_short_and_damaged_copies_are_entered_as_such(sent: StockedRound) -> None:
    counts = _counts(sent, (2, 2, 1), (0, 1, 0), (0, 0, 2))
    receive(actor=sent.admin, at=AT, shipment=sent.shipments[0], counts=counts)
    assert [_copies(sent, n) for n in range(3)] == [
        {"display": 1, "shelf": 1, "damaged": 2, "lost": 1},
        {"damaged": 1},
        {"lost": 2},
    ]
    entry = StockEntry.objects.get(verb="receive")
    assert entry.reference == f"distribution.receipt:{Receipt.objects.get().pk}"
    done = AuditEntry.objects.get(verb="distribution.receive")
    assert done.after == {
        "state": "received",
        "due": 8,
        "good": 2,
        "damaged": 3,
        "missing": 3,
        "surplus": 0,
    }
    assert check_ledger().is_sound


@pytest.mark.parametrize("wrong", [(4, 0, 0), (5, 1, 0), (5, 1, -1), (-1, 6, 0), (0, 0, 0)])
def test_what_does_not_add_up_is_refused_at_its_line(sent: StockedRound, wrong: tuple[int, int, int]) -> None:
    before = everything_written()
    with pytest.raises(DoesNotAddUp) as refused:
        receive(
            actor=sent.admin,
            at=AT,
            shipment=sent.shipments[0],
            counts=_counts(sent, wrong, (1, 0, 0), (2, 0, 0)),
        )
    assert list(refused.value.fields) == [f"good_{sent.lots[0].pk}"]
    assert everything_written() == before


def test_every_lot_is_counted_once_and_no_other(sent: StockedRound) -> None:
    whole = _counts(sent, (5, 0, 0), (1, 0, 0), (2, 0, 0))
    foreign = LotCount(dispatched_round(sent.network, (1,), points=sent.network.points[1:2]).lot.pk, 1)
    for counts in (whole[:2], [*whole, whole[0]], [*whole, foreign], [*whole[:2], foreign], []):
        with pytest.raises(DoesNotAddUp):
            receive(actor=sent.admin, at=AT, shipment=sent.shipments[0], counts=counts)
    assert not Receipt.objects.exists()


def test_a_remark_that_is_too_long_is_refused(sent: StockedRound) -> None:
    with pytest.raises(Invalid) as refused:
        receive(actor=sent.admin, at=AT, shipment=sent.shipments[0], note="长" * 301)
    assert list(refused.value.fields) == ["note"]


def test_the_same_form_sent_twice_is_one_receipt(sent: StockedRound) -> None:
    first = receive(actor=sent.admin, at=AT, shipment=sent.shipments[0], request_key="k")
    assert receive(actor=sent.admin, at=AT, shipment=sent.shipments[0], request_key="k") == first
    with pytest.raises(WrongState):
        receive(actor=sent.admin, at=AT, shipment=sent.shipments[0], request_key="other")


def test_many_are_dispatched_all_or_none() -> None:
    network = small_network()
    stocked = packed_round(network, (2,), points=network.points[:3])
    clerk = network.supplier_clerk
    dispatch(actor=clerk, at=AT, shipment=stocked.shipments[1], carrier_note=" 顺丰 1 ")
    before = everything_written()
    with pytest.raises(WrongState):
        dispatch_shipments(actor=clerk, at=AT, shipments=stocked.shipments)
    assert everything_written() == before
    dispatch_shipments(actor=clerk, at=AT, shipments=[stocked.shipments[0], stocked.shipments[2]])
    for shipment in stocked.shipments:
        shipment.refresh_from_db()
    assert {s.state for s in stocked.shipments} == {ShipmentState.DISPATCHED}
    assert [s.carrier_note for s in stocked.shipments] == ["", "顺丰 1", ""]


def test_dispatching_nothing_or_a_foreign_shipment_is_refused() -> None:
    network = small_network()
    stocked = packed_round(network, (2,))
    with pytest.raises(Invalid):
        dispatch_shipments(actor=network.supplier_clerk, at=AT, shipments=[])
    with pytest.raises(NotAllowed):
        dispatch_shipments(actor=everybody(network)["T"], at=AT, shipments=stocked.shipments)
    with pytest.raises(Invalid):
        dispatch(actor=network.supplier_clerk, at=AT, shipment=stocked.shipments[0], carrier_note="x" * 121)
    assert StockBalance.objects.filter(place__kind=PlaceKind.IN_TRANSIT).count() == 0


def test_copies_too_many_come_from_the_spare_ones_of_the_supplier_and_then_from_outside() -> None:
    network = small_network()
    # Four copies are at the supplier, all of them promised to a parcel that still waits to be packed.
    sent = dispatched_round(network, (3,), spare=4)
    waiting = packed_round(network, (4,), points=network.points[1:2])
    ShipmentLine.objects.create(shipment=waiting.shipments[0], title=sent.titles[0], quantity=4)
    counts = [LotCount(sent.lot.pk, 3, surplus=2)]
    receive(actor=sent.admin, at=AT, shipment=sent.shipments[0], counts=counts, note="多出两册")
    assert _copies(sent, 0) == {"display": 1, "shelf": 4}
    entry = StockEntry.objects.get(verb="receive_surplus")
    assert entry.reason == "多出两册"
    legs = entry.legs.values_list("place__organisation__code", "place__kind", "lot", "quantity")
    assert set(legs) == {
        ("supplier-1", "outside", None, -2),
        ("point-1", "shelf", sent.lot.pk, 2),
    }
    assert check_ledger().is_sound


def test_spare_copies_of_the_supplier_are_taken_first() -> None:
    sent = dispatched_round(small_network(), (1,), spare=1)
    counts = [LotCount(sent.lot.pk, 0, damaged=1, surplus=3)]
    receive(actor=sent.admin, at=AT, shipment=sent.shipments[0], counts=counts)
    # S0-29: the copies too many are the only good ones, so they stand in the corner.
    assert _copies(sent, 0) == {"damaged": 1, "display": 3}
    legs = StockEntry.objects.get(verb="receive_surplus").legs.filter(lot__isnull=True)
    assert dict(legs.values_list("place__kind", "quantity")) == {"supplier": -1, "outside": -2}
    assert check_ledger().is_sound


def test_one_title_is_not_short_and_too_many_at_once(sent: StockedRound) -> None:
    before = everything_written()
    counts = [LotCount(lot.pk, lot.quantity) for lot in sent.lots]
    for wrong in (LotCount(sent.lot.pk, 4, missing=1, surplus=1), LotCount(sent.lot.pk, 5, surplus=-1)):
        with pytest.raises(DoesNotAddUp) as refused:
            receive(actor=sent.admin, at=AT, shipment=sent.shipments[0], counts=[wrong, *counts[1:]])
        assert list(refused.value.fields) == [f"surplus_{sent.lot.pk}"]
    assert everything_written() == before


def test_a_parcel_in_the_hand_is_received_even_when_the_college_has_not_sent_it_on() -> None:
    network = small_network()
    for make in (
        lambda: dispatched_round(network, (2,), via=network.colleges[0]),
        lambda: round_at_college(network, (2,)),
    ):
        stocked = make()
        college = StockBalance.objects.filter(place__organisation=network.colleges[0], lot=stocked.lot)
        assert [b.quantity for b in college] == [2]
        receive(actor=stocked.admin, at=AT, shipment=stocked.shipments[0])
        assert [b.quantity for b in college.all()] == [0]
        assert _copies(stocked, 0) == {"display": 1, "shelf": 1}
    assert check_ledger().is_sound
