"""Lending copies at the desk of a point (S0-44)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.models import Loan
from lianxue.distribution.operations.checks import (
    day_with_reason,
    optional_phone,
    require_name,
    require_quantity,
)
from lianxue.distribution.operations.desk.queue import (
    DeskFacts,
    desk_facts,
    fulfil,
    kept_on_display,
    queue_for,
    require_free,
    serve_queue,
)
from lianxue.distribution.operations.ledger import (
    Posting,
    Taking,
    choose_lots,
    copies_going_out,
    lock_holdings,
    post_many,
    reference_to,
)
from lianxue.distribution.rules.fulfilment import STAFFS_POINT
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed
from lianxue.kernel.new_row import write
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation
from lianxue.resources.models import CatalogueEntry

LONGEST_LOAN = timedelta(days=3650)
RECORDED = ("title", "lot", "quantity", "borrower_name", "borrower_phone", "lent_on", "due_on")


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
    backdated_reason: str = "",
    queue_reason: str = "",
    request_key: str | None = None,
) -> Loan:
    """Lend copies of a title, oldest lots first; copies of several lots become several loans, the first is returned.

    ``lent_on`` None: today; an earlier day, not before the copies arrived, needs ``backdated_reason``. ``due_on``
    None: by the point's own terms, or no date when it has none. The last displayed copy of a lot stays (S0-29). Copies
    that are put aside go to the reader who reserved them, to others only for ``queue_reason``. Raise ``NotAllowed``,
    ``NotEnoughCopies``, ``LastDisplayCopy``, ``CopyReserved``, ``BadPhone``, ``ReasonMissing`` or ``Invalid``.
    """
    if not STAFFS_POINT.holds(actor, point):
        raise NotAllowed
    require_quantity(quantity)
    name = require_name(borrower_name, field="borrower_name")
    phone = optional_phone(borrower_phone, field="borrower_phone")
    day, why_later = day_with_reason(lent_on, at, backdated_reason, field="lent_on")
    held = lock_holdings(point.pk, entry.pk)
    facts = desk_facts(point.pk, entry.pk)
    due = _due_on(facts, day, due_on)
    takings = choose_lots(held, quantity, on=day, keep_on_display=kept_on_display(), day_field="lent_on")
    queue = queue_for(point.pk, entry.pk) if facts.has_queue else []
    decided = require_free(queue, held, quantity, reader=name, reason=queue_reason) if queue else ""
    loans = _write(takings, _Particulars(point, name, phone, day, due, why_later), actor)
    titles = {balance.title_id: balance.title for balance in held}
    for loan in loans:
        loan.title = titles[loan.title_id]
    post_many(
        at=at,
        person_id=actor.person_id,
        postings=[
            Posting("lend", reference_to(loan), copies_going_out(loan, PlaceKind.ON_LOAN)) for loan in loans
        ],
        held=held,
    )
    audit.record_many(
        actor=actor,
        at=at,
        verb="distribution.lend",
        changes=[audit.Change(loan, after=audit.snapshot(loan, *RECORDED), note=decided) for loan in loans],
    )
    if queue:
        fulfil(queue, loans[0], actor=actor, at=at)
        serve_queue(point.pk, entry.pk, actor=actor, at=at)
    return loans[0]


@dataclass(frozen=True)
class _Particulars:
    point: Organisation
    name: str
    phone: str
    lent_on: date
    due_on: date | None
    why_later: str


def _write(takings: Sequence[Taking], what: _Particulars, actor: Actor) -> list[Loan]:
    loans = [
        Loan(
            point=what.point,
            title_id=taking.lot.title_id,
            lot=taking.lot,
            quantity=taking.quantity,
            from_display=taking.from_display,
            borrower_name=what.name,
            borrower_phone=what.phone,
            lent_on=what.lent_on,
            due_on=what.due_on,
            backdated_reason=what.why_later,
            recorded_by_id=actor.person_id,
        )
        for taking in takings
    ]
    if len(loans) == 1:
        write(loans[0])
        return loans
    return Loan.objects.bulk_create(loans)


def _due_on(facts: DeskFacts, lent_on: date, due_on: date | None) -> date | None:
    if due_on is None:
        return lent_on + timedelta(days=facts.loan_days) if facts.loan_days else None
    if not lent_on <= due_on <= lent_on + LONGEST_LOAN:
        raise Invalid(fields={"due_on": _("This day must not be before the day of lending.")})
    return due_on
