"""What holds of every policy under every mix of terms, whatever the numbers."""

import itertools
import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxue.distribution.operations.allocation.policies import (
    ALLOCATION_POLICIES,
    NO_TERMS,
    Claim,
    Policy,
    Share,
    Terms,
    explain_share,
    share_title,
)
from lianxue.distribution.operations.allocation.policies.sharing import ENOUGH, NOT_FOR_ALL, SHARED

POLICIES = [policy for _key, policy in ALLOCATION_POLICIES.items()]
COLLEGES = (1, 2, 3)

claim_lists = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.sampled_from(COLLEGES),
        st.integers(0, 50),
        st.integers(0, 300),
        st.integers(0, 500),
    ),
    max_size=18,
).map(lambda rows: [Claim(n, f"P{n:03d}", *row) for n, row in enumerate(rows)])
supplies = st.integers(0, 500)
packs = st.integers(1, 6)
policies = st.sampled_from(POLICIES)


@st.composite
def terms_of(draw: Any, *, with_shares: bool = True) -> Terms:
    """Return any mix of terms that the office can set."""
    cap = draw(st.none() | st.integers(1, 30))
    minimum = draw(st.none() | st.integers(1, cap or 12))
    shares: dict[int, int] = {}
    if with_shares:
        left = 100
        for college in draw(st.sets(st.sampled_from(COLLEGES))):
            percent = draw(st.integers(1, 60))
            if percent <= left:
                shares[college] = percent
                left -= percent
    return Terms(cap, minimum, shares)


def _share(
    policy: Policy, claims: Sequence[Claim], supply: int, pack: int = 1, terms: Terms = NO_TERMS
) -> dict[int, Share]:
    found = share_title(policy, claims, supply, pack=pack, terms=terms, usual_learners=120)
    return {share.key: share for share in found.shares}


@given(policies, claim_lists, supplies, packs, terms_of())
def test_never_more_than_there_is_or_was_asked(
    policy: Policy, claims: list[Claim], supply: int, pack: int, terms: Terms
) -> None:
    shares = _share(policy, claims, supply, pack, terms)
    assert shares.keys() == {claim.key for claim in claims}
    assert sum(share.quantity for share in shares.values()) <= supply
    for claim in claims:
        got = shares[claim.key].quantity
        assert 0 <= got <= claim.agreed
        assert got % pack == 0
        assert terms.cap is None or got <= terms.cap


@given(policies, claim_lists, supplies, packs, terms_of())
def test_districts_keep_to_their_shares(
    policy: Policy, claims: list[Claim], supply: int, pack: int, terms: Terms
) -> None:
    shares = _share(policy, claims, supply, pack, terms)
    for college, percent in terms.district_shares.items():
        together = sum(shares[claim.key].quantity for claim in claims if claim.college_id == college)
        assert together <= supply * percent / 100


