"""The way of a loan."""

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import LoanState
from lianxue.distribution.rules.lending import KEEPS_RECORD
from lianxue.kernel.flow import Flow, Step

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
            verb="report_loss",
            source=(LoanState.ON_LOAN,),
            target=LoanState.LOST,
            who=KEEPS_RECORD,
            label=_("Report as lost"),
            tone="danger",
        ),
    ],
)
