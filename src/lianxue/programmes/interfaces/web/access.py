"""Who may open the pages of programmes at all; what they see there is decided by the rules."""

from typing import Any

from lianxue.kernel.pages import Access
from lianxue.orgs.public import Role, acting_as
from lianxue.programmes.rules.filing import principals_of

ADMINISTRATORS = acting_as(Role.TIER_ADMIN)
READERS = acting_as(Role.TIER_ADMIN, Role.AUDITOR, Role.RESOURCE_REVIEWER)
EXPERTS = acting_as(Role.EXPERT)


def _decides_for_somebody(request: Any) -> bool:
    """Tell whether somebody lets the actor decide in their place today; looked up once a request."""
    known: bool | None = request.__dict__.get("actor_is_delegate")
    if known is None:
        known = request.__dict__["actor_is_delegate"] = bool(principals_of(request.actor))
    return known


DECIDERS = ADMINISTRATORS | Access("deciding in somebody's place", _decides_for_somebody)
