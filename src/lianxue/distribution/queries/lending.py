"""Reads for the desk: titles that can be handed out, loans that are out, and what is overdue."""

import re
from datetime import date

from django.db.models import F, Q, QuerySet

from lianxue.distribution.enums import LoanState
from lianxue.distribution.models import Issue, LendingTerms, Loan, ShipmentLine
from lianxue.distribution.queries.stock import TitleStock, lots_at, titles_at
from lianxue.distribution.rules.lending import KEEPS_RECORD, SEES_RECORD
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor

LOT_CODE = re.compile(r"[Ll](\d{1,18})")
MOST_FOUND = 12


def find_titles(point_id: int, text: str) -> list[TitleStock]:
    """Return titles at the point by a part of the title, by catalogue number, ISBN, or a lot number (``L123``).

    At most twelve, those with free copies first.
    """
    text = text.strip()
    rows = titles_at(point_id)
    code = LOT_CODE.fullmatch(text)
    if code:
        lot = (
            ShipmentLine.objects.filter(pk=int(code[1]), shipment__point_id=point_id)
            .select_related("title")
            .first()
        )
        entries = list(rows.filter(pk=lot.title.entry_id)) if lot else []
    else:
        isbn = text.replace("-", "").replace(" ", "")
        matches = Q(title__icontains=text) | Q(code__iexact=text) | Q(isbn=isbn or None)
        entries = list(rows.filter(matches)[:MOST_FOUND])
    lots = lots_at(point_id, [entry.pk for entry in entries])
    found = [TitleStock(entry, lots.get(entry.pk, [])) for entry in entries]
    return sorted(found, key=lambda title: title.free_to_lend == 0)


def loans_seen(actor: Actor) -> QuerySet[Loan]:
    """Return the loans that ``actor`` may see, those undone left out, newest first."""
    return visible(_loans(), SEES_RECORD, actor).filter(undone_at__isnull=True).order_by("-lent_on", "-pk")


def loan_seen(actor: Actor, loan_id: int) -> Loan:
    """Return one loan that ``actor`` may see. Raise ``NotFound``."""
    return get_visible(_loans(), SEES_RECORD, actor, pk=loan_id)


def own_loan(actor: Actor, loan_id: int) -> Loan:
    """Return one loan of the actor's own point. Raise ``NotFound``."""
    return get_visible(_loans(), KEEPS_RECORD, actor, pk=loan_id)


def issues_seen(actor: Actor) -> QuerySet[Issue]:
    """Return the issues that ``actor`` may see, those undone left out, newest first."""
    return visible(_issues(), SEES_RECORD, actor).filter(undone_at__isnull=True).order_by("-issued_on", "-pk")


def own_issue(actor: Actor, issue_id: int) -> Issue:
    """Return one issue of the actor's own point. Raise ``NotFound``."""
    return get_visible(_issues(), KEEPS_RECORD, actor, pk=issue_id)


def loans_out(point_id: int) -> QuerySet[Loan]:
    """Return the loans that are out, those due first at the top, those without a day last."""
    return (
        _loans()
        .filter(point_id=point_id, state=LoanState.ON_LOAN)
        .order_by(F("due_on").asc(nulls_last=True), "lent_on", "pk")
    )


def overdue(day: date) -> Q:
    """Return the filter for loans that should have come back before ``day``."""
    return Q(state=LoanState.ON_LOAN, due_on__lt=day)


def find_loans(point_id: int, text: str) -> QuerySet[Loan]:
    """Return loans that are out by a part of the borrower's name or of the title, or by lot number."""
    code = LOT_CODE.fullmatch(text.strip())
    matches = (
        Q(lot_id=int(code[1]))
        if code
        else Q(borrower_name__icontains=text.strip()) | Q(title__entry__title__icontains=text.strip())
    )
    return loans_out(point_id).filter(matches)


def loan_days(point_id: int) -> int | None:
    """Return the point's own loan period in days; None: it has none."""
    return LendingTerms.objects.filter(point_id=point_id).values_list("loan_days", flat=True).first()


def _loans() -> QuerySet[Loan]:
    return Loan.objects.select_related("title__entry", "title__round", "point", "lot", "recorded_by").defer(
        "title__entry__search_vector", "title__entry__description"
    )


def _issues() -> QuerySet[Issue]:
    return Issue.objects.select_related("title__entry", "title__round", "point", "lot", "recorded_by").defer(
        "title__entry__search_vector", "title__entry__description"
    )
