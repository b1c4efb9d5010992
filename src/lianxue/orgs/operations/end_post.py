"""Ending a post."""

from datetime import date, datetime

from lianxue.kernel import audit
from lianxue.kernel.errors import WrongState
from lianxue.kernel.operation import operation
from lianxue.orgs.enums import Role
from lianxue.orgs.errors import BadTerm, NotDirectlyBelow
from lianxue.orgs.models import Actor, Post
from lianxue.orgs.rules import may_appoint


@operation("orgs.end_post")
def end_post(*, actor: Actor, at: datetime, post: Post, ends_on: date, reason: str) -> Post:
    """End a post after the day ``ends_on``; whoever may fill a post may end it.

    Raise ``NotDirectlyBelow``, ``WrongState`` (has ended) or ``BadTerm``.
    """
    row = Post.objects.select_for_update().select_related("organisation").get(pk=post.pk)
    if row.ends_on is not None:
        raise WrongState
    if not may_appoint(actor, row.organisation, Role(row.role)):
        raise NotDirectlyBelow
    if ends_on < row.starts_on:
        raise BadTerm(fields={"ends_on": BadTerm.default_message})
    before = audit.snapshot(row, "ends_on", "ended_reason")
    row.ends_on, row.ended_reason = ends_on, reason.strip()
    row.save(update_fields=["ends_on", "ended_reason"])
    audit.record(
        actor=actor,
        at=at,
        verb="orgs.end_post",
        subject=row,
        before=before,
        after=audit.snapshot(row, "ends_on", "ended_reason"),
    )
    return row
