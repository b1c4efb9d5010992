"""The two registers as they are printed: 附件1 (loans, S0-50) and 附件2 (issues, S0-51)."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lianxue.distribution.models import Issue, Loan
from lianxue.documents.public import ANONYMOUS, IssueRegisterRow, LoanRegisterRow, PrintedKind
from lianxue.kernel.sealing import mask_name
from lianxue.orgs.public import Actor

MOST_PRINTED = 5000  # rows of one printed form; more would be a book nobody turns


def name_for(actor: Actor, name: str, point_id: int) -> str:
    """Return a borrower's or recipient's name as ``actor`` may read it: in full at the own point, else ``王**``."""
    if not name:
        return _("(made anonymous)")
    return name if actor.organisation_id == point_id else mask_name(name)


def loan_register_rows(actor: Actor, loans: QuerySet[Loan]) -> Iterator[LoanRegisterRow]:
    """Return the rows of 附件1 in the order of lending."""
    for loan in loans.order_by("lent_on", "pk")[:MOST_PRINTED].iterator(chunk_size=2000):
        yield LoanRegisterRow(
            unit=loan.point.name,
            title=loan.title.entry.title,
            kind=PrintedKind.of(loan.title.entry.kind),
            quantity=loan.quantity,
            borrower=name_for(actor, loan.borrower_name, loan.point_id) if loan.borrower_name else ANONYMOUS,
            lent_on=loan.lent_on,
            returned_on=loan.returned_on,
        )


def issue_register_rows(actor: Actor, issues: QuerySet[Issue]) -> Iterator[IssueRegisterRow]:
    """Return the rows of 附件2 in the order of issuing."""
    for issue in issues.order_by("issued_on", "pk")[:MOST_PRINTED].iterator(chunk_size=2000):
        yield IssueRegisterRow(
            unit=issue.point.name,
            title=issue.title.entry.title,
            kind=PrintedKind.of(issue.title.entry.kind),
            quantity=issue.quantity,
            recipient=name_for(actor, issue.recipient_name, issue.point_id)
            if issue.recipient_name
            else ANONYMOUS,
            issued_on=issue.issued_on,
        )


def years_of(rows: QuerySet[Loan] | QuerySet[Issue], field: str) -> list[int]:
    """Return the years in which there are rows, by the day in ``field``, newest first."""
    return [day.year for day in rows.order_by().dates(field, "year", order="DESC")]
