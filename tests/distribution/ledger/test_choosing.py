"""Which copies leave: oldest lots first, from the store before the corner, one of each lot stays on display."""

from datetime import timedelta

import pytest
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import AT, small_network
from tests.factories.resources import make_entry

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.errors import LastDisplayCopy, NotEnoughCopies
from lianxue.distribution.models import StockBalance
from lianxue.distribution.operations.display.place_on_display import place_on_display
from lianxue.distribution.operations.ledger import Taking, choose_lots, lock_holdings
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid

pytestmark = pytest.mark.django_db

TODAY = local_date(AT)


@pytest.fixture
def two_rounds() -> tuple[StockedRound, StockedRound]:
    """Three copies came a month ago, two today, of one title at one point."""
    network, entries = small_network(), [make_entry()]
    old = delivered_round(network, (3,), entries=entries, at=AT - timedelta(days=30))
    return old, delivered_round(network, (2,), entries=entries)


def _choose(
    stocked: StockedRound, quantity: int, *, days_ago: int = 0, keep: int = 1
) -> list[tuple[int, int, int]]:
    takings = choose_lots(
        lock_holdings(stocked.point.pk, stocked.entry.pk),
        quantity,
        on=TODAY - timedelta(days=days_ago),
        keep_on_display=keep,
        day_field="lent_on",
    )
    return [(taking.lot.pk, taking.from_shelf, taking.from_display) for taking in takings]


def test_the_oldest_lot_goes_first(two_rounds: tuple[StockedRound, StockedRound]) -> None:
    old, _new = two_rounds
    assert _choose(old, 2) == [(old.lot.pk, 2, 0)]


def test_more_than_one_lot_is_split(two_rounds: tuple[StockedRound, StockedRound]) -> None:
    old, new = two_rounds
    assert _choose(old, 3) == [(old.lot.pk, 2, 0), (new.lot.pk, 1, 0)]


def test_spare_copies_on_display_are_taken_after_those_in_the_store(
    two_rounds: tuple[StockedRound, StockedRound],
) -> None:
    old, new = two_rounds
    place_on_display(actor=old.admin, at=AT, lot=old.lot, quantity=1)
    assert _choose(old, 3) == [(old.lot.pk, 1, 1), (new.lot.pk, 1, 0)]


def test_the_last_displayed_copy_of_each_lot_stays(two_rounds: tuple[StockedRound, StockedRound]) -> None:
    with pytest.raises(LastDisplayCopy):
        _choose(two_rounds[0], 4)


def test_where_the_setting_allows_it_the_displayed_copies_go_too(
    two_rounds: tuple[StockedRound, StockedRound],
) -> None:
    old, new = two_rounds
    assert _choose(old, 5, keep=0) == [(old.lot.pk, 2, 1), (new.lot.pk, 1, 1)]


def test_what_is_not_there_cannot_be_taken_and_the_number_that_can_is_told(
    two_rounds: tuple[StockedRound, StockedRound],
) -> None:
    with pytest.raises(NotEnoughCopies, match="3"):
        _choose(two_rounds[0], 6)


def test_copies_that_came_later_do_not_count_for_an_earlier_day(
    two_rounds: tuple[StockedRound, StockedRound],
) -> None:
    old, _new = two_rounds
    assert _choose(old, 2, days_ago=1) == [(old.lot.pk, 2, 0)]
    with pytest.raises(Invalid) as refused:
        _choose(old, 4, days_ago=1)
    assert list(refused.value.fields) == ["lent_on"]
    with pytest.raises(Invalid):
        _choose(old, 1, days_ago=31)


def test_another_title_and_another_point_are_left_alone(
    two_rounds: tuple[StockedRound, StockedRound],
) -> None:
    old, _new = two_rounds
    delivered_round(old.network, (9, 9), points=old.network.points[:2])
    with pytest.raises(NotEnoughCopies):
        _choose(old, 6)


def test_a_taking_counts_both_places() -> None:
    taking = Taking(lot=None, from_shelf=2, from_display=1)  # type: ignore[arg-type]
    assert taking.quantity == 3


def test_every_holding_of_the_title_is_locked_in_one_order(
    two_rounds: tuple[StockedRound, StockedRound],
) -> None:
    old, _new = two_rounds
    locked = [(b.place_id, b.title_id, b.lot_id) for b in lock_holdings(old.point.pk, old.entry.pk)]
    assert locked == sorted(locked)
    assert (
        len(locked)
        == StockBalance.objects.filter(
            place__kind__in=[PlaceKind.IN_TRANSIT, PlaceKind.SHELF, PlaceKind.DISPLAY]
        ).count()
    )
