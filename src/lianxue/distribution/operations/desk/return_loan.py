"""Loans come back, or are given up as lost."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import LoanState, PlaceKind
from lianxue.distribution.flows.loan import LOAN_FLOW
from lianxue.distribution.models import Loan, StockBalance
from lianxue.distribution.operations.checks import past_day, require_reason
from lianxue.distribution.operations.desk.queue import serve_queue
from lianxue.distribution.operations.ledger import (
    copies_coming_back,
    copies_lost,
    lock_holdings,
    post,
    reference_to,
)
from lianxue.kernel import audit
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid
from lianxue.kernel.kept import kept
from lianxue.kernel.new_row import rewrite
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.return_loan", label=_("Take a loan back"))
def return_loan(
    *, actor: Actor, at: datetime, loan: Loan, returned_on: date | None = None, request_key: str | None = None
) -> Loan:
    """Take the copies of a loan back, each to where it stood; ``returned_on`` None: today.

    Copies that had been given up as lost can come back too. When somebody waits for the title, a copy is put aside.
    Raise ``WrongState``, ``NotAllowed`` or ``Invalid``.
    """
    row, held = lock_loan(loan)
    LOAN_FLOW.require("return_loan", actor=actor, subject=row, at=at)
    day = past_day(returned_on, at, field="returned_on")
    if day < row.lent_on:
        raise Invalid(fields={"returned_on": _("This day is before the day of lending.")})
    before = audit.snapshot(row, "state", "returned_on")
    was_at = PlaceKind.LOST if row.state == LoanState.LOST else PlaceKind.ON_LOAN
    row.state, row.returned_on, row.lost_on = LoanState.RETURNED, day, None
    rewrite(row, "state", "returned_on", "lost_on")
    post(
        verb="return_loan",
        at=at,
        person_id=actor.person_id,
        legs=copies_coming_back(row, was_at),
        reference=reference_to(row),
        held=held,
    )
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.return_loan",
        subject=row,
        before=before,
        after=audit.snapshot(row, "state", "returned_on"),
    )
    serve_queue(row.point_id, row.title.entry_id, actor=actor, at=at)
    return row


@operation("distribution.report_loss", label=_("Report a loan as lost"))
def report_loss(
    *, actor: Actor, at: datetime, loan: Loan, reason: str, request_key: str | None = None
) -> Loan:
    """Give the copies of a loan up as lost, with a reason.

    Raise ``WrongState``, ``NotAllowed``, ``ReasonMissing`` or ``Invalid``.
    """
    row, held = lock_loan(loan)
    LOAN_FLOW.require("report_loss", actor=actor, subject=row, at=at)
    why = require_reason(reason)
    before = audit.snapshot(row, "state")
    row.state, row.lost_on = LoanState.LOST, local_date(at)
    row.save(update_fields=["state", "lost_on"])
    post(
        verb="report_loss",
        at=at,
        person_id=actor.person_id,
        legs=copies_lost(row),
        reference=reference_to(row),
        reason=why,
        held=held,
    )
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.report_loss",
        subject=row,
        before=before,
        after=audit.snapshot(row, "state"),
        note=why,
    )
    return row


def lock_loan(loan: Loan) -> tuple[Loan, list[StockBalance]]:
    """Lock a loan and its title's copies at the point; return both as they are now."""
    row = _locked.rows(pk=loan.pk)[0]
    return row, lock_holdings(row.point_id, row.title.entry_id)


@kept
def _locked(pk: int) -> QuerySet[Loan]:
    return (
        Loan.objects.select_for_update(of=("self",))
        .select_related("title__entry")
        .defer("title__entry__search_vector", "title__entry__description")
        .filter(pk=pk)
    )
