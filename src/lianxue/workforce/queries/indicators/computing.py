"""What the platform works out by itself: each rule that a part can name, with the rows behind its number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from lianxue.kernel.clock import local_date
from lianxue.orgs.public import Chain
from lianxue.programmes.public import RosterEntry
from lianxue.workforce.enums import AttendanceState, Part, SessionState
from lianxue.workforce.models import Attendance, IndicatorSet, TrainingSession
from lianxue.workforce.queries.indicators.reviewing import Review, passed_ratings, reviews_of
from lianxue.workforce.queries.indicators.sets import number_of
from lianxue.workforce.queries.roster import account_of, unit_name_of
from lianxue.workforce.queries.training import year_bounds


@dataclass(frozen=True)
class Row:
    """One thing that was counted: what, when, where it stands."""

    label: str
    on: date
    url: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Worked:
    """What a rule found: a number (None: nothing to go by), the rows behind it, and how it came about."""

    value: Decimal | None
    rows: tuple[Row, ...]
    words: str


@dataclass(frozen=True)
class Case:
    """For whom and for which year a rule works."""

    entry: RosterEntry
    year: int
    published: IndicatorSet


def _sessions(case: Case, given: Mapping[str, Any]) -> QuerySet[TrainingSession]:
    first, after = year_bounds(case.year)
    rows = TrainingSession.objects.filter(state=SessionState.HELD, starts_at__gte=first, starts_at__lt=after)
    if given.get("level"):
        rows = rows.filter(level=given["level"])
    if given.get("topics"):
        rows = rows.filter(topic__in=given["topics"])
    if given.get("way"):
        rows = rows.filter(way=given["way"])
    return rows.select_related("organiser").order_by("starts_at", "pk")


def _attended(case: Case, part: Part) -> QuerySet[Attendance]:
    """Return where a member was: by roster, by account, or by the same name and unit on a list."""
    person = account_of(case.entry)
    who = Q(entry=case.entry) | Q(
        person__isnull=True, name=case.entry.name, unit_name=unit_name_of(case.entry)
    )
    if person is not None:
        who |= Q(person=person)
    return Attendance.objects.filter(who, part=part, state=AttendanceState.ATTENDED)


def _counted(sessions: QuerySet[TrainingSession], words: str) -> Worked:
    rows = tuple(
        Row(
            one.title,
            local_date(one.starts_at),
            reverse("workforce:session", args=[one.pk]),
            f"{one.organiser.name} · {one.get_level_display()}",
        )
        for one in sessions
    )
    return Worked(Decimal(len(rows)), rows, words)


def _trainings_attended(case: Case, given: Mapping[str, Any]) -> Worked:
    # S1-42: only trainings of the level that the indicator names count.
    there = _attended(case, Part.PARTICIPANT).values("session_id")
    return _counted(
        _sessions(case, given).filter(pk__in=there), _("Closed trainings of the year that were attended")
    )


def _trainings_given(case: Case, given: Mapping[str, Any]) -> Worked:
    there = _attended(case, Part.LECTURER).values("session_id")
    return _counted(
        _sessions(case, given).filter(pk__in=there), _("Closed trainings of the year that were given")
    )


def _trainings_organised(case: Case, given: Mapping[str, Any]) -> Worked:
    """Count what the organisation of the member's area held: the area's own, or the city's for its own administrator."""
    rows = _sessions(case, given).filter(
        chain=Chain.RESOURCE_SERVICE, organiser__division_id=case.entry.area_id or "-"
    )
    return _counted(rows, _("Closed trainings of the year that the area's organisation held"))


def _reviews_in_time(case: Case, _given: Mapping[str, Any]) -> Worked:
    person = account_of(case.entry)
    days = number_of(case.published, "review_days")
    rows = reviews_of(case.year, case.published, person_ids=[person.pk]) if person else []
    if not rows or days is None:
        return Worked(None, (), _("No reviews of this year are known of this account."))
    in_time = sum(1 for one in rows if one.days <= days)
    words = _("%(count)d of %(all)d reviews within %(days)s working days") % {
        "count": in_time,
        "all": len(rows),
        "days": days,
    }
    return Worked(Decimal(in_time) * 100 / len(rows), tuple(_review_row(one) for one in rows), words)


def _positive_ratings(case: Case, _given: Mapping[str, Any]) -> Worked:
    """Divide the good ratings of what the reviewer passed by all of them; from how many stars is the office's number."""
    person = account_of(case.entry)
    stars = number_of(case.published, "positive_stars")
    found = passed_ratings(case.year, person.pk) if person else []
    if not found or stars is None:
        return Worked(None, (), _("No ratings of this year are known of what this account passed."))
    good = sum(1 for one, _title in found if one.stars >= stars)
    words = _("%(count)d of %(all)d ratings with %(stars)s stars or more") % {
        "count": good,
        "all": len(found),
        "stars": stars,
    }
    rows = tuple(Row(title, one.on, detail="★" * one.stars) for one, title in found)
    return Worked(Decimal(good) * 100 / len(found), rows, words)


def _review_row(one: Review) -> Row:
    return Row(one.title, one.decided_on, detail=_("%(days)d working days") % {"days": one.days})


COMPUTED: dict[str, Callable[[Case, Mapping[str, Any]], Worked]] = {
    "trainings_attended": _trainings_attended,
    "trainings_organised": _trainings_organised,
    "trainings_given": _trainings_given,
    "reviews_in_time": _reviews_in_time,
    "positive_ratings": _positive_ratings,
}
