"""Ways of sharing out the copies of one title, as pure functions over plain numbers."""

from lianxue.distribution.operations.allocation.policies.by_needs import BY_NEEDS
from lianxue.distribution.operations.allocation.policies.coverage_first import COVERAGE_FIRST
from lianxue.distribution.operations.allocation.policies.explaining import explain_share
from lianxue.distribution.operations.allocation.policies.policy import (
    ALLOCATION_POLICIES,
    Claim,
    Policy,
    Rest,
    Share,
)
from lianxue.distribution.operations.allocation.policies.proportional import PROPORTIONAL
from lianxue.distribution.operations.allocation.policies.sharing import TitleShares, share_title
from lianxue.distribution.operations.allocation.policies.terms import NO_TERMS, Terms
from lianxue.distribution.operations.allocation.policies.under_served import UNDER_SERVED

for _policy in (
    PROPORTIONAL,
    COVERAGE_FIRST,
    BY_NEEDS,
    UNDER_SERVED,
):  # in the order in which they are offered
    ALLOCATION_POLICIES.register(_policy.key, _policy)

__all__ = [
    "ALLOCATION_POLICIES",
    "BY_NEEDS",
    "COVERAGE_FIRST",
    "NO_TERMS",
    "PROPORTIONAL",
    "UNDER_SERVED",
    "Claim",
    "Policy",
    "Rest",
    "Share",
    "Terms",
    "TitleShares",
    "explain_share",
    "share_title",
]
