"""Reads of tokens."""

from datetime import datetime

from django.db.models import QuerySet

from lianxue.kernel.days import local_date
from lianxue.orgs.models import Actor, ApiToken


def own_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """Return the tokens that ``actor`` made under any post, newest first."""
    rows = ApiToken.objects.filter(post__person_id=actor.person_id or 0)
    return rows.select_related("post__organisation").order_by("-id")


def valid_token(digest: str, at: datetime) -> ApiToken | None:
    """Return the token with this digest if it may be used now: neither revoked nor over, and its post in force."""
    token = (
        ApiToken.objects.select_related("post__person", "post__organisation").filter(digest=digest).first()
    )
    if token is None or not token.is_valid(at):
        return None
    post, person = token.post, token.post.person
    is_open = post.organisation.is_active and person.is_active and not person.must_change_password
    return token if is_open and post.is_in_force(local_date(at)) else None
