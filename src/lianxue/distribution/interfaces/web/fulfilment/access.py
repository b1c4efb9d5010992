"""Who may open which pages; what they see on them is decided by the rules."""

from typing import Any

from lianxue.distribution.queries.standing import supervises
from lianxue.kernel.pages import Access
from lianxue.orgs.public import Actor, Role, acting_as

POINT_ROLES = frozenset({Role.TIER_ADMIN, Role.DESK_CLERK})


def _supervises(request: Any) -> bool:
    """Tell whether the actor has points beneath; looked up once a request."""
    known: bool | None = request.__dict__.get("actor_supervises")
    if known is None:
        known = request.__dict__["actor_supervises"] = supervises(request.actor)
    return known


def _at_point(request: Any) -> bool:
    actor: Actor = request.actor
    in_network = actor.tier is not None and actor.tier > 1
    return actor.role in POINT_ROLES and in_network and not _supervises(request)


AT_POINT = Access("staff of a point", _at_point)
RUNS_POINT = Access(
    "administrator of a point", lambda request: request.actor.role == Role.TIER_ADMIN and _at_point(request)
)
SUPERVISING = Access("administrator with points beneath", _supervises)
AT_SUPPLIER = acting_as(Role.SUPPLIER_CLERK)
IN_NETWORK = AT_POINT | SUPERVISING
EVERYBODY_CONCERNED = IN_NETWORK | AT_SUPPLIER
