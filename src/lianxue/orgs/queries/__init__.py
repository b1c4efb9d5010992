"""Reads of orgs."""

from lianxue.orgs.queries.access import ANY_POST, acting_as
from lianxue.orgs.queries.actors import actor_for, in_force, posts_in_force
from lianxue.orgs.queries.network import (
    Place,
    children_of,
    organisations_below,
    places_of,
    points_below,
    superior_of,
    tier_of,
    with_tier,
)
from lianxue.orgs.queries.people import (
    find_people,
    may_renew_password,
    not_over,
    people_in_charge,
    posts_in_charge,
    posts_shown,
)

__all__ = [
    "ANY_POST",
    "Place",
    "acting_as",
    "actor_for",
    "children_of",
    "find_people",
    "in_force",
    "may_renew_password",
    "not_over",
    "organisations_below",
    "people_in_charge",
    "places_of",
    "points_below",
    "posts_in_charge",
    "posts_in_force",
    "posts_shown",
    "superior_of",
    "tier_of",
    "with_tier",
]
