"""Tokens for programs: making, revoking, and what happens when one is used."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.api.scopes import SCOPES
from lianxue.kernel.errors import Invalid, NotAllowed, NotFound, Text
from lianxue.kernel.operation import operation
from lianxue.orgs.models import Actor, ApiToken, Post, TokenRequest

MARK = "lx_"
PREFIX = len(MARK) + 6
LONGEST_DAYS = 366
MOST = 20  # valid ones under one post
NOTED_EVERY = timedelta(minutes=1)
REQUESTS_KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True)
class NewToken:
    """A token that was just made; ``text`` is shown once and never again."""

    token: ApiToken
    text: str


@operation("orgs.make_token", label=_("Make a token for a program"))
def make_token(
    *, actor: Actor, at: datetime, name: str, scopes: Collection[str], valid_days: int
) -> NewToken:
    """Make a token under the actor's own post. Raise ``NotAllowed`` without a post, or ``Invalid`` with its fields."""
    if actor.post_id is None:
        raise NotAllowed
    post = Post.objects.select_for_update().get(pk=actor.post_id)
    faults: dict[str, Text] = {}
    if not name.strip() or len(name.strip()) > 60:  # noqa: PLR2004  # the column's length
        faults["name"] = _("Please say in at most 60 signs what it is for.")
    if not scopes or any(scope not in SCOPES for scope in scopes):
        faults["scopes"] = _("Please choose what the program may do.")
    if not 1 <= valid_days <= LONGEST_DAYS:
        faults["valid_days"] = _("A token is valid for 1 to 366 days.")
    valid = ApiToken.objects.filter(post=post, revoked_at=None, expires_at__gt=at)
    if not faults and valid.count() >= MOST:
        faults["name"] = _("You have 20 valid tokens. Please revoke one that is not needed.")
    if faults:
        raise Invalid(fields=faults)
    text = MARK + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        post=post,
        name=name.strip(),
        prefix=text[:PREFIX],
        digest=digest_of(text),
        scopes=sorted(set(scopes)),
        created_at=at,
        expires_at=at + timedelta(days=valid_days),
    )
    audit.record(
        actor=actor,
        at=at,
        verb="orgs.make_token",
        subject=token,
        after=audit.snapshot(token, "name", "prefix", "scopes", "expires_at"),
    )
    return NewToken(token, text)


@operation("orgs.revoke_token", label=_("Revoke a token"))
def revoke_token(*, actor: Actor, at: datetime, token: ApiToken, request_key: str | None = None) -> ApiToken:
    """Revoke one of one's own tokens, under whichever post it was made; revoked twice is revoked."""
    row = ApiToken.objects.select_for_update(of=("self",)).select_related("post").filter(pk=token.pk).first()
    if row is None or row.post.person_id != actor.person_id:
        raise NotFound
    if row.revoked_at is None:
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        audit.record(
            actor=actor,
            at=at,
            verb="orgs.revoke_token",
            subject=row,
            before={"revoked_at": None},
            after=audit.snapshot(row, "revoked_at"),
        )
    return row


def note_use(*, token: ApiToken, at: datetime) -> None:
    """Note that a token was used, once a minute at the most."""
    if token.last_used_at is None or token.last_used_at < at - NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)


def claim_key(*, token_id: int, key: str, fingerprint: str, at: datetime) -> bool:
    """Take ``key`` for one request of a token; tell whether it is this request's, be it sent again."""
    row, _is_new = TokenRequest.objects.get_or_create(
        token_id=token_id, key=key, defaults={"fingerprint": fingerprint, "at": at}
    )
    return row.fingerprint == fingerprint


def forget_token_requests(*, before: datetime) -> None:
    """Forget keys that were used so long ago that nobody sends the request again."""
    TokenRequest.objects.filter(at__lt=before).delete()


def digest_of(text: str) -> str:
    """Return under what a token is looked up."""
    return hashlib.sha256(text.encode()).hexdigest()
