"""Who may see and change catalogue entries."""

from django.db.models import Q

from lianxue.kernel.rules import Rule, role_rule, rule
from lianxue.orgs.public import PLATFORM, Actor, Role, has_role, own, own_or_below
from lianxue.resources.enums import EntryState
from lianxue.resources.models import CatalogueEntry
from lianxue.resources.rules.contributions import ADMINISTERS, OFFICE_READER, OFFICE_REVIEWER


def _is_published(_actor: Actor, entry: CatalogueEntry) -> bool:
    return entry.state == EntryState.PUBLISHED


IS_PUBLISHED: Rule[Actor] = rule(
    "is published", holds=_is_published, rows=lambda _actor: Q(state=EntryState.PUBLISHED)
)
HOLDS_A_POST: Rule[Actor] = role_rule("holds a post", lambda actor: actor.post_id is not None)

# S0-03: the catalogue is open to every post, suppliers included. What was withdrawn stays readable for the office
# and for the organisation that it came from.
SEES_PUBLISHED = HOLDS_A_POST & IS_PUBLISHED
SEES_ENTRY = SEES_PUBLISHED | OFFICE_READER | (ADMINISTERS & own("provider"))
KEEPS_CATALOGUE = OFFICE_REVIEWER
# The platform itself fills the catalogue and the tree of subjects when it is set up.
ADDS_ENTRY = KEEPS_CATALOGUE | PLATFORM
KEEPS_CATEGORIES = has_role(Role.TIER_ADMIN, tier=1) | PLATFORM

# The subject is the providing organisation itself.
SEES_FIGURES_OF = (ADMINISTERS | OFFICE_READER) & own_or_below("")
