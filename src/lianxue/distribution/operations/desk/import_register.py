"""Taking a paper register into the platform: every row or none, entered later than it happened."""

from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import Audience, LoanState, PlaceKind
from lianxue.distribution.models import Issue, Loan, StockBalance
from lianxue.distribution.operations.checks import past_day, require_name, require_quantity
from lianxue.distribution.operations.desk.hand_out import Gift, Occasion, hand_out
from lianxue.distribution.operations.desk.queue import kept_on_display, serve_queue
from lianxue.distribution.operations.ledger import (
    Posting,
    Taking,
    choose_lots,
    copies_coming_back,
    copies_going_out,
    lock_holdings,
    post_many,
    reference_to,
)
from lianxue.distribution.rules.fulfilment import STAFFS_POINT
from lianxue.documents.public import ANONYMOUS
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed, Refused
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation

PAPER_REGISTER = "纸质登记表"  # why these rows are entered later; the words of the forms
MOST_ROWS = 2000
NAMELESS_OUT = _("A loan that is out needs the name of the borrower.")


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row of a paper register, its title known; ``number`` is its row in the file."""

    number: int
    entry_id: int
    quantity: int
    name: str
    day: date
    returned_on: date | None = None


class RowsRefused(Invalid):
    """Some rows cannot be: ``rows`` says for each, by its number in the file, what is wrong."""

    code = "rows_refused"
    default_message = _("Some rows cannot be taken in.")

    def __init__(self, rows: dict[int, str]) -> None:
        super().__init__(" ".join(f"{number}: {words}" for number, words in sorted(rows.items())[:5]))
        self.rows = rows


@operation("distribution.import_loans", label=_("Take in a paper register of loans"))
def import_loans(
    *,
    actor: Actor,
    at: datetime,
    point: Organisation,
    rows: Sequence[RegisterRow],
    request_key: str | None = None,
) -> Loan:
    """Enter the loans of a paper register in the order of their days; the first is returned.

    Rows with a day of return are back already. Raise ``NotAllowed``, ``RowsRefused`` or ``Invalid``.
    """
    held = _begin(actor, point, rows)
    loans = _loans(rows, held, point, actor, at)
    titles = {balance.title_id: balance.title for balance in held}
    for loan in Loan.objects.bulk_create(loans):
        loan.title = titles[loan.title_id]
    postings = []
    for loan in loans:
        postings.append(Posting("lend", reference_to(loan), copies_going_out(loan, PlaceKind.ON_LOAN)))
        if loan.returned_on is not None:
            back = copies_coming_back(loan, PlaceKind.ON_LOAN)
            postings.append(Posting("return_loan", reference_to(loan), back))
    post_many(at=at, person_id=actor.person_id, postings=postings, held=held)
    recorded = ("title", "lot", "quantity", "borrower_name", "lent_on", "returned_on")
    audit.record_many(
        actor=actor,
        at=at,
        verb="distribution.import_loans",
        changes=[audit.Change(loan, after=audit.snapshot(loan, *recorded)) for loan in loans],
    )
    for entry_id in sorted({row.entry_id for row in rows}):
        serve_queue(point.pk, entry_id, actor=actor, at=at)
    return loans[0]


@operation("distribution.import_issues", label=_("Take in a paper register of issues"))
def import_issues(
    *,
    actor: Actor,
    at: datetime,
    point: Organisation,
    rows: Sequence[RegisterRow],
    audience: Audience,
    request_key: str | None = None,
) -> Issue:
    """Enter the issues of a paper register in the order of their days; the first is returned.

    The published form does not say who is a teacher, so ``audience`` holds for all rows. Raise ``NotAllowed``,
    ``RowsRefused`` or ``Invalid``.
    """
    _begin(actor, point, rows)
    by_day: dict[date, list[RegisterRow]] = defaultdict(list)
    for row in rows:
        by_day[row.day].append(row)
    first: Issue | None = None
    for day, of_day in sorted(by_day.items()):
        gifts = [Gift(row.entry_id, row.name, audience, row.quantity) for row in of_day]
        try:
            issues = hand_out(
                gifts, Occasion(point, day, "", PAPER_REGISTER, PAPER_REGISTER), actor=actor, at=at
            )
        except Refused as refusal:
            raise RowsRefused({row.number: _words(refusal) for row in of_day}) from refusal
        first = first or issues[0]
    Issue.objects.filter(point=point, recipient_name=ANONYMOUS).update(recipient_name="", anonymised_at=at)
    assert first is not None  # noqa: S101  # there is a row
    return first


def _begin(actor: Actor, point: Organisation, rows: Sequence[RegisterRow]) -> list[StockBalance]:
    """Check who and how many, and lock the copies of all titles concerned."""
    if not STAFFS_POINT.holds(actor, point):
        raise NotAllowed
    if not 1 <= len(rows) <= MOST_ROWS:
        raise Invalid(_("A register has from 1 to %(most)d rows.") % {"most": MOST_ROWS})
    return lock_holdings(point.pk, *sorted({row.entry_id for row in rows}))


def _loans(
    rows: Sequence[RegisterRow], held: Sequence[StockBalance], point: Organisation, actor: Actor, at: datetime
) -> list[Loan]:
    """Return the loans to be written; copies that are back again serve the next row too."""
    left: dict[int, list[StockBalance]] = defaultdict(list)
    for balance in held:
        left[balance.title.entry_id].append(copy(balance))
    loans, refused = [], {}
    for row in sorted(rows, key=lambda row: (row.day, row.number)):
        try:
            takings = _taken(row, left[row.entry_id], at)
        except Refused as refusal:
            refused[row.number] = _words(refusal)
            continue
        if row.returned_on is None:
            _take_off(left[row.entry_id], takings)
        loans += [_loan(row, taking, point, actor, at) for taking in takings]
    if refused:
        raise RowsRefused(refused)
    return loans


def _taken(row: RegisterRow, left: Sequence[StockBalance], at: datetime) -> list[Taking]:
    require_quantity(row.quantity)
    require_name(row.name, field="name")
    past_day(row.day, at, field="day")
    if row.returned_on is not None:
        past_day(row.returned_on, at, field="returned_on")
    elif row.name == ANONYMOUS:
        raise Invalid(fields={"name": NAMELESS_OUT})
    return choose_lots(left, row.quantity, on=row.day, keep_on_display=kept_on_display(), day_field="day")


def _take_off(left: Sequence[StockBalance], takings: Sequence[Taking]) -> None:
    for taking in takings:
        for balance in left:
            if balance.lot_id == taking.lot.pk and balance.place.kind == PlaceKind.SHELF:
                balance.quantity -= taking.from_shelf
            if balance.lot_id == taking.lot.pk and balance.place.kind == PlaceKind.DISPLAY:
                balance.quantity -= taking.from_display


def _loan(row: RegisterRow, taking: Taking, point: Organisation, actor: Actor, at: datetime) -> Loan:
    is_nameless = row.name == ANONYMOUS
    return Loan(
        point=point,
        title_id=taking.lot.title_id,
        lot=taking.lot,
        quantity=taking.quantity,
        from_display=taking.from_display,
        borrower_name="" if is_nameless else row.name,
        anonymised_at=at if is_nameless else None,
        lent_on=row.day,
        returned_on=row.returned_on,
        state=LoanState.ON_LOAN if row.returned_on is None else LoanState.RETURNED,
        backdated_reason=PAPER_REGISTER,
        recorded_by_id=actor.person_id,
    )


def _words(refusal: Refused) -> str:
    return " ".join(str(text) for text in refusal.fields.values()) or str(refusal.message)
