"""A request that a program sends twice under one ``Idempotency-Key`` is carried out once."""

import hashlib
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from ninja import Header

from lianxue.kernel.api.calling import ApiRequest
from lianxue.kernel.errors import Invalid

IdempotencyKey = Annotated[
    str | None,
    Header(
        None,
        alias="Idempotency-Key",
        max_length=100,
        description="Made by the caller, one for each thing to be done. The same request under the same key changes once.",
    ),
]


class KeyUsedOtherwise(Invalid):
    """The HTTP draft on idempotency keys asks for 422 here."""

    code = "key_used_otherwise"
    default_message = _("This Idempotency-Key was sent with another request.")


def request_key(request: ApiRequest, key: str | None) -> str | None:
    """Return the key for the operation, after claiming it for exactly this request. Raise ``KeyUsedOtherwise``."""
    if not key:
        return None
    sent = f"{request.method} {request.path}\0".encode() + request.body
    request.auth.claim(key, hashlib.sha256(sent).hexdigest())
    return f"token {request.auth.token_id}: {key}"
