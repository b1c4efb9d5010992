"""What a settled count enters: where missing, damaged and found copies go, and that movements since then stay."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.distribution_counts import count_all, stocktake_in
from tests.factories.distribution_people import everything_written
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import AT, small_network

from lianxue.distribution.enums import Audience, PlaceKind
from lianxue.distribution.errors import CopiesMovedSince, ReasonMissing
from lianxue.distribution.models import StockBalance, StockEntry
from lianxue.distribution.operations.desk.issue import issue
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.display.place_on_display import place_on_display
from lianxue.distribution.operations.stocktaking.begin import add_counted_lot, begin_stocktake
from lianxue.distribution.operations.stocktaking.count import finish_counting
from lianxue.distribution.operations.stocktaking.settle import return_count, settle_stocktake
from lianxue.distribution.queries.ledger import check_ledger, retention_violations

pytestmark = pytest.mark.django_db


@pytest.fixture
def stocked() -> StockedRound:
    return delivered_round(small_network(), (5, 1))


def copies(stocked: StockedRound) -> dict[str, int]:
    rows = StockBalance.objects.filter(lot=stocked.lot, place__organisation=stocked.point)
    return dict(rows.exclude(quantity=0).values_list("place__kind", "quantity"))


def test_missing_and_damaged_copies_are_entered_with_reason_and_reference(stocked: StockedRound) -> None:
    shelf = ("shelf", stocked.lot.pk)
    row = stocktake_in(stocked, "settled", {shelf: (1, 2)})  # of four: one good, two damaged, one gone
    assert copies(stocked) == {"shelf": 1, "display": 1, "damaged": 2, "lost": 1}
    entry = StockEntry.objects.get(verb="stocktake")
    assert (entry.reference, entry.reason) == (f"distribution.stocktake:{row.pk}", "清点时不在架上")
    assert (entry.person_id, entry.at) == (stocked.admin.person_id, AT)
    assert check_ledger().is_sound


def test_a_count_without_differences_enters_nothing(stocked: StockedRound) -> None:
    before = StockEntry.objects.count()
    assert stocktake_in(stocked, "settled").state == "settled"
    assert StockEntry.objects.count() == before


def test_what_is_found_comes_from_the_missing_ones_first(stocked: StockedRound) -> None:
    shelf = ("shelf", stocked.lot.pk)
    stocktake_in(stocked, "settled", {shelf: 2})
    assert copies(stocked) == {"shelf": 2, "display": 1, "lost": 2}
    stocktake_in(stocked, "settled", {shelf: 5}, at=AT + timedelta(days=1))
    assert copies(stocked) == {"shelf": 5, "display": 1, "outside": -1}
    assert check_ledger().is_sound


def test_a_copy_missing_here_and_found_there_has_only_moved(stocked: StockedRound) -> None:
    places = {("shelf", stocked.lot.pk): 2, ("display", stocked.lot.pk): 2}
    stocktake_in(stocked, "settled", places)  # of four and one: two less here, one more there
    assert copies(stocked) == {"shelf": 2, "display": 2, "lost": 1}


def test_a_lot_found_in_the_store_though_the_books_have_it_in_the_corner(stocked: StockedRound) -> None:
    second = stocked.lots[1]
    row = begin_stocktake(actor=stocked.desk, at=AT, point=stocked.point)
    add_counted_lot(actor=stocked.desk, at=AT, stocktake=row, lot=second, kind=PlaceKind.SHELF)
    count_all(row, stocked.desk, {("shelf", second.pk): 1, ("display", second.pk): 0})
    row = finish_counting(actor=stocked.desk, at=AT, stocktake=row)
    settle_stocktake(actor=stocked.admin, at=AT, stocktake=row)
    there = StockBalance.objects.filter(lot=second).exclude(quantity=0)
    assert dict(there.values_list("place__kind", "quantity")) == {"shelf": 1}
    assert retention_violations() == 1  # S0-29: it must go on display again


def test_a_loss_of_the_last_copy_is_no_fault_and_one_of_the_displayed_copy_alone_is_to_be_mended(
    stocked: StockedRound,
) -> None:
    first, second = stocked.lots
    stocktake_in(stocked, "settled", {("display", second.pk): 0})
    assert retention_violations() == 0  # nothing is left that could be put there
    stocktake_in(stocked, "settled", {("display", first.pk): 0}, at=AT + timedelta(days=1))
    assert retention_violations() == 1
    place_on_display(actor=stocked.desk, at=AT + timedelta(days=1), lot=first, quantity=1)
    assert retention_violations() == 0


def test_movements_between_counting_and_settling_stay(stocked: StockedRound) -> None:
    row = stocktake_in(stocked, "counted", {("shelf", stocked.lot.pk): 3})
    desk = {"actor": stocked.desk, "at": AT, "point": stocked.point, "entry": stocked.entry}
    lend(**desk, borrower_name="王小明")  # type: ignore[arg-type]
    issue(**desk, recipient_name="李老师", audience=Audience.TEACHER)  # type: ignore[arg-type]
    settle_stocktake(actor=stocked.admin, at=AT, stocktake=row)
    assert copies(stocked) == {"shelf": 1, "display": 1, "on_loan": 1, "issued": 1, "lost": 1}
    assert check_ledger().is_sound


def test_copies_missing_at_the_count_and_handed_out_since_must_be_counted_again(
    stocked: StockedRound,
) -> None:
    row = stocktake_in(stocked, "counted", {("shelf", stocked.lot.pk): 1})
    lend(
        actor=stocked.desk,
        at=AT,
        point=stocked.point,
        entry=stocked.entry,
        quantity=2,
        borrower_name="王小明",
    )
    before = everything_written()
    with pytest.raises(CopiesMovedSince) as refused:
        settle_stocktake(actor=stocked.admin, at=AT, stocktake=row)
    assert "资源1" in str(refused.value)
    assert everything_written() == before
    with pytest.raises(ReasonMissing):
        return_count(actor=stocked.admin, at=AT, stocktake=row, reason=" ")
    row = return_count(actor=stocked.admin, at=AT, stocktake=row, reason="请重数书架")
    assert (row.state, row.return_reason) == ("counting", "请重数书架")
    count_all(row, stocked.desk, {("shelf", stocked.lot.pk): 2})
    row = finish_counting(actor=stocked.desk, at=AT, stocktake=row)
    assert row.return_reason == ""
    settle_stocktake(actor=stocked.admin, at=AT, stocktake=row)
    assert copies(stocked) == {"shelf": 2, "display": 1, "on_loan": 2}


def test_settling_twice_with_one_key_enters_once(stocked: StockedRound) -> None:
    row = stocktake_in(stocked, "counted", {("shelf", stocked.lot.pk): 3})
    for _ in range(2):
        settle_stocktake(actor=stocked.admin, at=AT, stocktake=row, request_key="k")
    assert copies(stocked) == {"shelf": 3, "display": 1, "lost": 1}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    shelf=st.integers(0, 8), display=st.integers(0, 4), damaged=st.integers(0, 4), before=st.integers(0, 4)
)
def test_after_settling_the_books_have_what_was_counted(
    stocked: StockedRound, shelf: int, display: int, damaged: int, before: int
) -> None:
    with transaction.atomic():
        lot = stocked.lot.pk
        stocktake_in(stocked, "settled", {("shelf", lot): before})
        first = StockBalance.objects.get(lot=lot, place__kind="shelf").quantity
        assert first == before
        broken = min(damaged, max(before - shelf, 0))
        row = begin_stocktake(actor=stocked.desk, at=AT, point=stocked.point)
        add_counted_lot(actor=stocked.desk, at=AT, stocktake=row, lot=stocked.lot, kind=PlaceKind.SHELF)
        count_all(row, stocked.desk, {("shelf", lot): (shelf, broken), ("display", lot): display})
        row = finish_counting(actor=stocked.desk, at=AT, stocktake=row)
        settle_stocktake(actor=stocked.admin, at=AT, stocktake=row)
        there = copies(stocked)
        assert (there.get("shelf", 0), there.get("display", 0)) == (shelf, display)
        assert there.get("damaged", 0) == broken
        assert there.get("lost", 0) >= 0
        assert not (there.get("lost", 0) and there.get("outside", 0)), (
            "found copies come from the missing first"
        )
        assert check_ledger().is_sound
        transaction.set_rollback(True)
