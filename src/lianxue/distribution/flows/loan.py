"""The way of a loan."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import LoanState
from lianxue.distribution.models import Loan
from lianxue.distribution.queries.reservations import is_waited_for
from lianxue.distribution.queries.terms import terms_of
from lianxue.distribution.rules.lending import KEEPS_RECORD
from lianxue.kernel.flow import Condition, Flow, Step


def _period_is_set(loan: Loan, _at: datetime) -> bool:
    terms = terms_of(loan.point_id)
    return bool(terms.loan_days and terms.renewals)


def _renewals_are_left(loan: Loan, _at: datetime) -> bool:
    return loan.renewals < (terms_of(loan.point_id).renewals or 0)


LOAN_FLOW = Flow(
    "loan",
    states=LoanState.values,
    steps=[
        Step(
            # Copies given up as lost do come back: they are taken in like any other.
            verb="return_loan",
            source=(LoanState.ON_LOAN, LoanState.LOST),
            target=LoanState.RETURNED,
            who=KEEPS_RECORD,
            label=_("Take back"),
        ),
        Step(
            verb="renew_loan",
            source=(LoanState.ON_LOAN,),
            target=None,
            who=KEEPS_RECORD,
            label=_("Renew"),
            needs=(
                Condition(
                    "has a day",
                    lambda loan, _at: loan.due_on is not None,
                    _("No day was agreed for this loan, so there is nothing to renew."),
                ),
                Condition(
                    "renewals are set",
                    _period_is_set,
                    _("Your point has not set a loan period and how often a loan may be renewed."),
                ),
                Condition(
                    "renewals are left",
                    _renewals_are_left,
                    _("This loan has been renewed as often as your point allows."),
                ),
                Condition(
                    "nobody waits",
                    lambda loan, _at: not is_waited_for(loan.point_id, loan.title.entry_id),
                    _("Another reader waits for this title."),
                ),
            ),
            tone="plain",
        ),
        Step(
            verb="report_loss",
            source=(LoanState.ON_LOAN,),
            target=LoanState.LOST,
            who=KEEPS_RECORD,
            label=_("Report as lost"),
            tone="danger",
        ),
        Step(
            verb="undo_loan",
            source=(LoanState.ON_LOAN,),
            target=LoanState.UNDONE,
            who=KEEPS_RECORD,
            label=_("Undo this loan"),
            tone="danger",
        ),
    ],
)
