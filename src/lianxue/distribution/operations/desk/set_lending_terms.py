"""A point's own numbers: loan period, renewals, reserved copies, overdue notices."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.models import LendingTerms
from lianxue.distribution.rules.fulfilment import RUNS_POINT
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed, Text
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation

MOST_DAYS, MOST_RENEWALS = 366, 20
TERMS = ("loan_days", "renewals", "hold_days", "notice_days")


@operation("distribution.set_lending_terms", label=_("Set the terms of lending"))
def set_lending_terms(
    *,
    actor: Actor,
    at: datetime,
    point: Organisation,
    loan_days: int | None,
    renewals: int | None = None,
    hold_days: int | None = None,
    notice_days: int | None = None,
    request_key: str | None = None,
) -> LendingTerms:
    """Set a point's own terms from now on; None: the rule rests (the sources give no number).

    Loans already made keep their day. Raise ``NotAllowed`` or ``Invalid``.
    """
    if not RUNS_POINT.holds(actor, point):
        raise NotAllowed
    wanted = {
        "loan_days": loan_days,
        "renewals": renewals,
        "hold_days": hold_days,
        "notice_days": notice_days,
    }
    if faults := _faults(wanted):
        raise Invalid(fields=faults)
    terms, _is_new = LendingTerms.objects.select_for_update().get_or_create(point=point)
    before = audit.snapshot(terms, *TERMS)
    for name, number in wanted.items():
        setattr(terms, name, number)
    terms.save(update_fields=TERMS)
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.set_lending_terms",
        subject=terms,
        before=before,
        after=wanted,
    )
    return terms


def _faults(wanted: dict[str, int | None]) -> dict[str, Text]:
    faults: dict[str, Text] = {
        name: _("Please give a number of days from 1 to 366, or leave it empty.")
        for name in ("loan_days", "hold_days", "notice_days")
        if (days := wanted[name]) is not None and not 1 <= days <= MOST_DAYS
    }
    times = wanted["renewals"]
    if times is not None and not 1 <= times <= MOST_RENEWALS:
        faults["renewals"] = _("Please give a number from 1 to 20, or leave it empty.")
    elif times and not wanted["loan_days"]:
        faults["loan_days"] = _("A loan is renewed by one loan period, so please set that too.")
    return faults
