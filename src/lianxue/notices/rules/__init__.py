"""Who may read and do what with notices."""

from django.db.models import Q

from lianxue.kernel.rules import NO_ROWS, Rule, rule
from lianxue.orgs.public import PLATFORM, Actor, Role, has_role

OWN_NOTICE: Rule[Actor] = rule(
    "told to me",
    holds=lambda actor, notice: actor.person_id is not None and notice.person_id == actor.person_id,
    rows=lambda actor: Q(person_id=actor.person_id) if actor.person_id is not None else NO_ROWS,
)

# What did not arrive is seen by those who can do something about it: the office and whoever runs the platform.
SEES_UNDELIVERED: Rule[Actor] = has_role(Role.SYSTEM_OPERATOR) | has_role(Role.TIER_ADMIN, tier=1)

RUNS_GROUP: Rule[Actor] = rule(
    "administers the organisation of the group",
    holds=lambda actor, robot: actor.is_administrator and robot.organisation_id == actor.organisation_id,
    rows=lambda actor: Q(organisation_id=actor.organisation_id) if actor.is_administrator else NO_ROWS,
)

SENDS: Rule[Actor] = PLATFORM
