"""The supplier answers a claim with a remedy; the point may not accept it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ClaimRemedy, ClaimState
from lianxue.distribution.events import ClaimAnswered, ClaimDeclined
from lianxue.distribution.flows.claim import CLAIM_FLOW, REMEDIES
from lianxue.distribution.models import Claim
from lianxue.distribution.operations.checks import REASON_LENGTH, require_reason
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

FIELDS = ("state", "remedy", "answer")


def locked_claim(claim: Claim) -> Claim:
    """Return a claim for changing it, with the parcel it is about."""
    return (
        Claim.objects.select_for_update(of=("self",))
        .select_related("receipt_line__lot__shipment", "receipt_line__lot__title", "receipt_line__receipt")
        .get(pk=claim.pk)
    )


def require_remedy(claim: Claim, remedy: str) -> ClaimRemedy:
    """Return the remedy if it fits what is wrong; raise ``Invalid`` when it does not."""
    if remedy not in REMEDIES[claim.kind]:
        raise Invalid(fields={"remedy": _("Please choose one of the remedies.")})
    return ClaimRemedy(remedy)


@operation("distribution.answer_claim", label=_("Answer a claim"))
def answer_claim(
    *,
    actor: Actor,
    at: datetime,
    claim: Claim,
    remedy: str,
    answer: str = "",
    request_key: str | None = None,
) -> Claim:
    """Offer a remedy; nothing moves before the point accepts it or the office settles it.

    Raise ``WrongState``, ``NotAllowed`` or ``Invalid``.
    """
    row = locked_claim(claim)
    CLAIM_FLOW.require("answer_claim", actor=actor, subject=row, at=at)
    chosen = require_remedy(row, remedy)
    text = answer.strip()
    if len(text) > REASON_LENGTH:
        raise Invalid(fields={"answer": _("Please keep this under 300 characters.")})
    before = audit.snapshot(row, *FIELDS)
    row.state, row.remedy, row.answer, row.answered_at = ClaimState.ANSWERED, chosen, text, at
    row.declined_reason = ""
    row.save(update_fields=[*FIELDS, "answered_at", "declined_reason"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.answer_claim",
        subject=row,
        before=before,
        after=audit.snapshot(row, *FIELDS),
    )
    publish(ClaimAnswered(claim_id=row.pk, point_id=row.receipt_line.lot.shipment.point_id))
    return row


@operation("distribution.decline_answer", label=_("Do not accept the answer to a claim"))
def decline_answer(
    *, actor: Actor, at: datetime, claim: Claim, reason: str, request_key: str | None = None
) -> Claim:
    """Give a claim back to the supplier with the reason why its answer will not do.

    Raise ``WrongState``, ``NotAllowed``, ``ReasonMissing`` or ``Invalid``.
    """
    row = locked_claim(claim)
    CLAIM_FLOW.require("decline_answer", actor=actor, subject=row, at=at)
    why = require_reason(reason)
    before = audit.snapshot(row, *FIELDS)
    row.state, row.remedy, row.answered_at, row.declined_reason = ClaimState.OPEN, "", None, why
    row.save(update_fields=["state", "remedy", "answered_at", "declined_reason"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.decline_answer",
        subject=row,
        before=before,
        after=audit.snapshot(row, *FIELDS),
        note=why,
    )
    publish(ClaimDeclined(claim_id=row.pk, supplier_id=row.receipt_line.lot.shipment.supplier_id))
    return row
