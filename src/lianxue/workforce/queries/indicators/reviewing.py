"""How reviewers review: how many working days each took, and which share lay within the office's own number (S1-76)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from statistics import median

from lianxue.kernel.clock import local_date
from lianxue.resources.public import (
    CatalogueEntry,
    Rating,
    ReviewDecision,
    Verdict,
    ratings_of,
    reviews_done,
)
from lianxue.workforce.models import IndicatorSet
from lianxue.workforce.queries.indicators.sets import number_of
from lianxue.workforce.queries.indicators.working_days import working_days
from lianxue.workforce.queries.training import year_bounds


@dataclass(frozen=True)
class Review:
    """One decision of a reviewer: about what, when it came, when it was decided, in how many working days."""

    person_id: int
    person: str
    title: str
    provider: str
    verdict: str
    verdict_label: str
    assigned_on: date
    decided_on: date
    days: int

    @property
    def is_passed(self) -> bool:
        return self.verdict == Verdict.ACCEPTED


@dataclass(frozen=True)
class Speed:
    """The figures of some reviews; ``in_time`` is None where the office has given no number of days."""

    reviews: int
    passed: int
    median_days: float | None
    in_time: int | None

    @property
    def share(self) -> float | None:
        """Return how many of a hundred were decided in time."""
        if self.in_time is None or not self.reviews:
            return None
        return round(100 * self.in_time / self.reviews, 1)


def reviews_of(
    year: int,
    published: IndicatorSet | None,
    *,
    person_ids: Collection[int] | None = None,
    organisation_ids: Collection[int] | None = None,
) -> list[Review]:
    """Return the reviews of a calendar year, of some people or of some offices, the oldest first."""
    first, after = year_bounds(year)
    rows = reviews_done(first=first, after=after).filter(by_person__isnull=False)
    if person_ids is not None:
        rows = rows.filter(by_person_id__in=person_ids)
    if organisation_ids is not None:
        rows = rows.filter(by_organisation_id__in=organisation_ids)
    off = {date.fromisoformat(day) for day in published.days_off} if published else set()
    extra = {date.fromisoformat(day) for day in published.extra_days} if published else set()
    return [
        Review(
            person_id=one.by_person_id or 0,
            person=str(one.by_person),
            title=one.contribution.title,
            provider=one.contribution.organisation.name,
            verdict=one.verdict,
            verdict_label=str(one.get_verdict_display()),
            assigned_on=local_date(one.assigned_at),
            decided_on=local_date(one.at),
            days=working_days(local_date(one.assigned_at), local_date(one.at), off=off, extra=extra),
        )
        for one in rows
    ]


def ratings_by_reviewer(year: int, person_ids: Collection[int]) -> dict[int, list[tuple[Rating, str]]]:
    """Return the ratings that a year brought for titles that each reviewer had passed, with their titles, in one read (S1-76)."""
    first, after = year_bounds(year)
    passed = ReviewDecision.objects.filter(by_person_id__in=person_ids, verdict=Verdict.ACCEPTED)
    by_contribution = dict(passed.values_list("contribution_id", "by_person_id"))
    entries = CatalogueEntry.objects.filter(contribution_id__in=by_contribution)
    told = {pk: (title, row) for pk, title, row in entries.values_list("pk", "title", "contribution_id")}
    found: dict[int, list[tuple[Rating, str]]] = {pk: [] for pk in person_ids}
    for one in sorted(
        ratings_of(list(told), first=first, after=after), key=lambda one: (one.on, one.entry_id)
    ):
        title, contribution_id = told[one.entry_id]
        found[by_contribution[contribution_id] or 0].append((one, title))
    return found


def passed_ratings(year: int, person_id: int) -> list[tuple[Rating, str]]:
    """Return the ratings that a year brought for titles that a reviewer had passed, with their titles (S1-76)."""
    return ratings_by_reviewer(year, [person_id])[person_id]


@dataclass(frozen=True)
class Praise:
    """The ratings of what some reviewers passed; ``good`` is None where the office has not said how many stars are good."""

    ratings: int
    good: int | None

    @property
    def share(self) -> float | None:
        """Return how many of a hundred ratings are good."""
        if self.good is None or not self.ratings:
            return None
        return round(100 * self.good / self.ratings, 1)


def praise_of(ratings: Collection[tuple[Rating, str]], published: IndicatorSet | None) -> Praise:
    """Return how many ratings are good, by the office's own number of stars."""
    stars = number_of(published, "positive_stars") if published else None
    good = None if stars is None else sum(1 for one, _title in ratings if one.stars >= stars)
    return Praise(len(ratings), good)


def speed_of(reviews: Collection[Review], published: IndicatorSet | None) -> Speed:
    """Return the figures of some reviews."""
    days = number_of(published, "review_days") if published else None
    return Speed(
        reviews=len(reviews),
        passed=sum(1 for one in reviews if one.is_passed),
        median_days=float(median(one.days for one in reviews)) if reviews else None,
        in_time=None if days is None else sum(1 for one in reviews if one.days <= days),
    )
