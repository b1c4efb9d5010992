"""Going on under another of one's posts."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.days import local_date
from lianxue.kernel.operation import operation
from lianxue.orgs.errors import NoSuchPost
from lianxue.orgs.models import Actor, Post
from lianxue.orgs.queries import posts_in_force


@operation("orgs.choose_post", label=_("Go on under another post"))
def choose_post(*, actor: Actor, at: datetime, post_id: int) -> Post:
    """Return the post under which ``actor`` goes on; the caller keeps the choice. Raise ``NoSuchPost``."""
    held = posts_in_force(actor.person_id or 0, local_date(at)).filter(pk=post_id).first()
    if held is None:
        raise NoSuchPost
    audit.record(actor=actor, at=at, verb="orgs.choose_post", subject=held)
    return held
