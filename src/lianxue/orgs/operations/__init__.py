"""Use cases of orgs."""

from lianxue.orgs.operations.appoint import appoint
from lianxue.orgs.operations.end_post import end_post
from lianxue.orgs.operations.load_divisions import load_divisions
from lianxue.orgs.operations.register_organisation import register_organisation
from lianxue.orgs.operations.reveal_personal_data import reveal_personal_data

__all__ = [
    "appoint",
    "end_post",
    "load_divisions",
    "register_organisation",
    "reveal_personal_data",
]
