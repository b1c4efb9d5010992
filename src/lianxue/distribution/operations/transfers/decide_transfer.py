"""The superior unit agrees to a transfer; until it is sent it can be called off."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import TransferState
from lianxue.distribution.events import TransferAgreed
from lianxue.distribution.flows.transfer import TRANSFER_FLOW
from lianxue.distribution.models import Transfer
from lianxue.distribution.operations.checks import require_reason
from lianxue.kernel import audit
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.agree_to_transfer", label=_("Agree to a transfer"))
def agree_to_transfer(
    *, actor: Actor, at: datetime, transfer: Transfer, request_key: str | None = None
) -> Transfer:
    """Let the giver send the copies. Raise ``WrongState`` or ``NotAllowed``."""
    row = Transfer.objects.select_for_update().get(pk=transfer.pk)
    TRANSFER_FLOW.require("agree_to_transfer", actor=actor, subject=row, at=at)
    before = audit.snapshot(row, "state")
    row.state, row.agreed_at = TransferState.AGREED, at
    row.save(update_fields=["state", "agreed_at"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.agree_to_transfer",
        subject=row,
        before=before,
        after=audit.snapshot(row, "state"),
    )
    publish(TransferAgreed(transfer_id=row.pk, giver_id=row.giver_id))
    return row


@operation("distribution.cancel_transfer", label=_("Call a transfer off"))
def cancel_transfer(
    *, actor: Actor, at: datetime, transfer: Transfer, reason: str, request_key: str | None = None
) -> Transfer:
    """Call off a transfer that was not sent yet, with a reason that the others read.

    Raise ``WrongState``, ``NotAllowed``, ``ReasonMissing`` or ``Invalid``.
    """
    row = Transfer.objects.select_for_update().get(pk=transfer.pk)
    TRANSFER_FLOW.require("cancel_transfer", actor=actor, subject=row, at=at)
    why = require_reason(reason)
    before = audit.snapshot(row, "state")
    row.state, row.cancelled_reason = TransferState.CANCELLED, why
    row.save(update_fields=["state", "cancelled_reason"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.cancel_transfer",
        subject=row,
        before=before,
        after=audit.snapshot(row, "state"),
        note=why,
    )
    return row
