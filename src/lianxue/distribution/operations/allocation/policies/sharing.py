"""Sharing out one title: packs, caps, minimum and shares of districts are the same for every policy."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lianxue.distribution.operations.allocation.policies.policy import Claim, Group, Policy, Share
from lianxue.distribution.operations.allocation.policies.terms import NO_TERMS, WHOLE, Terms

ENOUGH, NOT_FOR_ALL, SHARED = 0, 1, 2  # the three ways a group can stand, kept as ``stage`` among its numbers


@dataclass(frozen=True)
class TitleShares:
    """Who gets how many copies of one title, by the codes of the points, and the numbers of each group."""

    claims: list[Claim]
    shares: list[Share]
    groups: list[dict[str, int]]


def share_title(
    policy: Policy,
    claims: Sequence[Claim],
    supply: int,
    *,
    pack: int = 1,
    terms: Terms = NO_TERMS,
    usual_learners: int = 1,
) -> TitleShares:
    """Share ``supply`` copies of one title out: whole packs only, never more than anybody asked, within the terms."""
    ordered = sorted(claims, key=lambda claim: claim.point_code)
    found, groups = list[Share](), list[dict[str, int]]()
    left = supply
    for facts, members in _groups(ordered, supply, terms):
        available = left if "percent" not in facts else min(left, facts["quota"])
        limits = [_most(claim.agreed, terms.cap) // pack for claim in members]
        group = Group(members, limits, available // pack, pack, usual_learners)
        numbers = {
            **facts,
            "supply": supply,
            "available": available,
            "pack": pack,
            "packs": group.packs,
            "points": sum(1 for limit in limits if limit),
            "total": sum(limits),
            **({} if terms.cap is None else {"cap": terms.cap}),
        }
        packs, places, more = _share_group(policy, group, _least(policy, terms, pack))
        found += [
            Share(claim.key, got * pack, len(groups), place)
            for claim, got, place in zip(members, packs, places, strict=True)
        ]
        groups.append({**numbers, **more})
        left -= sum(packs) * pack
    if len(groups) > 1:
        place_of = {claim.key: place for place, claim in enumerate(ordered)}
        found.sort(key=lambda share: place_of[share.key])
    return TitleShares(ordered, found, groups)


def _most(agreed: int, cap: int | None) -> int:
    return agreed if cap is None else min(agreed, cap)


def _least(policy: Policy, terms: Terms, pack: int) -> int:
    """Return how many packs everybody gets before anybody gets more."""
    return policy.first if terms.minimum is None else max(policy.first, -(-terms.minimum // pack))


def _groups(ordered: Sequence[Claim], supply: int, terms: Terms) -> list[tuple[dict[str, int], list[Claim]]]:
    """Return the points of each college with a share of its own, and all others after them."""
    if not terms.district_shares:
        return [({}, list(ordered))]
    members: dict[int, list[Claim]] = defaultdict(list)
    for claim in ordered:
        members[claim.college_id if claim.college_id in terms.district_shares else 0].append(claim)
    named: list[tuple[dict[str, int], list[Claim]]] = []
    for college_id, percent in sorted(terms.district_shares.items()):
        quota = supply * percent // WHOLE
        named.append(({"college": college_id, "percent": percent, "quota": quota}, members[college_id]))
    return [*named, ({"others": 1}, members[0])]


def _share_group(
    policy: Policy, group: Group, least: int
) -> tuple[Sequence[int], Sequence[int], Mapping[str, int]]:
    """Return packs and place of everybody in the group, and the numbers of how it was done."""
    nowhere = [0] * len(group.limits)
    if group.packs >= sum(group.limits):
        return group.limits, nowhere, {"stage": ENOUGH}
    first = [min(limit, least) for limit in group.limits]
    facts: dict[str, Any] = {"least": least, "first_total": sum(first)}
    if group.packs < facts["first_total"]:
        packs, places, served = _serve_in_order(policy, group, first)
        return packs, places, {**facts, "stage": NOT_FOR_ALL, "served": served}
    left = group.packs - facts["first_total"]
    rest = policy.share_rest(group, first, left)
    packs = [one + more for one, more in zip(first, rest.packs, strict=True)]
    return packs, rest.places or nowhere, {**facts, "stage": SHARED, "rest": left, **rest.facts}


def _serve_in_order(policy: Policy, group: Group, first: Sequence[int]) -> tuple[list[int], list[int], int]:
    """Give the first share whole, in the policy's order, until it does not fit any more; nobody gets half of it."""
    asking = [index for index, limit in enumerate(group.limits) if limit]
    order = sorted(asking, key=lambda index: policy.priority(group, group.claims[index]))
    packs, places, left, served = [0] * len(first), [0] * len(first), group.packs, 0
    for place, index in enumerate(order, start=1):
        places[index] = place
        if served == place - 1 and first[index] <= left:
            packs[index], served = first[index], place
            left -= first[index]
    return packs, places, served
