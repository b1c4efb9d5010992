"""Who may open a page at all, by post; which rows it then shows is decided by the rules."""

from typing import Any

from lianxue.kernel.pages import Access
from lianxue.orgs.enums import Role
from lianxue.orgs.models import Actor

ANY_POST = Access("any post", lambda request: request.actor.post_id is not None)


def acting_as(*roles: Role, tier: int | None = None, below_tier: int | None = None) -> Access:
    """Open a page to actors with one of ``roles``, on ``tier`` or on any tier below ``below_tier`` if given."""
    named = " or ".join(roles) + (f" of tier {tier}" if tier else "")
    named += f" below tier {below_tier}" if below_tier else ""

    def allows(request: Any) -> bool:
        actor: Actor = request.actor
        return (
            actor.role in roles
            and (tier is None or actor.tier == tier)
            and (below_tier is None or (actor.tier is not None and actor.tier > below_tier))
        )

    return Access(named, allows)
