"""Sharing out one title: packs, caps, minimum and shares of districts are the same for every policy."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import add, attrgetter
from typing import Any

from lianxue.distribution.operations.allocation.policies.policy import Claim, Group, Policy, Share
from lianxue.distribution.operations.allocation.policies.terms import NO_TERMS, WHOLE, Terms

ENOUGH, NOT_FOR_ALL, SHARED = 0, 1, 2  # the three ways a group can stand, kept as ``stage`` among its numbers


@dataclass(frozen=True)
class TitleShares:
    """Who gets how many copies of one title, by the codes of the points, and the numbers of each group.

    Lists side by side: ``quantities`` in copies, in which group each shared, its place in the order there (0: none).
    """

    claims: list[Claim]
    quantities: list[int]
    group_of: list[int]
    places: list[int]
    groups: list[dict[str, int]]

    @property
    def shares(self) -> list[Share]:
        """Return the same one by one."""
        keys = (claim.key for claim in self.claims)
        return list(map(Share, keys, self.quantities, self.group_of, self.places))


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
    ordered = sorted(claims, key=attrgetter("point_code"))
    nothing = [0] * len(ordered)
    found = TitleShares(ordered, nothing[:], nothing[:], nothing, [])
    left = supply
    for number, (facts, indexes) in enumerate(_groups(ordered, supply, terms)):
        available = left if "percent" not in facts else min(left, facts["quota"])
        members = ordered if len(indexes) == len(ordered) else [ordered[index] for index in indexes]
        limits = _limits(members, terms.cap, pack)
        group = Group(members, limits, available // pack, pack, usual_learners)
        numbers = {
            **facts,
            "supply": supply,
            "available": available,
            "pack": pack,
            "packs": group.packs,
            "points": len(limits) - limits.count(0),
            "total": sum(limits),
            **({} if terms.cap is None else {"cap": terms.cap}),
        }
        packs, places, more = _share_group(policy, group, _least(policy, terms, pack))
        for index, got, place in zip(indexes, packs, places, strict=True):
            found.quantities[index] = got * pack
            found.group_of[index] = number
            found.places[index] = place
        found.groups.append({**numbers, **more})
        left -= sum(packs) * pack
    return found


def _limits(members: Sequence[Claim], cap: int | None, pack: int) -> list[int]:
    """Return how many packs each can get at most."""
    agreed = [claim.agreed for claim in members]
    most = agreed if cap is None else [min(copies, cap) for copies in agreed]
    return most if pack == 1 else [copies // pack for copies in most]


def _least(policy: Policy, terms: Terms, pack: int) -> int:
    """Return how many packs everybody gets before anybody gets more."""
    return policy.first if terms.minimum is None else max(policy.first, -(-terms.minimum // pack))


def _groups(
    ordered: Sequence[Claim], supply: int, terms: Terms
) -> list[tuple[dict[str, int], Sequence[int]]]:
    """Return where in the list the points of each college with a share of its own stand, and all others after them."""
    if not terms.district_shares:
        return [({}, range(len(ordered)))]
    members: dict[int, list[int]] = defaultdict(list)
    for index, claim in enumerate(ordered):
        members[claim.college_id if claim.college_id in terms.district_shares else 0].append(index)
    named: list[tuple[dict[str, int], Sequence[int]]] = []
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
    first = [min(limit, least) for limit in group.limits] if least else nowhere
    facts: dict[str, Any] = {"least": least, "first_total": sum(first)}
    if group.packs < facts["first_total"]:
        packs, places, served = _serve_in_order(policy, group, first)
        return packs, places, {**facts, "stage": NOT_FOR_ALL, "served": served}
    left = group.packs - facts["first_total"]
    rest = policy.share_rest(group, first, left)
    packs = list(map(add, first, rest.packs))
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
