"""Ending a post."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.days import local_date
from lianxue.kernel.operation import operation
from lianxue.orgs.enums import Role
from lianxue.orgs.errors import BadTerm, NoReason, NotDirectlyBelow, OwnAppointment, PostEnded
from lianxue.orgs.models import Actor, Post
from lianxue.orgs.rules import may_appoint

_TERM = ("ends_on", "ended_at", "ended_reason")


@operation("orgs.end_post", label=_("End a post"))
def end_post(*, actor: Actor, at: datetime, post: Post, reason: str, ends_on: date | None = None) -> Post:
    """End a post at once, or after the day ``ends_on``; whoever may fill a post may end it.

    Ended at once, its authority is gone from this moment on. Raise ``PostEnded``, ``NotDirectlyBelow``,
    ``OwnAppointment``, ``NoReason``, or ``BadTerm`` when the day lies before the first, before today, or later
    than the term runs anyway.
    """
    row = (
        Post.objects.select_for_update(of=("self",)).select_related("organisation", "person").get(pk=post.pk)
    )
    today = local_date(at)
    if row.ended_at is not None or (row.ends_on is not None and row.ends_on < today):
        raise PostEnded
    if not may_appoint(actor, row.organisation, Role(row.role)):
        raise NotDirectlyBelow
    if actor.person_id == row.person_id:
        raise OwnAppointment
    if not reason.strip():
        raise NoReason(fields={"reason": NoReason.default_message})
    before = audit.snapshot(row, *_TERM)
    if ends_on is None:
        row.ended_at, row.ends_on = at, max(today, row.starts_on)
    else:
        _require_day(row, ends_on, today)
        row.ends_on = ends_on
    row.ended_reason = reason.strip()[:200]
    row.save(update_fields=_TERM)
    audit.record(
        actor=actor,
        at=at,
        verb="orgs.end_post",
        subject=row,
        before=before,
        after=audit.snapshot(row, *_TERM),
    )
    return row


def _require_day(post: Post, ends_on: date, today: date) -> None:
    if ends_on < max(today, post.starts_on) or (post.ends_on is not None and ends_on > post.ends_on):
        message = _("The last day lies today or later, and within the present term.")
        raise BadTerm(message, fields={"ends_on": message})
