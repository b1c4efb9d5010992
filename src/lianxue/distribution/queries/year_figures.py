"""What a year of a point was in numbers, taken from its receipts, loans, issues and stock."""

from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet, Sum

from lianxue.distribution.enums import Audience, PlaceKind
from lianxue.distribution.models import DisplayPhoto, Issue, Loan, ReceiptLine, StockBalance
from lianxue.distribution.queries.feedback import feedback_figures
from lianxue.distribution.queries.readers import counted_reader


def year_figures(point_id: int, year: int) -> dict[str, int]:
    """Return the figures of a point's year in Asia/Shanghai, by name.

    ``on_display``, ``in_store`` and ``on_loan`` are as of now, all others are of the year. Borrowers and recipients
    are told apart by name, or by what stands for a name that is gone.
    """
    return {
        **_received(point_id, year),
        **_held(point_id),
        **_lent(Loan.objects.filter(point_id=point_id, lent_on__year=year, undone_at__isnull=True)),
        **_issued(Issue.objects.filter(point_id=point_id, issued_on__year=year, undone_at__isnull=True)),
        **feedback_figures(point_id, year),
        "photos": DisplayPhoto.objects.filter(corner__point_id=point_id, at__year=year).count(),
    }


def _numbers(found: Mapping[str, int | None]) -> dict[str, int]:
    return {name: value or 0 for name, value in found.items()}


def _received(point_id: int, year: int) -> dict[str, int]:
    lines = ReceiptLine.objects.filter(receipt__shipment__point_id=point_id, receipt__received_at__year=year)
    return _numbers(
        lines.aggregate(
            received_titles=Count("lot__title__entry", distinct=True, filter=Q(good__gt=0)),
            received_copies=Sum("good"),
            damaged_copies=Sum("damaged"),
            missing_copies=Sum("missing"),
        )
    )


def _held(point_id: int) -> dict[str, int]:
    rows = StockBalance.objects.filter(place__organisation_id=point_id).values("place__kind")
    held = dict(rows.annotate(copies=Sum("quantity")).values_list("place__kind", "copies"))
    return {
        "on_display": held.get(PlaceKind.DISPLAY, 0),
        "in_store": held.get(PlaceKind.SHELF, 0),
        "on_loan": held.get(PlaceKind.ON_LOAN, 0),
    }


def _lent(loans: QuerySet[Loan]) -> dict[str, int]:
    return _numbers(
        loans.aggregate(
            loans=Count("pk"),
            lent_copies=Sum("quantity"),
            returned_copies=Sum("quantity", filter=Q(returned_on__isnull=False)),
            borrowers=Count(counted_reader("borrower_name"), distinct=True),
        )
    )


def _issued(issues: QuerySet[Issue]) -> dict[str, int]:
    return _numbers(
        issues.aggregate(
            issues=Count("pk"),
            issued_to_teachers=Sum("quantity", filter=Q(audience=Audience.TEACHER)),
            issued_to_learners=Sum("quantity", filter=Q(audience=Audience.LEARNER)),
            recipients=Count(counted_reader("recipient_name"), distinct=True),
        )
    )
