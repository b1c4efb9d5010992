"""Why a point gets what it gets: sentences made of the numbers that were kept, and of nothing else."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from lianxue.distribution.operations.allocation.policies.policy import Numbers, Policy
from lianxue.distribution.operations.allocation.policies.sharing import ENOUGH, NOT_FOR_ALL
from lianxue.distribution.operations.allocation.policies.wording import unit_of
from lianxue.kernel.errors import Text


def explain_share(
    policy: Policy, group: Numbers, line: Numbers, college_names: Mapping[int, str] | None = None
) -> list[Text]:
    """Return the sentences that lead from the numbers of the group to the share of one point.

    ``line`` holds ``agreed``, ``place``, ``quantity`` (what the policy gave, in copies) and what the policy looked at.
    """
    if not line["agreed"]:
        return [_("The college passes on no copy for this point, so it gets none.")]
    n = _numbers(group, line)
    sentences = [*_explain_group(n, college_names or {}), *_explain_limit(n)]
    if not n["limit"]:
        return [*sentences, _("That is less than one pack, so it gets none.")]
    words = {**n, "unit": unit_of(n)}
    sentences.append(
        _("%(points)d points ask for %(total)d %(unit)s together; %(packs)d %(unit)s are available.") % words
    )
    if n["stage"] == ENOUGH:
        sentences.append(_("There is enough for everybody: the point gets all %(limit)d %(unit)s.") % words)
    elif n["stage"] == NOT_FOR_ALL:
        sentences += _explain_order(policy, n)
    else:
        sentences += _explain_first(n)
        sentences += policy.explain_rest(n) if n["rest"] else [_("Nothing is left after that.")]
    return [*sentences, *_sum_up(n)]


def _numbers(group: Numbers, line: Numbers) -> dict[str, int]:
    most = min(line["agreed"], group["cap"]) if "cap" in group else line["agreed"]
    limit = most // group["pack"]
    first = min(limit, group.get("least", 0))
    return {**group, **line, "limit": limit, "first": first, "got": line["quantity"] // group["pack"]}


def _explain_group(n: Numbers, college_names: Mapping[int, str]) -> list[Text]:
    if "percent" in n:
        name = college_names.get(n["college"], "")
        words = {**n, "college": name}
        return [
            _(
                "The points of %(college)s together get at most %(percent)d percent of the %(supply)d copies: %(quota)d."
            )
            % words
        ]
    if "others" in n:
        words = {**n, "taken": n["supply"] - n["available"]}
        return [
            _(
                "Colleges with a share of their own got %(taken)d of the %(supply)d copies; %(available)d are left for all others."
            )
            % words
        ]
    return []


def _explain_limit(n: Numbers) -> list[Text]:
    sentences: list[Text] = []
    if "cap" in n and n["cap"] < n["agreed"]:
        sentences.append(
            _("No point gets more than %(cap)d copies of a title; this one asks for %(agreed)d.") % n
        )
    if n["pack"] > 1:
        sentences.append(
            _(
                "The copies are sent in packs of %(pack)d; this point can get %(limit)d packs. All that follows is counted in packs."
            )
            % n
        )
    return sentences


def _explain_order(policy: Policy, n: Numbers) -> list[Text]:
    words = {**n, "unit": unit_of(n)}
    verdict = (
        _("This point is number %(place)d in that order and gets %(got)d.")
        if n["place"] <= n["served"]
        else _(
            "This point is number %(place)d in that order; the copies end at number %(served)d, so it gets none."
        )
    )
    return [
        _(
            "That is not enough to give everybody a first share of %(least)d %(unit)s (or all that they ask for, if that is less)."
        )
        % words,
        policy.priority_text,
        verdict % words,
    ]


def _explain_first(n: Numbers) -> list[Text]:
    if not n["least"]:
        return []
    words = {**n, "unit": unit_of(n)}
    return [
        _(
            "Everybody gets %(least)d first (or all that they ask for, if that is less): %(first_total)d %(unit)s. %(rest)d are left."
        )
        % words,
        _("This point gets %(first)d of these and still asks for %(open)d.")
        % {**words, "open": n["limit"] - n["first"]},
    ]


def _sum_up(n: Numbers) -> list[Text]:
    if n["pack"] > 1:
        return [_("Together: %(got)d packs of %(pack)d, %(quantity)d copies.") % n]
    if n["stage"] in (ENOUGH, NOT_FOR_ALL):
        return []
    if n["first"]:
        return [_("Together: %(first)d + %(more)d = %(got)d.") % {**n, "more": n["got"] - n["first"]}]
    return [_("Together: %(got)d.") % n]
