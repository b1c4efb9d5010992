"""A point's own loan period."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.models import LendingTerms
from lianxue.distribution.rules.fulfilment import RUNS_POINT
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation

LONGEST_PERIOD_DAYS = 366


@operation("distribution.set_lending_terms", label=_("Set the loan period"))
def set_lending_terms(
    *,
    actor: Actor,
    at: datetime,
    point: Organisation,
    loan_days: int | None,
    request_key: str | None = None,
) -> LendingTerms:
    """Set for how many days the point lends from now on; None: no due date (the sources give none).

    Loans already made keep theirs. Raise ``NotAllowed`` or ``Invalid``.
    """
    if not RUNS_POINT.holds(actor, point):
        raise NotAllowed
    if loan_days is not None and not 1 <= loan_days <= LONGEST_PERIOD_DAYS:
        raise Invalid(
            fields={"loan_days": _("Please give a number of days from 1 to 366, or leave it empty.")}
        )
    terms, _is_new = LendingTerms.objects.select_for_update().get_or_create(point=point)
    before = {"loan_days": terms.loan_days}
    terms.loan_days = loan_days
    terms.save(update_fields=["loan_days"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.set_lending_terms",
        subject=terms,
        before=before,
        after={"loan_days": loan_days},
    )
    return terms
