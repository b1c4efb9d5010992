"""Lending copies at the desk of a point (S0-44)."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.public import BadPhone, normalise_phone
from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.models import LendingTerms, Loan
from lianxue.distribution.operations.checks import past_day, require_name, require_quantity
from lianxue.distribution.operations.ledger import (
    Posting,
    choose_lots,
    copies_going_out,
    lock_holdings,
    post_many,
    reference_to,
)
from lianxue.distribution.rules.fulfilment import STAFFS_POINT
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation
from lianxue.resources.models import CatalogueEntry

LONGEST_LOAN = timedelta(days=3650)


@operation("distribution.lend", label=_("Lend copies"))
def lend(
    *,
    actor: Actor,
    at: datetime,
    point: Organisation,
    entry: CatalogueEntry,
    borrower_name: str,
    quantity: int = 1,
    borrower_phone: str = "",
    lent_on: date | None = None,
    due_on: date | None = None,
    request_key: str | None = None,
) -> Loan:
    """Lend copies of a title, oldest lots first; copies of several lots become several loans, the first is returned.

    ``lent_on`` None: today; an earlier day not before the copies arrived will do. ``due_on`` None: by the point's own
    terms, or no date when it has none. The last displayed copy of a lot stays (S0-29). Raise ``NotAllowed``,
    ``NotEnoughCopies``, ``LastDisplayCopy``, ``BadPhone`` or ``Invalid``.
    """
    if not STAFFS_POINT.holds(actor, point):
        raise NotAllowed
    require_quantity(quantity)
    name = require_name(borrower_name, field="borrower_name")
    phone = _phone(borrower_phone)
    day = past_day(lent_on, at, field="lent_on")
    due = _due_on(point, day, due_on)
    takings = choose_lots(
        lock_holdings(point.pk, entry.pk),
        quantity,
        on=day,
        keep_on_display=0 if settings.LEND_LAST_DISPLAY_COPY else 1,
        day_field="lent_on",
    )
    loans = Loan.objects.bulk_create(
        Loan(
            point=point,
            title_id=taking.lot.title_id,
            lot=taking.lot,
            quantity=taking.quantity,
            from_display=taking.from_display,
            borrower_name=name,
            borrower_phone=phone,
            lent_on=day,
            due_on=due,
            recorded_by_id=actor.person_id,
        )
        for taking in takings
    )
    post_many(
        at=at,
        person_id=actor.person_id,
        postings=[
            Posting("lend", reference_to(loan), copies_going_out(loan, PlaceKind.ON_LOAN)) for loan in loans
        ],
    )
    for loan in loans:
        audit.record(
            actor=actor,
            at=at,
            verb="distribution.lend",
            subject=loan,
            after=audit.snapshot(
                loan, "title", "lot", "quantity", "borrower_name", "borrower_phone", "lent_on", "due_on"
            ),
        )
    return loans[0]


def _phone(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return normalise_phone(text)
    except BadPhone as bad:
        raise BadPhone(fields={"borrower_phone": bad.message}) from bad


def _due_on(point: Organisation, lent_on: date, due_on: date | None) -> date | None:
    if due_on is None:
        terms = LendingTerms.objects.filter(point=point).first()
        return lent_on + timedelta(days=terms.loan_days) if terms and terms.loan_days else None
    if not lent_on <= due_on <= lent_on + LONGEST_LOAN:
        raise Invalid(fields={"due_on": _("This day must not be before the day of lending.")})
    return due_on
