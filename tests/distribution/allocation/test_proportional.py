"""The proportional policy: worked examples to the last digit, and what holds whatever the numbers."""

import itertools
import random

from hypothesis import given
from hypothesis import strategies as st

from lianxue.distribution.operations.allocation.policies import PROPORTIONAL, Claim
from lianxue.distribution.operations.allocation.policies.proportional import (
    explain_proportional,
    share_proportionally,
)


def _shared(agreed: list[int], supply: int) -> list[int]:
    claims = [Claim(key, f"P{key:03d}", copies) for key, copies in enumerate(agreed)]
    return [share.quantity for share in share_proportionally(claims, supply)]


def test_enough_for_everybody() -> None:
    assert _shared([5, 3, 2], 10) == [5, 3, 2]
    assert _shared([5, 3, 2], 99) == [5, 3, 2]


def test_one_each_then_in_proportion() -> None:
    # 10 copies, 4 points: 6 are left for 9 + 4 + 1 + 0 = 14 still asked: 54/14 = 3 and 12/14, 24/14 = 1 and 10/14,
    # 6/14 = 0 and 6/14, 0. Two copies remain, for 12/14 and 10/14.
    assert _shared([10, 5, 2, 1], 10) == [1 + 3 + 1, 1 + 1 + 1, 1, 1]


def test_equal_fractions_go_by_code() -> None:
    assert _shared([3, 3, 3], 5) == [2, 2, 1]


def test_fewer_copies_than_points_go_to_the_largest() -> None:
    assert _shared([2, 7, 7, 1], 3) == [1, 1, 1, 0]
    assert _shared([2, 7, 7, 1], 1) == [0, 1, 0, 0]
    assert _shared([2, 7], 0) == [0, 0]


def test_what_the_college_struck_out_gets_nothing() -> None:
    assert _shared([0, 4, 0], 3) == [0, 3, 0]
    assert _shared([0, 0], 3) == [0, 0]
    assert _shared([], 3) == []


def test_largest_remainders_are_not_house_monotone() -> None:
    """Known and told: with one copy more a point may get one less (the Alabama paradox). Nothing promises otherwise."""
    before, after = _shared([7, 7, 3], 13), _shared([7, 7, 3], 14)
    assert (before, after) == ([5, 5, 3], [6, 6, 2])


agreed_numbers = st.lists(st.integers(0, 60), max_size=25)
supplies = st.integers(0, 700)


@given(agreed_numbers, supplies)
def test_everything_is_shared_out_and_nothing_more(agreed: list[int], supply: int) -> None:
    shared = _shared(agreed, supply)
    assert sum(shared) == min(supply, sum(agreed))
    assert all(0 <= got <= wanted for got, wanted in zip(shared, agreed, strict=True))


@given(agreed_numbers, supplies)
def test_at_least_one_where_supply_allows(agreed: list[int], supply: int) -> None:
    asking = [wanted for wanted in agreed if wanted]
    shared = [got for got, wanted in zip(_shared(agreed, supply), agreed, strict=True) if wanted]
    assert sum(1 for got in shared if got) == min(len(asking), supply)


@given(agreed_numbers, supplies)
def test_who_asks_for_more_never_gets_less(agreed: list[int], supply: int) -> None:
    by_size = sorted(zip(agreed, _shared(agreed, supply), strict=True))
    for (smaller, got), (larger, more) in itertools.pairwise(by_size):
        assert smaller == larger or got <= more
        assert abs(got - more) <= 1 or smaller != larger


@given(agreed_numbers, supplies)
def test_no_share_is_a_copy_away_from_the_exact_one(agreed: list[int], supply: int) -> None:
    """After the first copy for each, every share is the exact one rounded up or down (the quota rule)."""
    asking = [wanted for wanted in agreed if wanted]
    rest, still_open = supply - len(asking), sum(asking) - len(asking)
    if rest < 0 or rest >= still_open:
        return
    for got, wanted in zip(_shared(agreed, supply), agreed, strict=True):
        if wanted:
            assert abs((got - 1) * still_open - rest * (wanted - 1)) < still_open


@given(agreed_numbers, supplies, st.randoms())
def test_order_of_the_claims_does_not_matter(agreed: list[int], supply: int, chance: random.Random) -> None:
    claims = [Claim(key, f"P{key:03d}", copies) for key, copies in enumerate(agreed)]
    mixed = chance.sample(claims, len(claims))
    assert share_proportionally(mixed, supply) == share_proportionally(claims, supply)


@given(agreed_numbers, supplies)
def test_the_working_leads_to_the_share(agreed: list[int], supply: int) -> None:
    """Whoever redoes the arithmetic from the stored numbers alone comes to the same share."""
    claims = [Claim(key, f"P{key:03d}", copies) for key, copies in enumerate(agreed)]
    for share in share_proportionally(claims, supply):
        w = share.working
        if w["agreed"] == 0:
            expected = 0
        elif w["supply"] >= w["total"]:
            expected = w["agreed"]
        elif "rest" not in w:
            expected = int(w["place"] <= w["supply"])
        else:
            whole, remainder = divmod(w["rest"] * w["open"], w["open_total"])
            assert (whole, remainder) == (w["whole"], w["remainder"])
            expected = 1 + whole + int(w["place"] <= w["left"])
        assert share.quantity == expected
        sentences = explain_proportional(w)
        assert all(str(sentence) for sentence in sentences)


def test_registered_under_its_own_key() -> None:
    assert PROPORTIONAL.key == "proportional"
    assert str(PROPORTIONAL.title)
