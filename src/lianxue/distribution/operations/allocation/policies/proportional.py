"""Shares in proportion to what was asked, by largest remainder, after one copy for everybody.

Where there is enough, everybody gets all. Where there are fewer copies than points, the largest claims get one each.
Otherwise each point gets one, and the rest goes in proportion to what is still open: first the whole copies of each
exact share, then one more to the largest fractions until nothing is left. Equal fractions are told apart by the code
of the point. With one copy more in supply a point may get one less: that is the price of exact proportion by
remainders, and nothing here promises otherwise.
"""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.operations.allocation.policies.policy import (
    ALLOCATION_POLICIES,
    Claim,
    Policy,
    Share,
)
from lianxue.kernel.errors import Text


def share_proportionally(claims: Sequence[Claim], supply: int) -> list[Share]:
    """Return one share for each claim, in the order of the claims' points."""
    ordered = sorted(claims, key=lambda claim: claim.point_code)
    asking = [claim for claim in ordered if claim.agreed > 0]
    total = sum(claim.agreed for claim in asking)
    known = {"supply": supply, "total": total, "points": len(asking)}
    nothing = [Share(c.key, 0, {**known, "agreed": 0}) for c in ordered if c.agreed == 0]
    if supply >= total:
        shares = [Share(c.key, c.agreed, {**known, "agreed": c.agreed}) for c in asking]
    elif supply < len(asking):
        shares = _one_for_the_largest(asking, supply, known)
    else:
        shares = _one_each_and_the_rest_in_proportion(asking, supply, known)
    codes = {claim.key: claim.point_code for claim in ordered}
    return sorted([*shares, *nothing], key=lambda share: codes[share.key])


def _one_for_the_largest(asking: Sequence[Claim], supply: int, known: Mapping[str, int]) -> list[Share]:
    by_size = sorted(asking, key=lambda claim: (-claim.agreed, claim.point_code))
    return [
        Share(claim.key, int(place <= supply), {**known, "agreed": claim.agreed, "place": place})
        for place, claim in enumerate(by_size, start=1)
    ]


def _one_each_and_the_rest_in_proportion(
    asking: Sequence[Claim], supply: int, known: Mapping[str, int]
) -> list[Share]:
    rest, open_total = supply - len(asking), known["total"] - len(asking)
    # Exact arithmetic in whole numbers: rest x open / open_total = whole, and remainder / open_total over.
    parts = {claim.key: divmod(rest * (claim.agreed - 1), open_total) for claim in asking}
    left = rest - sum(whole for whole, _remainder in parts.values())
    by_remainder = sorted(asking, key=lambda claim: (-parts[claim.key][1], claim.point_code))
    shares = []
    for place, claim in enumerate(by_remainder, start=1):
        whole, remainder = parts[claim.key]
        extra = int(place <= left)
        working = {
            **known,
            "agreed": claim.agreed,
            "rest": rest,
            "open": claim.agreed - 1,
            "open_total": open_total,
            "whole": whole,
            "remainder": remainder,
            "place": place,
            "left": left,
            "extra": extra,
        }
        shares.append(Share(claim.key, 1 + whole + extra, working))
    return shares


def explain_proportional(working: Mapping[str, int]) -> list[Text]:
    """Return the sentences that lead from the numbers of the whole title to this point's share."""
    if working["agreed"] == 0:
        return [_("The college passes on no copy for this point, so it gets none.")]
    sentences: list[Text] = [
        _("%(points)d points ask for %(total)d copies together; %(supply)d copies are available.") % working
    ]
    if working["supply"] >= working["total"]:
        return [*sentences, _("There is enough for everybody: the point gets all %(agreed)d.") % working]
    if "rest" not in working:
        return [*sentences, *_explain_scarce(working)]
    return [*sentences, *_explain_proportion(working)]


def _explain_scarce(working: Mapping[str, int]) -> list[Text]:
    verdict = (
        _("This point asks for %(agreed)d and is number %(place)d in that order: it gets one.")
        if working["place"] <= working["supply"]
        else _(
            "This point asks for %(agreed)d and is number %(place)d in that order: there is none left for it."
        )
    )
    return [
        _(
            "That is less than one for each point. Those who ask for most come first; equal ones by their code."
        ),
        verdict % working,
    ]


def _explain_proportion(working: Mapping[str, int]) -> list[Text]:
    exact = f"{working['rest'] * working['open'] / working['open_total']:.2f}"
    sentences: list[Text] = [
        _("Each point gets one copy first. %(rest)d copies are left for the %(open_total)d still asked for.")
        % working,
        _(
            "This point still asks for %(open)d: its exact share is %(rest)d × %(open)d ÷ %(open_total)d = %(exact)s."
        )
        % {**working, "exact": exact},
        _("It gets the %(whole)d whole copies of that.") % working,
    ]
    if working["left"] > 0:
        verdict = (
            _("Its fraction is number %(place)d in size, so it gets one more.")
            if working["extra"]
            else _("Its fraction is number %(place)d in size, so it gets none of these.")
        )
        sentences += [
            _("%(left)d copies remain after the whole ones and go to the largest fractions, one each.")
            % working,
            verdict % working,
        ]
    quantity = 1 + working["whole"] + working["extra"]
    sum_up = _("Together: 1 + %(whole)d + %(extra)d = %(quantity)d.") % {**working, "quantity": quantity}
    return [*sentences, sum_up]


PROPORTIONAL = ALLOCATION_POLICIES.register(
    "proportional",
    Policy(
        key="proportional",
        title=gettext_lazy("In proportion"),
        description=gettext_lazy(
            "Everybody who asks gets one copy first; the rest is shared out in proportion to what was asked."
        ),
        share=share_proportionally,
        explain=explain_proportional,
    ),
)
