"""Deciding a selection, which makes the certificates (S0-33), and taking a certificate back."""

import secrets
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import Award, SelectionState
from lianxue.distribution.events import SelectionDecided
from lianxue.distribution.flows.selection import CERTIFICATE_FLOW, SELECTION_FLOW
from lianxue.distribution.models import Candidate, Certificate, Selection
from lianxue.distribution.operations.checks import require_reason
from lianxue.kernel import audit
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.kernel.readable_codes import readable_code
from lianxue.orgs.public import Actor

LETTERS = {Award.PROVIDER: "A", Award.ADMINISTRATOR: "B", Award.POINT: "C"}
CHECK_LENGTH = 6  # nobody who knows one number guesses the next


@operation("distribution.decide_selection", label=_("Decide a selection"))
def decide_selection(
    *, actor: Actor, at: datetime, selection: Selection, request_key: str | None = None
) -> Selection:
    """Decide: whoever is marked is chosen and gets a certificate, all others are not.

    Raise ``WrongState``, ``NotAllowed``, or ``Unmet`` when nobody is chosen or the choice departs from the ranking
    without a reason.
    """
    row = Selection.objects.select_for_update().get(pk=selection.pk)
    SELECTION_FLOW.require("decide_selection", actor=actor, subject=row, at=at)
    row.candidates.filter(chosen__isnull=True).update(chosen=False)
    row.state, row.decided_at = SelectionState.DECIDED, at
    row.save(update_fields=["state", "decided_at"])
    chosen = row.candidates.filter(chosen=True).select_related("organisation", "person")
    certificates = [
        Certificate(
            candidate=candidate,
            number=_number(row, at_place),
            token=secrets.token_urlsafe(24),
            holder=_holder(candidate),
            issued_at=at,
        )
        for at_place, candidate in enumerate(chosen.order_by("place", "organisation__code", "pk"), start=1)
    ]
    Certificate.objects.bulk_create(certificates)
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.decide_selection",
        subject=row,
        before={"state": SelectionState.RANKED},
        after={**audit.snapshot(row, "state", "decided_at"), "chosen": len(certificates)},
    )
    publish(SelectionDecided(at=at, selection_id=row.pk))
    return row


def _number(selection: Selection, at_place: int) -> str:
    check = readable_code(CHECK_LENGTH)
    return f"{selection.year}-{LETTERS[Award(selection.award)]}{selection.office_id}-{at_place:04d}-{check}"


def _holder(candidate: Candidate) -> str:
    if candidate.person is None:
        return candidate.organisation.name
    return f"{candidate.person.full_name}（{candidate.organisation.name}）"


@operation("distribution.withdraw_certificate", label=_("Withdraw a certificate"))
def withdraw_certificate(
    *, actor: Actor, at: datetime, certificate: Certificate, reason: str, request_key: str | None = None
) -> Certificate:
    """Withdraw a certificate with a reason: its public page says so from now on, and it is not printed any more.

    Raise ``WrongState``, ``NotAllowed``, ``ReasonMissing`` or ``Invalid``.
    """
    row = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    CERTIFICATE_FLOW.require("withdraw_certificate", actor=actor, subject=row, at=at)
    why = require_reason(reason)
    row.revoked_at, row.revoked_reason = at, why
    row.save(update_fields=["revoked_at", "revoked_reason"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.withdraw_certificate",
        subject=row,
        after=audit.snapshot(row, "revoked_at", "revoked_reason"),
        note=why,
    )
    return row
