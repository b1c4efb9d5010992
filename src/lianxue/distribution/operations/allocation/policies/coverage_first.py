"""A copy to show for everybody before anybody's second (S0-29: one copy of each title stays on display)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.operations.allocation.policies.apportionment import highest_averages
from lianxue.distribution.operations.allocation.policies.policy import (
    Group,
    Numbers,
    Policy,
    Rest,
)
from lianxue.distribution.operations.allocation.policies.proportional import asks_most
from lianxue.distribution.operations.allocation.policies.wording import explain_averages
from lianxue.kernel.errors import Text


def _share_rest(group: Group, first: Sequence[int], seats: int) -> Rest:
    still_open = [limit - got for limit, got in zip(group.limits, first, strict=True)]
    found = highest_averages(still_open, seats)
    return Rest(found.given, {"cut_weight": found.cut_weight, "cut_before": found.cut_before})


def _explain_rest(n: Numbers) -> list[Text]:
    still_open = n["limit"] - n["first"]
    if not still_open:
        return [_("This point asks for no more than that.")]
    return explain_averages(n, weight=still_open, got=n["got"] - n["first"])


COVERAGE_FIRST = Policy(
    key="coverage_first",
    title=gettext_lazy("One for everybody first"),
    description=gettext_lazy(
        "Everybody who asks gets one copy to show first; the rest is shared out in proportion to what is still asked for. "
        "More copies never take one from anybody."
    ),
    is_monotone=True,
    priority=asks_most,
    priority_text=gettext_lazy("Those who ask for most come first; equal ones by their code."),
    share_rest=_share_rest,
    explain_rest=_explain_rest,
    first=1,
)
