"""Reads for the desk: titles that can be handed out, loans that are out, and what is overdue."""

import re
from datetime import date

from django.db.models import F, Q, QuerySet

from lianxue.distribution.enums import LoanState
from lianxue.distribution.models import Issue, Loan, StockBalance
from lianxue.distribution.queries.stock import TitleStock, lots_at, titles_at
from lianxue.distribution.rules.lending import KEEPS_RECORD, SEES_RECORD
from lianxue.kernel.errors import NotFound
from lianxue.kernel.kept import kept
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor
from lianxue.resources.models import CatalogueEntry

LOT_CODE = re.compile(r"[Ll](\d{1,18})")
MOST_FOUND = 12
MOST_NUMBERED = 9  # one key each
LATEST_LOANS = 60


def find_titles(point_id: int, text: str) -> list[TitleStock]:
    """Return titles at the point by a part of the title, by catalogue number, ISBN, or a lot number (``L123``).

    At most twelve, those with free copies first.
    """
    entries = list(titles_at(point_id).filter(_matches(point_id, text))[:MOST_FOUND])
    lots = lots_at(point_id, [entry.pk for entry in entries])
    found = [TitleStock(entry, lots.get(entry.pk, [])) for entry in entries]
    return sorted(found, key=lambda title: title.free_to_lend == 0)


def entries_found(point_id: int, text: str) -> list[int]:
    """Return the numbers of the titles that ``find_titles`` finds, at most two: enough to know whether it is one."""
    here = CatalogueEntry.objects.filter(round_titles__stock_balances__place__organisation_id=point_id)
    return list(
        here.filter(_matches(point_id, text)).order_by("pk").values_list("pk", flat=True).distinct()[:2]
    )


def titles_to_issue(point_id: int) -> list[TitleStock]:
    """Return the titles at a point of which copies may be issued, by title."""
    entries = list(titles_at(point_id).filter(Q(shelf__gt=0) | Q(display__gt=1)))
    lots = lots_at(point_id, [entry.pk for entry in entries])
    found = [TitleStock(entry, lots.get(entry.pk, [])) for entry in entries]
    return [title for title in found if title.free_to_issue]


def lately_handed_out(point_id: int) -> list[CatalogueEntry]:
    """Return the titles that were lent last at a point, at most nine: the desk offers them by number."""
    latest = Loan.objects.filter(point_id=point_id).order_by("-pk")[:LATEST_LOANS]
    entry_ids = list(dict.fromkeys(latest.values_list("title__entry_id", flat=True)))[:MOST_NUMBERED]
    entries = CatalogueEntry.objects.only("title", "kind").in_bulk(entry_ids)
    return [entries[entry_id] for entry_id in entry_ids]


def _matches(point_id: int, text: str) -> Q:
    """Return the filter for titles at a point by what was typed or scanned."""
    text = text.strip()
    code = LOT_CODE.fullmatch(text)
    if code:
        # Where the lot is counts, not where it was sent to: lots are handed on.
        lots = StockBalance.objects.filter(place__organisation_id=point_id, lot_id=int(code[1]))
        return Q(pk__in=lots.values("title__entry_id"))
    isbn = text.replace("-", "").replace(" ", "")
    return Q(title__icontains=text) | Q(code__iexact=text) | Q(isbn=isbn or None)


def loans_seen(actor: Actor) -> QuerySet[Loan]:
    """Return the loans that ``actor`` may see, those undone left out, newest first."""
    return visible(_loans(), SEES_RECORD, actor).filter(undone_at__isnull=True).order_by("-lent_on", "-pk")


def loan_seen(actor: Actor, loan_id: int) -> Loan:
    """Return one loan that ``actor`` may see. Raise ``NotFound``."""
    return get_visible(_loans(), SEES_RECORD, actor, pk=loan_id)


def own_loan(actor: Actor, loan_id: int) -> Loan:
    """Return one loan of the actor's own point. Raise ``NotFound``."""
    return get_visible(_loans(), KEEPS_RECORD, actor, pk=loan_id)


def loan_to_take_back(actor: Actor, loan_id: int) -> Loan:
    """Return one loan of the actor's own point by its number alone: the operation reads the rest. Raise ``NotFound``."""
    found = _to_take_back.first(actor=actor, loan_id=loan_id)
    if found is None:
        raise NotFound
    return found


@kept
def _to_take_back(actor: Actor, loan_id: int) -> QuerySet[Loan]:
    return visible(Loan.objects.only("point_id"), KEEPS_RECORD, actor).filter(pk=loan_id)


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


def loans_of_title(point_id: int, entry_id: int) -> QuerySet[Loan]:
    """Return the loans of one title that are out at a point."""
    return loans_out(point_id).filter(title__entry_id=entry_id)


def _loans() -> QuerySet[Loan]:
    return Loan.objects.select_related("title__entry", "title__round", "point", "lot", "recorded_by").defer(
        "title__entry__search_vector", "title__entry__description"
    )


def _issues() -> QuerySet[Issue]:
    return Issue.objects.select_related("title__entry", "title__round", "point", "lot", "recorded_by").defer(
        "title__entry__search_vector", "title__entry__description"
    )
