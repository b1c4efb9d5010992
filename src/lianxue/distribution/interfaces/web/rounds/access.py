"""Who may open which pages; what they see on them is decided by the rules."""

from typing import Any

from lianxue.distribution.interfaces.web.fulfilment.access import RUNS_POINT
from lianxue.distribution.queries.network import has_points_directly_below
from lianxue.kernel.pages import Access
from lianxue.orgs.public import Role, acting_as


def _is_college(request: Any) -> bool:
    """Tell whether points report to the actor; looked up once a request."""
    known: bool | None = request.__dict__.get("actor_is_college")
    if known is None:
        known = request.__dict__["actor_is_college"] = has_points_directly_below(request.actor)
    return known


OFFICE = acting_as(Role.TIER_ADMIN, tier=1)
OFFICE_READERS = OFFICE | acting_as(Role.RESOURCE_REVIEWER, Role.AUDITOR, tier=1)
COLLEGE = Access("administrator to whom points report", _is_college)
POINT = RUNS_POINT
ADMINISTRATORS = acting_as(Role.TIER_ADMIN)

__all__ = ["ADMINISTRATORS", "COLLEGE", "OFFICE", "OFFICE_READERS", "POINT"]
