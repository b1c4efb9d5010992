"""Ways of sharing out the copies of one title, as pure functions over plain numbers."""

from lianxue.distribution.operations.allocation.policies.policy import (
    ALLOCATION_POLICIES,
    Claim,
    Policy,
    Share,
)
from lianxue.distribution.operations.allocation.policies.proportional import PROPORTIONAL

__all__ = ["ALLOCATION_POLICIES", "PROPORTIONAL", "Claim", "Policy", "Share"]
