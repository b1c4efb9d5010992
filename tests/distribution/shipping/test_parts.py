"""Parcels in parts: what is there goes, the rest follows under a number of its own."""

import pytest
from tests.factories.distribution_people import everything_written
from tests.factories.distribution_stock import StockedRound, packed_round
from tests.factories.orgs import AT, client_for, small_network

from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.models import Shipment, StockBalance
from lianxue.distribution.operations.shipping.dispatch import dispatch
from lianxue.distribution.operations.shipping.receive import receive
from lianxue.distribution.queries.ledger import check_ledger
from lianxue.kernel.errors import Invalid, WrongState

pytestmark = pytest.mark.django_db


@pytest.fixture
def packed() -> StockedRound:
    return packed_round(small_network(), (5, 2, 3))


def _send(stocked: StockedRound, shipment: Shipment, *numbers: int) -> Shipment:
    lots = shipment.lines.order_by("title_id")
    return dispatch(
        actor=stocked.network.supplier_clerk,
        at=AT,
        shipment=shipment,
        quantities={lot.pk: number for lot, number in zip(lots, numbers, strict=True)},
        carrier_note="先发一部分",
    )


def _lines(shipment: Shipment) -> list[tuple[str, int]]:
    return list(shipment.lines.order_by("title_id").values_list("title__entry__title", "quantity"))


def test_what_is_not_there_yet_follows_in_a_parcel_of_its_own(packed: StockedRound) -> None:
    first = packed.shipments[0]
    sent = _send(packed, first, 4, 0, 3)
    assert (sent.state, _lines(sent)) == (ShipmentState.DISPATCHED, [("资源1", 4), ("资源3", 3)])
    rest = Shipment.objects.get(follows=first)
    assert (rest.code, rest.state, rest.point_id) == (f"{first.code}-2", "preparing", first.point_id)
    assert _lines(rest) == [("资源1", 1), ("资源2", 2)]
    on_the_way = StockBalance.objects.filter(place__kind="in_transit", quantity__gt=0)
    assert sorted(on_the_way.values_list("lot__shipment__code", "quantity")) == [
        (first.code, 3),
        (first.code, 4),
    ]
    receive(actor=packed.admin, at=AT, shipment=sent)
    assert check_ledger().is_sound


def test_the_rest_may_be_sent_in_parts_again(packed: StockedRound) -> None:
    first = packed.shipments[0]
    _send(packed, first, 4, 2, 0)
    second = Shipment.objects.get(follows=first)
    _send(packed, second, 1, 1)
    third = Shipment.objects.get(follows=second)
    assert (third.code, _lines(third)) == (f"{first.code}-3", [("资源3", 2)])
    dispatch(actor=packed.network.supplier_clerk, at=AT, shipment=third)
    assert check_ledger().is_sound


def test_prefilled_numbers_send_all_and_nothing_follows(packed: StockedRound) -> None:
    _send(packed, packed.shipments[0], 5, 2, 3)
    assert Shipment.objects.get().state == ShipmentState.DISPATCHED


@pytest.mark.parametrize("numbers", [(6, 2, 3), (-1, 2, 3), (0, 0, 0)])
def test_more_than_planned_or_nothing_is_refused(packed: StockedRound, numbers: tuple[int, ...]) -> None:
    before = everything_written()
    with pytest.raises(Invalid) as refused:
        _send(packed, packed.shipments[0], *numbers)
    assert list(refused.value.fields) == ([f"quantity_{packed.lot.pk}"] if any(numbers) else [])
    assert everything_written() == before


def test_a_parcel_that_was_packed_anew_in_the_meantime_is_looked_at_again(packed: StockedRound) -> None:
    with pytest.raises(Invalid):
        dispatch(
            actor=packed.network.supplier_clerk,
            at=AT,
            shipment=packed.shipments[0],
            quantities={packed.lot.pk: 1},
        )


def test_what_has_left_is_not_split(packed: StockedRound) -> None:
    _send(packed, packed.shipments[0], 5, 2, 3)
    with pytest.raises(WrongState):
        _send(packed, packed.shipments[0], 1, 1, 1)


def test_the_page_sends_what_its_steppers_say(packed: StockedRound) -> None:
    browser, first = client_for(packed.network.supplier_clerk), packed.shipments[0]
    shown = browser.get(f"/shipments/{first.pk}/").content.decode()
    assert [f'name="quantity_{lot.pk}" value="{lot.quantity}"' in shown for lot in packed.lots] == [True] * 3
    typed = {f"quantity_{lot.pk}": "1" for lot in packed.lots}
    faulty = browser.post(f"/shipments/{first.pk}/dispatch/", typed | {f"quantity_{packed.lot.pk}": "viele"})
    assert faulty.status_code == 422
    assert not Shipment.objects.filter(follows=first).exists()
    too_many = browser.post(f"/shipments/{first.pk}/dispatch/", typed | {f"quantity_{packed.lot.pk}": "9"})
    assert too_many.status_code == 422
    done = browser.post(f"/shipments/{first.pk}/dispatch/", typed, follow=True)
    assert f"{first.code}-2" in done.content.decode()
    assert _lines(Shipment.objects.get(follows=first)) == [("资源1", 4), ("资源2", 1), ("资源3", 2)]
