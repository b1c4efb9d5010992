"""What a program may do with a token: each feature registers its scopes."""

from lianxue.kernel.errors import Text
from lianxue.kernel.registry import Registry

SCOPES: Registry[Text] = Registry("scopes of tokens")


def register_scope(name: str, label: Text) -> None:
    """Add a scope, ``noun:read`` or ``noun:write``, with what people read where they make a token."""
    SCOPES.register(name, label)
