"""Undoing a loan that was written down by mistake."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import LoanState, PlaceKind, ReservationState
from lianxue.distribution.flows.loan import LOAN_FLOW
from lianxue.distribution.models import Loan, Reservation, StockEntry
from lianxue.distribution.operations.checks import require_reason
from lianxue.distribution.operations.desk.queue import serve_queue
from lianxue.distribution.operations.desk.return_loan import lock_loan
from lianxue.distribution.operations.ledger import Posting, copies_coming_back, post_many, reference_to
from lianxue.kernel import audit
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.undo_loan", label=_("Undo a loan"))
def undo_loan(*, actor: Actor, at: datetime, loan: Loan, reason: str, request_key: str | None = None) -> Loan:
    """Undo a loan that was written down by mistake: a counter-entry brings the copies back, the row stays.

    A reservation that it ended is open again. Raise ``WrongState``, ``NotAllowed``, ``ReasonMissing`` or ``Invalid``.
    """
    row, held = lock_loan(loan)
    LOAN_FLOW.require("undo_loan", actor=actor, subject=row, at=at)
    why = require_reason(reason)
    before = audit.snapshot(row, "state")
    row.state, row.undone_at, row.undone_reason = LoanState.UNDONE, at, why
    row.save(update_fields=["state", "undone_at", "undone_reason"])
    written = StockEntry.objects.get(verb="lend", reference=reference_to(row))
    post_many(
        at=at,
        person_id=actor.person_id,
        postings=[
            Posting(
                "undo_loan",
                reference_to(row),
                copies_coming_back(row, PlaceKind.ON_LOAN),
                reason=why,
                corrects_id=written.pk,
            )
        ],
        held=held,
    )
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.undo_loan",
        subject=row,
        before=before,
        after=audit.snapshot(row, "state"),
        note=why,
    )
    # The reader did not get it after all: back to the old place in the queue, which goes by the time of reserving.
    Reservation.objects.filter(loan=row).update(
        state=ReservationState.WAITING, loan=None, ended_at=None, ready_at=None, keep_until=None
    )
    serve_queue(row.point_id, row.title.entry_id, actor=actor, at=at)
    return row
