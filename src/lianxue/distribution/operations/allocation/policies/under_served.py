"""Those who have had least per learner come first."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.operations.allocation.policies.apportionment import lowest_level_first
from lianxue.distribution.operations.allocation.policies.policy import (
    Claim,
    Group,
    Numbers,
    Policy,
    Rest,
)
from lianxue.distribution.operations.allocation.policies.wording import in_words, unit_of
from lianxue.kernel.errors import Text

DIGITS = 4


def _has_least(group: Group, claim: Claim) -> float:
    return claim.had / group.learners_of(claim)


def _share_rest(group: Group, first: Sequence[int], seats: int) -> Rest:
    had = [claim.had for claim in group.claims]
    heads = [group.learners_of(claim) for claim in group.claims]
    found = lowest_level_first(had, heads, pack=group.pack, start=first, limits=group.limits, seats=seats)
    facts = {"usual": group.usual_learners}
    if seats:
        facts |= {
            "cut_copies": had[found.last] + found.last_before * group.pack,
            "cut_heads": heads[found.last],
        }
    return Rest(found.given, facts)


def _explain_rest(n: Numbers) -> list[Text]:
    heads = n["learners"] or n["usual"]
    words = {**n, "heads": heads, "unit": unit_of(n), "level": in_words(n["had"], heads, DIGITS)}
    sentences: list[Text] = []
    if not n["learners"]:
        sentences.append(
            _(
                "This point has not stated how many learners it has. It is counted with %(usual)d, the middle number of those who have."
            )
            % words
        )
    sentences.append(
        _("In earlier rounds it received %(had)d copies for %(heads)d learners: %(level)s for each.") % words
    )
    if "cut_heads" not in n:
        return sentences
    words["cut"] = in_words(n["cut_copies"], n["cut_heads"], DIGITS)
    sentences.append(
        _(
            "The %(rest)d %(unit)s went one by one to whoever had fewest copies for each learner at that moment, those of this title included; equal ones by code. The last one went at %(cut)s."
        )
        % words
    )
    if n["got"] > n["first"]:
        before = n["had"] + (n["got"] - 1) * n["pack"]
        sentences.append(
            _("Before its last one this point stood at %(before)s.")
            % {"before": in_words(before, heads, DIGITS)}
        )
    if n["got"] < n["limit"]:
        after = in_words(n["had"] + n["got"] * n["pack"], heads, DIGITS)
        sentences.append(
            _("With %(got)d it stands at %(after)s, so others came before it.") % {**words, "after": after}
        )
    else:
        sentences.append(_("With that it has all that it can get."))
    return sentences


UNDER_SERVED = Policy(
    key="under_served",
    title=gettext_lazy("Those who had least first"),
    description=gettext_lazy(
        "Each copy goes to the point that has received the fewest copies for each of its learners so far, earlier rounds included. "
        "A point that has not stated its learners is counted with the middle number of those who have. "
        "More copies never take one from anybody."
    ),
    is_monotone=True,
    priority=_has_least,
    priority_text=gettext_lazy(
        "Those who received fewest copies for each learner in earlier rounds come first; equal ones by their code."
    ),
    share_rest=_share_rest,
    explain_rest=_explain_rest,
    looks_at=("had", "learners"),
)
