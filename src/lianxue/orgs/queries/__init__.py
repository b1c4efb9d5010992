"""Reads of orgs."""

from lianxue.orgs.queries.actors import actor_for, posts_in_force
from lianxue.orgs.queries.network import (
    children_of,
    organisations_below,
    points_below,
    superior_of,
    tier_of,
)

__all__ = [
    "actor_for",
    "children_of",
    "organisations_below",
    "points_below",
    "posts_in_force",
    "superior_of",
    "tier_of",
]
