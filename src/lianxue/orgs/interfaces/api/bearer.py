"""Who calls: the token in ``Authorization: Bearer …``, and the post under which it acts."""

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.errors import Throttled
from ninja.security import HttpBearer

from lianxue.kernel import clock
from lianxue.kernel.api.once import KeyUsedOtherwise
from lianxue.kernel.pages import remote_address
from lianxue.orgs.operations.api_tokens import claim_key, digest_of, note_use
from lianxue.orgs.queries import actor_for
from lianxue.orgs.queries.api_tokens import valid_token

MINUTE = 60


@dataclass(frozen=True)
class TokenCaller:
    """The program that calls."""

    token_id: int
    scopes: frozenset[str]

    def claim(self, key: str, fingerprint: str) -> None:
        """Take ``key`` for this one request. Raise ``KeyUsedOtherwise``."""
        if not claim_key(token_id=self.token_id, key=key, fingerprint=fingerprint, at=clock.now()):
            raise KeyUsedOtherwise


class TokenBearer(HttpBearer):
    """Lets valid tokens in and puts their actor on the request; a session's cookie opens nothing here."""

    def authenticate(self, request: HttpRequest, token: str) -> TokenCaller | None:
        """Return who calls, or None. Raise ``Throttled`` when it calls too often."""
        at = clock.now()
        found = valid_token(digest_of(token), at)
        if found is None:
            return None
        _require_patience(found.pk)
        note_use(token=found, at=at)
        request.actor = actor_for(found.post.person, found.post, remote_address(request))  # type: ignore[attr-defined]
        return TokenCaller(found.pk, frozenset(found.scopes))


def _require_patience(token_id: int) -> None:
    """Count one more call of this minute. The shared cache counts for all processes together."""
    key = f"api:{token_id}:{int(clock.now().timestamp()) // MINUTE}"
    if cache.add(key, 1, timeout=2 * MINUTE):
        return
    try:
        count = cache.incr(key)
    except ValueError:  # it ran out between the two
        return
    if count > settings.API_CALLS_PER_MINUTE:
        raise Throttled(wait=MINUTE - int(clock.now().timestamp()) % MINUTE)
