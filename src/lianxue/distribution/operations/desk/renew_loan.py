"""Prolonging a loan by the point's own terms."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.flows.loan import LOAN_FLOW
from lianxue.distribution.models import Loan
from lianxue.distribution.operations.desk.return_loan import lock_loan
from lianxue.distribution.queries.terms import terms_of
from lianxue.kernel import audit
from lianxue.kernel.clock import local_date
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.renew_loan", label=_("Renew a loan"))
def renew_loan(*, actor: Actor, at: datetime, loan: Loan, request_key: str | None = None) -> Loan:
    """Prolong a loan by one loan period, from the day on which it is due or from today when that is later.

    Raise ``WrongState``, ``NotAllowed``, or ``Unmet`` when the point has set no numbers, when it was renewed as often
    as they allow, or when another reader waits.
    """
    row, _held = lock_loan(loan)
    LOAN_FLOW.require("renew_loan", actor=actor, subject=row, at=at)
    before = audit.snapshot(row, "due_on", "renewals")
    today = local_date(at)
    days = terms_of(row.point_id).loan_days or 0
    row.due_on = max(row.due_on or today, today) + timedelta(days=days)
    row.renewals += 1
    row.noticed_on = None
    row.save(update_fields=["due_on", "renewals", "noticed_on"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.renew_loan",
        subject=row,
        before=before,
        after=audit.snapshot(row, "due_on", "renewals"),
    )
    return row
