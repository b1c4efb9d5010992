"""What other features may use of orgs."""

from lianxue.orgs.enums import SYSTEM_CHAINS, Chain, OrganisationKind, Role
from lianxue.orgs.errors import BadPlace, BadTerm, CodeTaken, NotDirectlyBelow, PostHeld
from lianxue.orgs.models import ActingRequest, Actor, Division, Organisation, Post, uscc_fault
from lianxue.orgs.operations import (
    appoint,
    end_post,
    load_divisions,
    register_organisation,
    reveal_personal_data,
)
from lianxue.orgs.queries import (
    actor_for,
    children_of,
    organisations_below,
    points_below,
    posts_in_force,
    superior_of,
    tier_of,
)
from lianxue.orgs.rules import (
    ANY_POST,
    PLATFORM,
    acting_as,
    below,
    directly_below,
    has_role,
    may_appoint,
    own,
    own_or_below,
)

__all__ = [
    "ANY_POST",
    "PLATFORM",
    "SYSTEM_CHAINS",
    "ActingRequest",
    "Actor",
    "BadPlace",
    "BadTerm",
    "Chain",
    "CodeTaken",
    "Division",
    "NotDirectlyBelow",
    "Organisation",
    "OrganisationKind",
    "Post",
    "PostHeld",
    "Role",
    "acting_as",
    "actor_for",
    "appoint",
    "below",
    "children_of",
    "directly_below",
    "end_post",
    "has_role",
    "load_divisions",
    "may_appoint",
    "organisations_below",
    "own",
    "own_or_below",
    "points_below",
    "posts_in_force",
    "register_organisation",
    "reveal_personal_data",
    "superior_of",
    "tier_of",
    "uscc_fault",
]
