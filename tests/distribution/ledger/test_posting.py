"""Entries: legs sum to zero, nothing goes below zero, the cost does not grow with the number of movements."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.distribution_stock import StockedRound, delivered_round, packed_round
from tests.factories.orgs import AT, small_network

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.errors import NotEnoughCopies
from lianxue.distribution.models import StockBalance, StockEntry, StockLeg
from lianxue.distribution.operations.ledger import Leg, Posting, Spot, move, post, post_many, reference_to
from lianxue.distribution.operations.shipping.dispatch import dispatch_shipments
from lianxue.distribution.queries.ledger import check_ledger, rebuild_balances

pytestmark = pytest.mark.django_db


@pytest.fixture
def stocked() -> StockedRound:
    return delivered_round(small_network(), (3,))


def _at(stocked: StockedRound, kind: PlaceKind) -> int:
    rows = StockBalance.objects.filter(place__organisation=stocked.point, place__kind=kind)
    return sum(rows.values_list("quantity", flat=True))


def _to_shelf(stocked: StockedRound, quantity: int, source: PlaceKind = PlaceKind.DISPLAY) -> tuple[Leg, ...]:
    return move(
        quantity,
        title_id=stocked.lot.title_id,
        source=Spot(stocked.point.pk, source),
        target=Spot(stocked.point.pk, PlaceKind.SHELF),
        source_lot_id=stocked.lot.pk,
        target_lot_id=stocked.lot.pk,
    )


def test_an_entry_says_what_moved_who_moved_it_and_why(stocked: StockedRound) -> None:
    entry = post(
        verb="tidy",
        at=AT,
        person_id=stocked.admin.person_id,
        legs=_to_shelf(stocked, 1),
        reference=reference_to(stocked.lot),
        reason="更换陈列",
    )
    assert (entry.verb, entry.at, entry.person_id) == ("tidy", AT, stocked.admin.person_id)
    assert (entry.reference, entry.reason) == (f"distribution.shipmentline:{stocked.lot.pk}", "更换陈列")
    assert sorted(entry.legs.values_list("place__kind", "quantity")) == [("display", -1), ("shelf", 1)]
    assert (_at(stocked, PlaceKind.DISPLAY), _at(stocked, PlaceKind.SHELF)) == (0, 3)


def test_nothing_moves_that_is_not_there(stocked: StockedRound) -> None:
    with pytest.raises(NotEnoughCopies), transaction.atomic():
        post(verb="tidy", at=AT, person_id=None, legs=_to_shelf(stocked, 2), reference="")
    assert (_at(stocked, PlaceKind.DISPLAY), _at(stocked, PlaceKind.SHELF)) == (1, 2)
    assert not StockEntry.objects.filter(verb="tidy").exists()


def test_movements_of_one_posting_are_weighed_together(stocked: StockedRound) -> None:
    there_and_back = [
        *_to_shelf(stocked, 2),
        *(Leg(x.spot, x.title_id, x.lot_id, -x.quantity) for x in _to_shelf(stocked, 1)),
    ]
    post(verb="tidy", at=AT, person_id=None, legs=there_and_back, reference="")
    assert (_at(stocked, PlaceKind.DISPLAY), _at(stocked, PlaceKind.SHELF)) == (0, 3)


def test_only_the_outside_may_go_below_zero(stocked: StockedRound) -> None:
    below = StockBalance.objects.filter(quantity__lt=0)
    assert [b.place.kind for b in below] == [PlaceKind.OUTSIDE]


@pytest.mark.parametrize("legs", [[], [1], [2, -1]])
def test_legs_that_do_not_sum_to_zero_are_a_fault_of_the_program(
    stocked: StockedRound, legs: list[int]
) -> None:
    spot = Spot(stocked.point.pk, PlaceKind.SHELF)
    made = [Leg(spot, stocked.lot.title_id, stocked.lot.pk, quantity) for quantity in legs]
    with pytest.raises(ValueError, match="do not sum to zero"):
        post(verb="tidy", at=AT, person_id=None, legs=made, reference="")


def test_moving_nothing_makes_no_legs() -> None:
    spot = Spot(1, PlaceKind.SHELF)
    assert move(0, title_id=1, source=spot, target=spot) == ()


def test_supplying_a_round_brings_in_its_copies_once() -> None:
    stocked = packed_round(small_network(), (3, 2), spare=4)
    rows = StockLeg.objects.filter(entry__reference=reference_to(stocked.round))
    assert sorted(rows.values_list("place__kind", "quantity")) == [
        ("outside", -7),
        ("outside", -6),
        ("supplier", 6),
        ("supplier", 7),
    ]


def test_one_movement_and_a_hundred_take_equally_many_statements() -> None:
    network = small_network()
    counts = []
    for copies in ((1,), (1,) * 100):
        stocked = packed_round(network, copies)
        postings = [
            Posting(
                "dispatch",
                reference_to(line),
                move(
                    line.quantity,
                    title_id=line.title_id,
                    source=Spot(network.supplier.pk, PlaceKind.SUPPLIER),
                    target=Spot(stocked.point.pk, PlaceKind.IN_TRANSIT),
                    target_lot_id=line.pk,
                ),
            )
            for line in stocked.lots
        ]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            post_many(at=AT, person_id=None, postings=postings)
        counts.append(len(queries))
    # The first posting also makes the place that is new: an insert and a second look.
    assert counts == [5, 3]


def test_a_whole_city_is_dispatched_in_one_go_and_the_ledger_is_sound() -> None:
    network = small_network()
    stocked = packed_round(network, (5, 4, 3), points=network.points)
    dispatch_shipments(actor=network.supplier_clerk, at=AT, shipments=stocked.shipments)
    in_transit = StockBalance.objects.filter(place__kind=PlaceKind.IN_TRANSIT)
    assert sorted(in_transit.values_list("quantity", flat=True)) == sorted([5, 4, 3] * len(network.points))
    assert not StockBalance.objects.filter(place__kind=PlaceKind.SUPPLIER, quantity__gt=0).exists()
    assert check_ledger().is_sound


def test_the_check_finds_a_balance_that_was_tampered_with(stocked: StockedRound) -> None:
    balance = StockBalance.objects.get(place__kind=PlaceKind.SHELF)
    StockBalance.objects.filter(pk=balance.pk).update(quantity=99)
    found = check_ledger()
    key = (balance.place_id, balance.title_id, balance.lot_id)
    assert (found.is_sound, found.wrong_balances) == (False, ((key, 99, 2),))
    assert rebuild_balances()[key] == 2