@given(policies, claim_lists, supplies, packs, terms_of())
def test_the_minimum_is_whole_or_nothing(
    policy: Policy, claims: list[Claim], supply: int, pack: int, terms: Terms
) -> None:
    if terms.minimum is None:
        return
    shares = _share(policy, claims, supply, pack, terms)
    least = -(-terms.minimum // pack) * pack
    found = share_title(policy, claims, supply, pack=pack, terms=terms)
    for claim in claims:
        most = min(claim.agreed, terms.cap or claim.agreed) // pack * pack
        got, stage = shares[claim.key].quantity, found.groups[shares[claim.key].group]["stage"]
        assert got == 0 or got >= min(least, most)
        if stage == SHARED:
            assert got >= min(least, most)


@given(policies, claim_lists, supplies, packs, terms_of(with_shares=False))
def test_nothing_is_left_that_somebody_could_have(
    policy: Policy, claims: list[Claim], supply: int, pack: int, terms: Terms
) -> None:
    """Without shares of districts only what fills no pack, or no minimum, stays with the supplier."""
    found = share_title(policy, claims, supply, pack=pack, terms=terms)
    most = sum(min(claim.agreed, terms.cap or claim.agreed) // pack * pack for claim in claims)
    together = sum(share.quantity for share in found.shares)
    if found.groups[0]["stage"] in (ENOUGH, SHARED):
        assert together == min(supply // pack * pack, most)
    else:
        assert supply - together < found.groups[0]["least"] * pack + pack


@given(
    policy=policies,
    claims=claim_lists,
    supply=supplies,
    pack=packs,
    terms=terms_of(),
    chance=st.randoms(),
)
def test_order_of_the_claims_does_not_matter(
    *, policy: Policy, claims: list[Claim], supply: int, pack: int, terms: Terms, chance: random.Random
) -> None:
    mixed = chance.sample(claims, len(claims))
    assert share_title(policy, mixed, supply, pack=pack, terms=terms) == share_title(
        policy, claims, supply, pack=pack, terms=terms
    )


@given(
    policy=st.sampled_from([policy for policy in POLICIES if policy.is_monotone]),
    claims=claim_lists,
    supply=supplies,
    more=st.integers(1, 9),
    pack=packs,
    terms=terms_of(with_shares=False),
)
def test_more_copies_take_from_nobody_where_the_policy_promises_it(
    *, policy: Policy, claims: list[Claim], supply: int, more: int, pack: int, terms: Terms
) -> None:
    before = _share(policy, claims, supply, pack, terms)
    after = _share(policy, claims, supply + more, pack, terms)
    assert all(after[key].quantity >= share.quantity for key, share in before.items())


@pytest.mark.parametrize("policy", [one for one in POLICIES if one.is_monotone], ids=lambda one: one.key)
def test_copy_by_copy_nobody_ever_loses_one(policy: Policy) -> None:
    """Every three points that ask for up to eight, copy by copy from none to enough: chance seldom meets the paradox."""
    for asked in itertools.combinations_with_replacement(range(1, 9), 3):
        claims = [
            Claim(n, f"P{n}", agreed, needs=agreed // 2, had=3 * n, learners=40 * (3 - n))
            for n, agreed in enumerate(asked)
        ]
        before = [0, 0, 0]
        for supply in range(sum(asked) + 1):
            after = [share.quantity for share in _share(policy, claims, supply).values()]
            assert all(more >= got for more, got in zip(after, before, strict=True)), (asked, supply)
            before = after


def test_exact_proportion_makes_no_such_promise() -> None:
    """Known and told: with one copy more a point may get one less (the Alabama paradox)."""
    policy = ALLOCATION_POLICIES["proportional"]
    claims = [Claim(n, f"P{n}", agreed) for n, agreed in enumerate((6, 6, 2))]
    before = [share.quantity for share in _share(policy, claims, 10).values()]
    after = [share.quantity for share in _share(policy, claims, 11).values()]
    assert (before, after) == ([4, 4, 2], [5, 5, 1])
    assert not policy.is_monotone


@given(policies, claim_lists, supplies, packs, terms_of())
def test_the_sentences_are_made_of_the_kept_numbers_alone(
    policy: Policy, claims: list[Claim], supply: int, pack: int, terms: Terms
) -> None:
    """Whoever reads the kept numbers only comes to the same share, and every sentence can be said."""
    found = share_title(policy, claims, supply, pack=pack, terms=terms, usual_learners=120)
    for claim, share in zip(found.claims, found.shares, strict=True):
        group = found.groups[share.group]
        line = {
            "agreed": claim.agreed,
            "place": share.place,
            "quantity": share.quantity,
            "needs": claim.needs,
            "had": claim.had,
            "learners": claim.learners,
        }
        assert all(str(sentence) for sentence in explain_share(policy, group, line, {1: "a", 2: "b", 3: "c"}))
        limit = min(claim.agreed, terms.cap or claim.agreed) // pack
        if group["stage"] == ENOUGH:
            assert share.quantity == limit * pack
        elif group["stage"] == NOT_FOR_ALL:
            first = min(limit, group["least"]) * pack
            assert share.quantity == (first if 0 < share.place <= group["served"] else 0)


@given(claim_lists, supplies)
def test_no_exact_share_is_missed_by_a_copy(claims: list[Claim], supply: int) -> None:
    """In proportion means: the exact share rounded up or down (the quota rule)."""
    total = sum(claim.agreed for claim in claims)
    if supply >= total:
        return
    shares = _share(ALLOCATION_POLICIES["proportional"], claims, supply)
    for claim in claims:
        assert abs(shares[claim.key].quantity * total - supply * claim.agreed) < total


@given(claim_lists, supplies)
def test_coverage_first_covers_as_many_as_there_are_copies(claims: list[Claim], supply: int) -> None:
    shares = _share(ALLOCATION_POLICIES["coverage_first"], claims, supply)
    asking = sum(1 for claim in claims if claim.agreed)
    assert sum(1 for share in shares.values() if share.quantity) == min(asking, supply)


@given(claim_lists, supplies)
def test_what_people_wish_for_comes_before_everything_else(claims: list[Claim], supply: int) -> None:
    shares = _share(ALLOCATION_POLICIES["by_needs"], claims, supply)
    beyond = any(shares[claim.key].quantity > min(claim.agreed, claim.needs) for claim in claims)
    short = any(shares[claim.key].quantity < min(claim.agreed, claim.needs) for claim in claims)
    assert not (beyond and short)


@given(claim_lists, supplies)
def test_nobody_who_has_more_per_learner_is_served_before_one_who_has_less(
    claims: list[Claim], supply: int
) -> None:
    shares = _share(ALLOCATION_POLICIES["under_served"], claims, supply)
    level = {claim.key: claim.learners or 120 for claim in claims}
    for one, other in itertools.permutations(claims, 2):
        got, theirs = shares[one.key].quantity, shares[other.key].quantity
        if theirs and got < one.agreed:
            # The last copy of the other went at a level no higher than that at which this one stands now.
            assert (other.had + theirs - 1) * level[one.key] <= (one.had + got) * level[other.key]


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.key)
def test_every_policy_says_what_it_does(policy: Policy) -> None:
    assert ALLOCATION_POLICIES[policy.key] is policy
    assert str(policy.title)
    assert str(policy.description)
    assert str(policy.priority_text)


def test_terms_that_cannot_be_meant() -> None:
    colleges = [1, 2]
    assert not Terms().faults(colleges)
    assert set(Terms(cap=0).faults(colleges)) == {"cap"}
    assert set(Terms(minimum=-1).faults(colleges)) == {"minimum"}
    assert set(Terms(cap=2, minimum=3).faults(colleges)) == {"minimum"}
    assert set(Terms(district_shares={1: 60, 2: 50}).faults(colleges)) == {"district_shares"}
    assert set(Terms(district_shares={1: 0}).faults(colleges)) == {"district_shares"}
    assert set(Terms(district_shares={9: 5}).faults(colleges)) == {"district_shares"}
    assert not Terms(5, 5, {1: 60, 2: 40}).faults(colleges)


@given(terms_of())
def test_terms_are_kept_as_they_were_set(terms: Terms) -> None:
    assert Terms.from_json(terms.as_json) == terms
