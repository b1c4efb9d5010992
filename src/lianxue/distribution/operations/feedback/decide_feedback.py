"""The point decides what everybody may read of what its readers said (S0-47)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import FeedbackState
from lianxue.distribution.flows.feedback import FEEDBACK_FLOW
from lianxue.distribution.models import Feedback
from lianxue.distribution.operations.checks import require_reason
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotFound
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.show_feedback", label=_("Show what readers said"))
def show_feedback(
    *, actor: Actor, at: datetime, feedback_ids: Sequence[int], request_key: str | None = None
) -> None:
    """Show everybody what readers said, all of them or none. Raise ``WrongState``, ``NotAllowed`` …"""
    wanted = set(feedback_ids)
    if not wanted:
        raise Invalid(_("Please tick at least one."))
    rows = list(Feedback.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    if len(rows) != len(wanted):
        raise NotFound
    for row in rows:
        FEEDBACK_FLOW.require("show_feedback", actor=actor, subject=row, at=at)
        _decide(row, actor=actor, at=at, verb="distribution.show_feedback", state=FeedbackState.SHOWN)


@operation("distribution.set_feedback_aside", label=_("Set aside what a reader said"))
def set_feedback_aside(
    *, actor: Actor, at: datetime, feedback: Feedback, reason: str, request_key: str | None = None
) -> Feedback:
    """Set aside what is no opinion on the title; it counts nowhere. Raise ``WrongState``, ``NotAllowed``, ``ReasonMissing``."""
    row = Feedback.objects.select_for_update().filter(pk=feedback.pk).first()
    if row is None:
        raise NotFound
    FEEDBACK_FLOW.require("set_feedback_aside", actor=actor, subject=row, at=at)
    _decide(
        row,
        actor=actor,
        at=at,
        verb="distribution.set_feedback_aside",
        state=FeedbackState.SET_ASIDE,
        reason=require_reason(reason),
    )
    return row


def _decide(
    row: Feedback, *, actor: Actor, at: datetime, verb: str, state: FeedbackState, reason: str = ""
) -> None:
    before = audit.snapshot(row, "state")
    row.state, row.reason, row.decided_at, row.decided_by_id = state, reason, at, actor.person_id
    row.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    audit.record(
        actor=actor,
        at=at,
        verb=verb,
        subject=row,
        before=before,
        after=audit.snapshot(row, "state"),
        note=reason,
    )
