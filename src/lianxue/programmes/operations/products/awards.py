"""Conferring awards and statuses, and withdrawing them."""

import secrets
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed, WrongState
from lianxue.kernel.kept import kept
from lianxue.kernel.new_row import write
from lianxue.kernel.operation import operation
from lianxue.kernel.readable_codes import readable_code
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import AwardKind
from lianxue.programmes.models import Award, Call, Filing, FilingRevision
from lianxue.programmes.models.definition import Product
from lianxue.programmes.rules.awards import RUNS_AWARD

CHECK_LENGTH = 6


def confer_from(
    filing: Filing, revision: FilingRevision, product: Product, *, at: datetime, from_on: date
) -> None:
    """Confer what a stage produces on the unit that filed, or on everybody in a grid of its form (S1-51).

    An award belongs to a row: two people of one name have two. A status ends with its term, when the call has one.
    """
    years = product.term_years or filing.call.numbers.get("term_years")
    until = _years_on(from_on, int(years)) if product.kind == "status" and years else None
    holders = {"": filing.unit.name}
    if product.grid:
        rows = revision.answers.get(product.grid) or []
        holders = {str(row["_id"]): str(row.get(product.name_column) or "").strip() for row in rows}
    for row, holder in holders.items():
        if not holder:
            continue
        confer(
            kind=AwardKind(product.kind),
            key=product.key,
            title=product.title,
            call=filing.call,
            filing=filing,
            office=filing.call.office,
            organisation=filing.unit,
            holder=holder,
            row=row,
            year=filing.call.year,
            valid_from=from_on,
            valid_until=until,
            at=at,
        )


def confer(
    *,
    kind: AwardKind,
    key: str,
    title: str,
    office: Organisation,
    organisation: Organisation,
    holder: str,
    year: int,
    valid_from: date,
    at: datetime,
    valid_until: date | None = None,
    call: Call | None = None,
    filing: Filing | None = None,
    row: str = "",
    person: Person | None = None,
) -> Award:
    """Confer one award with a certificate of its own; inside the operation that decided it. ``row``: of the filing's grid."""
    check = readable_code(CHECK_LENGTH)
    _office.rows(pk=office.pk)  # numbers of one office and year follow each other
    running = _given.count(office_id=office.pk, year=year) + 1
    award = Award(
        kind=kind,
        key=key,
        title=title,
        call=call,
        filing=filing,
        office=office,
        organisation=organisation,
        person=person,
        holder=holder[:200],
        row=row,
        year=year,
        number=f"{year}-P{office.pk}-{running:04d}-{check}",
        token=secrets.token_urlsafe(24),
        valid_from=valid_from,
        valid_until=valid_until,
        issued_at=at,
    )
    write(award)
    return award


@kept
def _office(pk: int) -> "QuerySet[Organisation, int]":
    return Organisation.objects.select_for_update().filter(pk=pk).values_list("pk", flat=True)


@kept
def _given(office_id: int, year: int) -> QuerySet[Award]:
    return Award.objects.filter(office_id=office_id, year=year)


def _years_on(day: date, years: int) -> date:
    """Return the last day of a term of ``years`` that begins on ``day``."""
    try:
        same = day.replace(year=day.year + years)
    except ValueError:  # 29 February
        same = day.replace(year=day.year + years, month=3, day=1)
    return date.fromordinal(same.toordinal() - 1)


@operation("programmes.withdraw_award", label=_("Withdraw an award"))
def withdraw_award(
    *, actor: Actor, at: datetime, award: Award, reason: str, request_key: str | None = None
) -> Award:
    """Withdraw an award with a reason: its public page says so from now on. Raise ``NotAllowed``, ``WrongState``, ``Invalid``."""
    row = Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
    if not RUNS_AWARD.holds(actor, row):
        raise NotAllowed
    if row.revoked_at is not None:
        raise WrongState
    if not reason.strip():
        raise Invalid(fields={"reason": _("Please say why.")})
    row.revoked_at, row.revoked_reason = at, reason.strip()[:300]
    row.save(update_fields=["revoked_at", "revoked_reason"])
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.withdraw_award",
        subject=row,
        after=audit.snapshot(row, "revoked_at", "revoked_reason"),
        note=row.revoked_reason,
    )
    return row
