"""Counting: what stands on the list, what is kept, and that nobody's number is lost silently."""

from datetime import timedelta

import pytest
from tests.factories.distribution_counts import count_all, lines_by_place, stocktake_in
from tests.factories.distribution_people import everybody, everything_written
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import AT, small_network

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.errors import CountChanged, NothingToCount, ReasonMissing, StocktakeUnderWay
from lianxue.distribution.models import Stocktake, StocktakeLine
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.stocktaking.begin import add_counted_lot, begin_stocktake
from lianxue.distribution.operations.stocktaking.count import LineCount, Seen, finish_counting, save_counts
from lianxue.distribution.queries.stocktaking import lines_of, next_to_count
from lianxue.kernel.errors import Invalid, NotAllowed, NotFound, Refused, Unmet

pytestmark = pytest.mark.django_db


@pytest.fixture
def stocked() -> StockedRound:
    return delivered_round(small_network(), (3, 1))


def _begun(stocked: StockedRound) -> Stocktake:
    return begin_stocktake(actor=stocked.desk, at=AT, point=stocked.point)


def _line(row: Stocktake, kind: str, stocked: StockedRound) -> StocktakeLine:
    return lines_by_place(row)[kind, stocked.lot.pk]


def test_a_list_holds_what_the_books_have_in_store_and_corner(stocked: StockedRound) -> None:
    first, second = stocked.lots
    row = _begun(stocked)
    expected = {place: line.expected for place, line in lines_by_place(row).items()}
    assert expected == {("shelf", first.pk): 2, ("display", first.pk): 1, ("display", second.pk): 1}
    assert [line.kind for line in lines_of(row)] == ["display", "display", "shelf"]


def test_only_the_staff_of_the_point_begin_and_only_once(stocked: StockedRound) -> None:
    for letter, actor in everybody(stocked.network).items():
        if letter not in "PD":
            with pytest.raises(NotAllowed):
                begin_stocktake(actor=actor, at=AT, point=stocked.point)
    with pytest.raises(NothingToCount):
        begin_stocktake(
            actor=stocked.network.actor(stocked.network.points[1]), at=AT, point=stocked.network.points[1]
        )
    assert not Stocktake.objects.exists()
    _begun(stocked)
    with pytest.raises(StocktakeUnderWay):
        _begun(stocked)


def test_a_number_stands_beside_what_the_books_have_at_that_moment(stocked: StockedRound) -> None:
    row = _begun(stocked)
    lend(actor=stocked.desk, at=AT, point=stocked.point, entry=stocked.entry, borrower_name="王小明")
    line = _line(row, "shelf", stocked)
    assert line.expected == 2
    save_counts(actor=stocked.desk, at=AT, stocktake=row, counts=[LineCount(line.pk, 1)])
    line.refresh_from_db()
    assert (line.expected, line.counted, line.difference) == (1, 1, 0)
    assert (line.counted_by_id, line.counted_at) == (stocked.desk.person_id, AT)


def test_two_at_once_hear_of_each_other(stocked: StockedRound) -> None:
    row = _begun(stocked)
    line = _line(row, "shelf", stocked)
    blank = Seen()
    save_counts(actor=stocked.desk, at=AT, stocktake=row, counts=[LineCount(line.pk, 1, seen=blank)])
    before = everything_written()
    with pytest.raises(CountChanged) as refused:
        save_counts(actor=stocked.admin, at=AT, stocktake=row, counts=[LineCount(line.pk, 2, seen=blank)])
    text = str(refused.value.fields[f"counted_{line.pk}"])
    assert stocked.desk.person_name in text
    assert " 1" in text
    assert everything_written() == before
    same = [LineCount(line.pk, 1, seen=blank)]
    save_counts(actor=stocked.admin, at=AT, stocktake=row, counts=same)  # both say the same: no quarrel
    save_counts(actor=stocked.admin, at=AT, stocktake=row, counts=[LineCount(line.pk, 2, seen=Seen(1))])
    line.refresh_from_db()
    assert line.counted == 2


