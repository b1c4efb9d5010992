"""Figures of reviewers: how soon they review and how what they passed is liked; every number opens its rows (S1-76)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render

from lianxue.kernel.errors import NotFound
from lianxue.kernel.pages import page
from lianxue.orgs.public import ActingRequest
from lianxue.workforce.interfaces.web.access import APPRAISALS
from lianxue.workforce.operations.indicators.publish import may_publish
from lianxue.workforce.queries.indicators.reviewing import (
    passed_ratings,
    praise_of,
    ratings_by_reviewer,
    reviews_of,
    speed_of,
)
from lianxue.workforce.queries.indicators.sets import sets_seen
from lianxue.workforce.queries.reviewers import reviewers_seen


@page(APPRAISALS)
def overview(request: ActingRequest, year: int) -> HttpResponseBase:
    """Show the province's, each city's and each reviewer's figures, as far as the actor may read them."""
    published = sets_seen(request.actor).filter(year=year).order_by("-number").first()
    seen = reviewers_seen(request.actor, year)
    reviews = reviews_of(year, published, person_ids=list(seen))
    by_person: dict[int, list[Any]] = {pk: [] for pk in seen}
    for one in reviews:
        by_person[one.person_id].append(one)
    ratings = ratings_by_reviewer(year, list(seen))
    cities: dict[str, list[int]] = {}
    for pk, member in seen.items():
        cities.setdefault(member.city, []).append(pk)

    def figures(people: Iterable[int]) -> dict[str, Any]:
        known = list(people)
        return {
            "speed": speed_of([one for pk in known for one in by_person[pk]], published),
            "praise": praise_of([one for pk in known for one in ratings[pk]], published),
        }

    context = {
        "year": year,
        "published": published,
        "days": published.numbers.get("review_days") if published else None,
        "stars": published.numbers.get("positive_stars") if published else None,
        "days_off": _days(published.days_off if published else ()),
        "extra_days": _days(published.extra_days if published else ()),
        "may_publish": may_publish(request.actor),
        "all": figures(seen),
        "cities": [(city, figures(people)) for city, people in cities.items()],
        "people": [(pk, member, figures([pk])) for pk, member in seen.items()],
    }
    return render(request, "workforce/appraisal/reviewers.html", context)


def _days(words: Iterable[str]) -> list[date]:
    return sorted(date.fromisoformat(day) for day in words)


@page(APPRAISALS)
def reviewer(request: ActingRequest, year: int, person_id: int) -> HttpResponseBase:
    """Show the reviews behind the figures of one reviewer."""
    member = reviewers_seen(request.actor, year).get(person_id)
    if member is None:
        raise NotFound
    published = sets_seen(request.actor).filter(year=year).order_by("-number").first()
    reviews = reviews_of(year, published, person_ids=[person_id])
    ratings = passed_ratings(year, person_id)
    context = {
        "year": year,
        "member": member,
        "speed": speed_of(reviews, published),
        "reviews": reviews,
        "days": published.numbers.get("review_days") if published else None,
        "ratings": ratings,
        "good": praise_of(ratings, published).share,
    }
    return render(request, "workforce/appraisal/reviewer.html", context)
