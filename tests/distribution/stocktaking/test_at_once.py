"""Counting while others lend, settle and count: real threads, real connections, and the books stay sound."""

import pytest
from tests.factories.distribution_counts import count_all, lines_by_place, stocktake_in
from tests.factories.distribution_stock import delivered_round
from tests.factories.orgs import AT, make_actor, small_network
from tests.factories.threads import at_once

from lianxue.distribution.errors import CopiesMovedSince, CountChanged, StocktakeUnderWay
from lianxue.distribution.models import StockBalance, StockEntry, Stocktake
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.stocktaking.begin import begin_stocktake
from lianxue.distribution.operations.stocktaking.count import LineCount, Seen, save_counts
from lianxue.distribution.operations.stocktaking.settle import settle_stocktake
from lianxue.distribution.queries.ledger import check_ledger
from lianxue.kernel.errors import Conflict, WrongState
from lianxue.orgs.public import Role

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_database")]


def test_ten_begin_at_once_and_one_count_is_begun() -> None:
    stocked = delivered_round(small_network(), (3,))
    desk = stocked.desk
    outcome = at_once([lambda: begin_stocktake(actor=desk, at=AT, point=stocked.point)] * 10)
    assert outcome.count(None) == 1
    assert {type(refusal) for refusal in outcome if refusal} <= {Conflict, StocktakeUnderWay}
    assert Stocktake.objects.count() == 1


def test_ten_count_the_same_line_and_one_number_stands() -> None:
    stocked = delivered_round(small_network(), (20,))
    row = begin_stocktake(actor=stocked.desk, at=AT, point=stocked.point)
    line = lines_by_place(row)["shelf", stocked.lot.pk]
    people = [make_actor(stocked.point, Role.DESK_CLERK) for _ in range(10)]
    outcome = at_once(
        [
            lambda n=n: save_counts(  # type: ignore[misc]
                actor=people[n], at=AT, stocktake=row, counts=[LineCount(line.pk, n, seen=Seen())]
            )
            for n in range(10)
        ]
    )
    assert outcome.count(None) == 1
    assert {type(refusal) for refusal in outcome if refusal} == {CountChanged}
    line.refresh_from_db()
    assert line.counted == outcome.index(None)


def test_two_settle_at_once_and_it_is_entered_once() -> None:
    stocked = delivered_round(small_network(), (5,))
    second = make_actor(stocked.point, Role.DESK_CLERK)
    row = stocktake_in(stocked, "counted", {("shelf", stocked.lot.pk): 3})
    outcome = at_once(
        [lambda a=a: settle_stocktake(actor=a, at=AT, stocktake=row) for a in (stocked.admin, second)]  # type: ignore[misc]
    )
    assert [type(refusal) for refusal in outcome if refusal] == [WrongState]
    assert StockEntry.objects.filter(verb="stocktake").count() == 1
    assert check_ledger().is_sound


def test_copies_are_lent_while_a_loss_is_entered_and_none_comes_from_nowhere() -> None:
    stocked = delivered_round(small_network(), (6,))
    row = stocktake_in(stocked, "counted", {("shelf", stocked.lot.pk): 2})  # three of five are gone
    desk, admin = stocked.desk, stocked.admin
    outcome = at_once(
        [
            lambda: settle_stocktake(actor=admin, at=AT, stocktake=row),
            *[
                lambda n=n: lend(  # type: ignore[misc]
                    actor=desk, at=AT, point=stocked.point, entry=stocked.entry, borrower_name=f"读者{n}"
                )
                for n in range(6)
            ],
        ]
    )
    lent = outcome[1:].count(None)
    there = dict(
        StockBalance.objects.filter(lot=stocked.lot)
        .exclude(quantity=0)
        .values_list("place__kind", "quantity")
    )
    if outcome[0] is None:
        assert (lent, there) == (2, {"display": 1, "on_loan": 2, "lost": 3})
    else:
        assert isinstance(outcome[0], CopiesMovedSince)
        assert lent > 2
    assert check_ledger().is_sound


def test_counting_goes_on_while_another_counts_the_other_half() -> None:
    stocked = delivered_round(small_network(), (3, 3, 3, 3))
    row = begin_stocktake(actor=stocked.desk, at=AT, point=stocked.point)
    lines = list(row.lines.order_by("pk"))
    halves = [(stocked.desk, lines[::2]), (stocked.admin, lines[1::2])]
    outcome = at_once(
        [
            lambda actor=actor, some=some: [  # type: ignore[misc]
                save_counts(
                    actor=actor, at=AT, stocktake=row, counts=[LineCount(line.pk, line.expected, seen=Seen())]
                )
                for line in some
            ]
            for actor, some in halves
        ]
    )
    assert outcome == [None, None]
    assert not row.lines.filter(counted__isnull=True).exists()
    assert count_all(row, stocked.desk).state == "counting"
