"""Showing a borrower's telephone number in full, once, to someone who gave a reason."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.models import Loan
from lianxue.distribution.operations.checks import require_reason
from lianxue.distribution.rules.lending import KEEPS_RECORD
from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.reveal_borrower_phone", label=_("See a borrower's telephone number"))
def reveal_borrower_phone(*, actor: Actor, at: datetime, loan: Loan, reason: str) -> str:
    """Return the borrower's telephone number, and write down who looked and why.

    Only the point that lent may. Raise ``NotAllowed`` or ``ReasonMissing``.
    """
    row = Loan.objects.get(pk=loan.pk)
    if not KEEPS_RECORD.holds(actor, row):
        raise NotAllowed
    why = require_reason(reason)
    audit.record(actor=actor, at=at, verb="distribution.reveal_borrower_phone", subject=row, note=why)
    return str(row.borrower_phone)
