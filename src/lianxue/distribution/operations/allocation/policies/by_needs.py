"""What learners and teachers have wished for comes first (S0-56: 适需供给)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.operations.allocation.policies.apportionment import highest_averages
from lianxue.distribution.operations.allocation.policies.policy import (
    Claim,
    Group,
    Numbers,
    Policy,
    Rest,
)
from lianxue.distribution.operations.allocation.policies.wording import explain_averages, unit_of
from lianxue.kernel.errors import Text


def _wished_most(_group: Group, claim: Claim) -> float:
    return -claim.needs


def _backed(limit: int, first: int, needs: int, pack: int) -> int:
    """Return how many of the packs still asked for are wanted by learners and teachers; a begun pack counts."""
    return max(min(limit, -(-needs // pack)) - first, 0)


def _share_rest(group: Group, first: Sequence[int], seats: int) -> Rest:
    backed = [
        _backed(limit, got, claim.needs, group.pack)
        for claim, limit, got in zip(group.claims, group.limits, first, strict=True)
    ]
    backed_total = sum(backed)
    if seats <= backed_total:
        found = highest_averages(backed, seats)
        given, tier = found.given, 1
    else:
        without = [
            limit - got - wished for limit, got, wished in zip(group.limits, first, backed, strict=True)
        ]
        found = highest_averages(without, seats - backed_total)
        given, tier = [wished + more for wished, more in zip(backed, found.given, strict=True)], 2
    facts = {"backed_total": backed_total, "tier": tier}
    return Rest(given, {**facts, "cut_weight": found.cut_weight, "cut_before": found.cut_before})


def _explain_rest(n: Numbers) -> list[Text]:
    backed = _backed(n["limit"], n["first"], n["needs"], n["pack"])
    still_open, got = n["limit"] - n["first"], n["got"] - n["first"]
    words = {**n, "backed": backed, "open": still_open, "without": still_open - backed, "unit": unit_of(n)}
    sentences: list[Text] = [
        _(
            "Learners and teachers have wished for %(needs)d copies here; so %(backed)d of the %(open)d still asked for are wished for."
        )
        % words,
        _(
            "All points together still ask for %(backed_total)d %(unit)s that are wished for; those come first."
        )
        % words,
    ]
    if n["tier"] == 1:
        if not backed:
            return [*sentences, _("This point has none among them, and nothing is left for the others.")]
        return sentences + explain_averages(n, weight=backed, got=got)
    sentences.append(
        _("There is enough for all of those. What is left then goes to the others in proportion.")
    )
    if not still_open - backed:
        return sentences
    return sentences + explain_averages(n, weight=still_open - backed, got=got - backed)


BY_NEEDS = Policy(
    key="by_needs",
    title=gettext_lazy("By what people wish for"),
    description=gettext_lazy(
        "Copies that learners and teachers have wished for at a point come first, in proportion to them; "
        "what is left goes to the rest of the demand. More copies never take one from anybody."
    ),
    is_monotone=True,
    priority=_wished_most,
    priority_text=gettext_lazy(
        "Those where most copies were wished for come first; equal ones by their code."
    ),
    share_rest=_share_rest,
    explain_rest=_explain_rest,
    looks_at=("needs",),
)
