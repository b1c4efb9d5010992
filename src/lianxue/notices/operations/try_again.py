"""Trying again what did not arrive."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.notices.events import DeliveriesWait
from lianxue.notices.flows.delivery import DELIVERY_FLOW
from lianxue.notices.models import Delivery
from lianxue.orgs.public import Actor


@operation("notices.try_again", label=_("Send a message again"))
def try_again(*, actor: Actor, at: datetime, delivery: Delivery, request_key: str | None = None) -> Delivery:
    """Put a failed delivery back among those that wait, with all its attempts before it."""
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    step = DELIVERY_FLOW.require("try_again", actor=actor, subject=row, at=at)
    before = audit.snapshot(row, "state", "reason")
    row.state, row.attempts, row.due_at = step.target or row.state, 0, at
    row.reason = row.detail = ""
    row.save(update_fields=["state", "attempts", "due_at", "reason", "detail"])
    audit.record(
        actor=actor,
        at=at,
        verb="notices.try_again",
        subject=row,
        before=before,
        after=audit.snapshot(row, "state", "reason"),
    )
    publish(DeliveriesWait(1))
    return row