@pytest.mark.parametrize(
    ("counted", "damaged", "field"),
    [(-1, 0, "counted"), (100_000, 0, "counted"), (1, 2, "damaged"), (2, 1, "damaged"), (None, 1, "counted")],
)
def test_numbers_that_cannot_be_are_refused(
    stocked: StockedRound, counted: int | None, damaged: int, field: str
) -> None:
    row = _begun(stocked)
    line = _line(row, "shelf", stocked)
    before = everything_written()
    with pytest.raises(Invalid) as refused:
        save_counts(actor=stocked.desk, at=AT, stocktake=row, counts=[LineCount(line.pk, counted, damaged)])
    assert list(refused.value.fields) == [f"{field}_{line.pk}"]
    assert everything_written() == before


def test_lines_of_another_count_are_not_there(stocked: StockedRound) -> None:
    row = _begun(stocked)
    other = delivered_round(stocked.network, (2,), points=stocked.network.points[1:2])
    theirs = begin_stocktake(actor=other.admin, at=AT, point=other.point).lines.first()
    assert theirs is not None
    with pytest.raises(NotFound):
        save_counts(actor=stocked.desk, at=AT, stocktake=row, counts=[LineCount(theirs.pk, 1)])
    with pytest.raises(NotFound):
        add_counted_lot(actor=stocked.desk, at=AT, stocktake=row, lot=theirs.lot, kind=PlaceKind.SHELF)


def test_handing_over_needs_every_number_and_a_reason_for_each_difference(stocked: StockedRound) -> None:
    row = _begun(stocked)
    with pytest.raises(Unmet):
        finish_counting(actor=stocked.desk, at=AT, stocktake=row)
    count_all(row, stocked.desk)
    line = _line(row, "shelf", stocked)
    save_counts(actor=stocked.desk, at=AT, stocktake=row, counts=[LineCount(line.pk, 1)])
    wrong: list[tuple[dict[int, str], type[Refused]]] = [
        ({}, ReasonMissing),
        ({line.pk: "  "}, ReasonMissing),
        ({line.pk: "长" * 301}, Invalid),
    ]
    for reasons, kind in wrong:
        with pytest.raises(kind) as refused:
            finish_counting(actor=stocked.desk, at=AT, stocktake=row, reasons=reasons)
        assert list(refused.value.fields) == [f"reason_{line.pk}"]
    done = finish_counting(actor=stocked.desk, at=AT, stocktake=row, reasons={line.pk: " 找不到 "})
    line.refresh_from_db()
    assert (done.state, done.counted_by_id, line.reason) == ("counted", stocked.desk.person_id, "找不到")


def test_a_reason_goes_when_its_difference_goes(stocked: StockedRound) -> None:
    row = _begun(stocked)
    line = _line(row, "shelf", stocked)
    save_counts(
        actor=stocked.desk, at=AT, stocktake=row, counts=[LineCount(line.pk, 1)], reasons={line.pk: "不见"}
    )
    save_counts(actor=stocked.desk, at=AT, stocktake=row, counts=[LineCount(line.pk, 2)])
    line.refresh_from_db()
    assert (line.counted, line.reason) == (2, "")


def test_one_line_follows_another_and_comes_back_to_those_left_out(stocked: StockedRound) -> None:
    row = _begun(stocked)
    first, second, third = lines_of(row)
    assert next_to_count(row) == first
    assert next_to_count(row, after=second) == third
    assert next_to_count(row, after=third) == first
    count_all(row, stocked.desk)
    assert next_to_count(row) is None


def test_a_lot_that_the_books_have_elsewhere_is_put_on_the_list(stocked: StockedRound) -> None:
    row = _begun(stocked)
    second = stocked.lots[1]
    for _ in range(2):
        line = add_counted_lot(actor=stocked.desk, at=AT, stocktake=row, lot=second, kind=PlaceKind.SHELF)
    assert (line.expected, row.lines.count()) == (0, 4)
    with pytest.raises(NotFound):
        add_counted_lot(actor=stocked.desk, at=AT, stocktake=row, lot=second, kind=PlaceKind.ON_LOAN)


def test_a_new_count_begins_when_the_old_one_is_at_its_end(stocked: StockedRound) -> None:
    stocktake_in(stocked, "settled")
    stocktake_in(stocked, "cancelled", at=AT + timedelta(days=1))
    assert _begun(stocked).state == "counting"
