"""The two registers: loans and issues at the own point, and those that the post may read."""

from datetime import date

from ninja import Query, Router, Schema, Status
from pydantic import Field

from lianxue.distribution.enums import Audience, LoanState
from lianxue.distribution.interfaces.api.scopes import READS_REGISTERS, WRITES_LOANS
from lianxue.distribution.models import Issue, Loan
from lianxue.distribution.operations.desk.issue import issue
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.desk.return_loan import return_loan
from lianxue.distribution.queries.lending import issues_seen, loan_seen, loans_seen
from lianxue.distribution.queries.registers import name_for
from lianxue.distribution.queries.stock import point_seen, titles_at
from lianxue.kernel import clock
from lianxue.kernel.api.calling import ApiRequest, needs
from lianxue.kernel.api.cursors import Paging, Rows, cut
from lianxue.kernel.api.once import IdempotencyKey, request_key
from lianxue.kernel.api.values import Copies, Id, Words
from lianxue.kernel.errors import NotFound
from lianxue.orgs.public import Organisation
from lianxue.resources.models import CatalogueEntry

router = Router(tags=["loans and issues"])


class LoanOut(Schema):
    """A line of the register of loans. Names at other points are masked; telephone numbers are never shown."""

    id: int
    point: str
    entry: str
    title: str
    lot_id: int
    quantity: int
    borrower_name: str
    lent_on: date
    due_on: date | None
    returned_on: date | None
    state: LoanState


class IssueOut(Schema):
    """A line of the register of issues."""

    id: int
    point: str
    entry: str
    title: str
    lot_id: int
    quantity: int
    recipient_name: str
    audience: Audience
    issued_on: date


class LoanFilter(Paging):
    """Which loans."""

    state: LoanState | None = None
    entry: Words = Field("", description="number in the catalogue")


class LendIn(Schema):
    """Copies for a borrower, from the oldest lots first; copies of several lots become several loans."""

    entry: Words = Field(description="number in the catalogue")
    borrower_name: Words
    quantity: Copies = 1
    borrower_phone: Words = ""
    lent_on: date | None = Field(None, description="null: today; an earlier day needs backdated_reason")
    due_on: date | None = Field(None, description="null: by the point's own terms")
    backdated_reason: Words = ""
    queue_reason: Words = Field("", description="why a copy goes to somebody who did not reserve it")


class ReturnIn(Schema):
    returned_on: date | None = Field(None, description="null: today")


class IssueIn(Schema):
    """Copies to keep, for a teacher or a learner."""

    entry: Words = Field(description="number in the catalogue")
    recipient_name: Words
    audience: Audience
    quantity: Copies = 1
    issued_on: date | None = Field(None, description="null: today; an earlier day needs backdated_reason")
    backdated_reason: Words = ""
    queue_reason: Words = ""


@router.get("/loans", response=Rows[LoanOut], operation_id="list_loans")
@needs(READS_REGISTERS)
def list_loans(request: ApiRequest, asked: Query[LoanFilter]) -> Rows[LoanOut]:
    """The register of loans."""
    rows = loans_seen(request.actor)
    if asked.state is not None:
        rows = rows.filter(state=asked.state)
    if asked.entry:
        rows = rows.filter(title__entry__code=asked.entry)
    return cut(rows, asked, name="loans").shown(lambda row: _loan(request, row))


@router.get("/loans/{loan_id}", response=LoanOut, operation_id="read_loan")
@needs(READS_REGISTERS)
def read_loan(request: ApiRequest, loan_id: Id) -> LoanOut:
    """One loan."""
    return _loan(request, loan_seen(request.actor, loan_id))


@router.post("/loans", response={201: LoanOut}, operation_id="lend")
@needs(WRITES_LOANS)
def lend_copies(request: ApiRequest, given: LendIn, idempotency_key: IdempotencyKey) -> Status[LoanOut]:
    """Lend copies at the own point."""
    point, entry = _own_point(request, given.entry)
    loan = lend(
        actor=request.actor,
        at=clock.now(),
        point=point,
        entry=entry,
        request_key=request_key(request, idempotency_key),
        **given.dict(exclude={"entry"}),
    )
    return Status(201, _loan(request, loan_seen(request.actor, loan.pk)))


@router.post("/loans/{loan_id}/return", response=LoanOut, operation_id="return_loan")
@needs(WRITES_LOANS)
def take_back(request: ApiRequest, loan_id: Id, given: ReturnIn, idempotency_key: IdempotencyKey) -> LoanOut:
    """Take a loan of the own point back."""
    return_loan(
        actor=request.actor,
        at=clock.now(),
        loan=loan_seen(request.actor, loan_id),
        returned_on=given.returned_on,
        request_key=request_key(request, idempotency_key),
    )
    return _loan(request, loan_seen(request.actor, loan_id))


@router.get("/issues", response=Rows[IssueOut], operation_id="list_issues")
@needs(READS_REGISTERS)
def list_issues(request: ApiRequest, asked: Query[Paging]) -> Rows[IssueOut]:
    """The register of issues."""
    return cut(issues_seen(request.actor), asked, name="issues").shown(lambda row: _issue(request, row))


@router.post("/issues", response={201: IssueOut}, operation_id="issue")
@needs(WRITES_LOANS)
def issue_copies(request: ApiRequest, given: IssueIn, idempotency_key: IdempotencyKey) -> Status[IssueOut]:
    """Give copies to a teacher or learner at the own point."""
    point, entry = _own_point(request, given.entry)
    row = issue(
        actor=request.actor,
        at=clock.now(),
        point=point,
        entry=entry,
        request_key=request_key(request, idempotency_key),
        **given.dict(exclude={"entry"}),
    )
    return Status(201, _issue(request, issues_seen(request.actor).get(pk=row.pk)))


def _own_point(request: ApiRequest, code: str) -> tuple[Organisation, CatalogueEntry]:
    """Return the own point and a title of which copies came to it. Raise ``NotFound``."""
    point = point_seen(request.actor, request.actor.organisation_id or 0)
    entry = titles_at(point.pk).filter(code=code).first()
    if entry is None:
        raise NotFound
    return point, entry


def _loan(request: ApiRequest, row: Loan) -> LoanOut:
    return LoanOut(
        id=row.pk,
        point=row.point.name,
        entry=row.title.entry.code,
        title=row.title.entry.title,
        lot_id=row.lot_id,
        quantity=row.quantity,
        borrower_name=name_for(request.actor, row.borrower_name, row.point_id),
        lent_on=row.lent_on,
        due_on=row.due_on,
        returned_on=row.returned_on,
        state=LoanState(row.state),
    )


def _issue(request: ApiRequest, row: Issue) -> IssueOut:
    return IssueOut(
        id=row.pk,
        point=row.point.name,
        entry=row.title.entry.code,
        title=row.title.entry.title,
        lot_id=row.lot_id,
        quantity=row.quantity,
        recipient_name=name_for(request.actor, row.recipient_name, row.point_id),
        audience=Audience(row.audience),
        issued_on=row.issued_on,
    )
