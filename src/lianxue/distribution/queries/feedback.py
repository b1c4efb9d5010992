"""Reads of what readers said about titles: at one point, in an area, and what everybody may read."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet

from lianxue.distribution.enums import FeedbackState, LoanState
from lianxue.distribution.models import Feedback, Loan, OnlineAccess, StockBalance
from lianxue.distribution.queries.area import first_moment
from lianxue.distribution.queries.stock import ARRIVED
from lianxue.distribution.rules.feedback import DECIDES_FEEDBACK, SEES_FEEDBACK
from lianxue.kernel.errors import NotFound
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor
from lianxue.resources.models import CatalogueEntry

GOOD_STARS = 4  # of five: four or five stars speak for a title


@dataclass(frozen=True)
class Rating:
    """How many readers said something about a title, and their stars on the average."""

    count: int = 0
    stars: float = 0.0


def counted_feedback() -> QuerySet[Feedback]:
    """Return what counts: everything but what a point set aside."""
    return Feedback.objects.exclude(state=FeedbackState.SET_ASIDE)


def titles_to_judge(point_id: int) -> QuerySet[CatalogueEntry]:
    """Return the titles that readers of a point can know: copies arrived there, or it opens them on line."""
    copies = StockBalance.objects.filter(
        title__entry=OuterRef("pk"), place__organisation_id=point_id, place__kind__in=ARRIVED
    )
    accesses = OnlineAccess.objects.filter(entry=OuterRef("pk"), point_id=point_id)
    return (
        CatalogueEntry.objects.filter(Exists(copies) | Exists(accesses))
        .defer("search_vector")
        .order_by("title", "pk")
    )


def title_to_judge(point_id: int, entry_id: int) -> CatalogueEntry:
    """Return one of them. Raise ``NotFound``."""
    entry = titles_to_judge(point_id).filter(pk=entry_id).first()
    if entry is None:
        raise NotFound
    return entry


def ratings(entry_ids: Collection[int], *, point_id: int | None = None) -> dict[int, Rating]:
    """Return the ratings of some titles, of one point or of all."""
    rows = counted_feedback().filter(entry_id__in=entry_ids)
    if point_id is not None:
        rows = rows.filter(point_id=point_id)
    found = rows.order_by().values_list("entry_id").annotate(count=Count("pk"), stars=Avg("stars"))
    return {entry_id: Rating(count, round(stars, 1)) for entry_id, count, stars in found}


def shown_words(entry_id: int, *, point_id: int | None = None) -> QuerySet[Feedback]:
    """Return the words about a title that everybody may read, newest first."""
    rows = Feedback.objects.filter(entry_id=entry_id, state=FeedbackState.SHOWN).exclude(words="")
    if point_id is not None:
        rows = rows.filter(point_id=point_id)
    return rows.select_related("point").order_by("-left_at", "-pk")


def feedback_seen(actor: Actor) -> QuerySet[Feedback]:
    """Return what ``actor`` may read, newest first."""
    rows = Feedback.objects.select_related("entry", "point").defer(
        "entry__search_vector", "entry__description"
    )
    return visible(rows, SEES_FEEDBACK, actor).order_by("-left_at", "-pk")


def one_feedback_seen(actor: Actor, feedback_id: int) -> Feedback:
    """Return one that ``actor`` may read. Raise ``NotFound``."""
    rows = Feedback.objects.select_related("entry", "point", "decided_by")
    return get_visible(rows, SEES_FEEDBACK, actor, pk=feedback_id)


def own_feedback(actor: Actor, feedback_id: int) -> Feedback:
    """Return one on which ``actor`` decides. Raise ``NotFound``."""
    return get_visible(Feedback.objects.select_related("entry"), DECIDES_FEEDBACK, actor, pk=feedback_id)


def waiting_feedback(actor: Actor) -> QuerySet[Feedback]:
    """Return what the actor's own point has not looked at yet."""
    return visible(Feedback.objects.filter(state=FeedbackState.WAITING), DECIDES_FEEDBACK, actor)


def feedback_figures(point_id: int, year: int) -> dict[str, int]:
    """Return how many readers of a point said something in a year, and how many spoke well."""
    rows = counted_feedback().filter(
        point_id=point_id, left_at__gte=first_moment(year), left_at__lt=first_moment(year + 1)
    )
    return rows.aggregate(feedback=Count("pk"), feedback_good=Count("pk", filter=Q(stars__gte=GOOD_STARS)))


def words_of_year(point_id: int, year: int) -> QuerySet[Feedback]:
    """Return the words that readers left at a point in a year, newest first, for its report."""
    rows = counted_feedback().filter(
        point_id=point_id, left_at__gte=first_moment(year), left_at__lt=first_moment(year + 1)
    )
    return rows.exclude(words="").select_related("entry").order_by("-left_at", "-pk")


def loan_to_ask_about(point_id: int, loan_id: int) -> Loan | None:
    """Return a loan of the point that came back and about which nothing has been said, or None."""
    rows = Loan.objects.filter(point_id=point_id, state=LoanState.RETURNED, feedback__isnull=True)
    return rows.filter(pk=loan_id).select_related("title__entry").first()
