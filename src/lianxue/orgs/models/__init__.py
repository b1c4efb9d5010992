"""Tables of orgs."""

from lianxue.orgs.models.actor import ActingRequest, Actor
from lianxue.orgs.models.api_token import ApiToken, TokenRequest
from lianxue.orgs.models.chain_node import ChainNode
from lianxue.orgs.models.division import Division
from lianxue.orgs.models.organisation import Organisation
from lianxue.orgs.models.post import Post
from lianxue.orgs.models.uscc import uscc_fault

__all__ = [
    "ActingRequest",
    "Actor",
    "ApiToken",
    "ChainNode",
    "Division",
    "Organisation",
    "Post",
    "TokenRequest",
    "uscc_fault",
]
