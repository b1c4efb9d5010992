"""Who may open the pages of yearly selections; which they see there is decided by the rules."""

from typing import Any

from lianxue.distribution.interfaces.web.rounds.access import OFFICE, OFFICE_READERS
from lianxue.distribution.queries.selections.reading import selections_seen
from lianxue.kernel.kept import kept
from lianxue.kernel.pages import Access
from lianxue.orgs.public import Role, acting_as

_SEEN = kept(selections_seen)


def _has_something_to_read(request: Any) -> bool:
    """Tell whether a selection of the actor's network was published; looked up once a request."""
    known: bool | None = request.__dict__.get("actor_reads_selections")
    if known is None:
        seen = bool(request.actor.path) and _SEEN.exists(actor=request.actor)
        known = request.__dict__["actor_reads_selections"] = seen
    return known


SELECTIONS = OFFICE_READERS | Access("in a network with a published selection", _has_something_to_read)
ADMINISTRATORS = acting_as(Role.TIER_ADMIN)
CANDIDATES = OFFICE_READERS | ADMINISTRATORS

__all__ = ["ADMINISTRATORS", "CANDIDATES", "OFFICE", "OFFICE_READERS", "SELECTIONS"]
