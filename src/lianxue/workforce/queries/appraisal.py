"""Appraisals as people may read them, and the sheet of one: every indicator with what it comes to."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Q, QuerySet, Value, When

from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor
from lianxue.workforce.enums import AppraisalState, PartVerdict, Team
from lianxue.workforce.models import Appraisal, Declared, Finding, IndicatorSet
from lianxue.workforce.models.indicators.parts import Indicator, Part
from lianxue.workforce.queries.indicators.computing import Case
from lianxue.workforce.queries.indicators.judging import Judged, judge
from lianxue.workforce.queries.indicators.sets import current_set
from lianxue.workforce.rules.appraisal import DECLARES, SEES_APPRAISAL

_WITH = (
    "entry__area",
    "entry__filing__unit",
    "entry__account__person",
    "city",
    "county",
    "office",
    "indicators",
)
# As the documents name them: administrators, trainers, reviewers.
_TEAMS_IN_TURN = models.Case(*(When(team=team, then=Value(turn)) for turn, team in enumerate(Team)))


@dataclass(frozen=True)
class PartLine:
    """One part on a sheet: what was asked, declared, worked out and found."""

    key: str
    part: Part
    declared: Declared | None
    judged: Judged
    finding: Finding | None

    @property
    def verdict(self) -> PartVerdict:
        """Return what counts: the city's finding, else what the platform worked out."""
        return PartVerdict(self.finding.verdict) if self.finding else self.judged.verdict

    @property
    def is_corrected(self) -> bool:
        return self.finding is not None and self.finding.verdict != self.finding.worked_out


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator on a sheet, with its parts: met when all are, not met when one is not."""

    indicator: Indicator
    parts: tuple[PartLine, ...]

    @property
    def verdict(self) -> PartVerdict:
        found = {one.verdict for one in self.parts}
        if PartVerdict.NOT_MET in found:
            return PartVerdict.NOT_MET
        return PartVerdict.OPEN if PartVerdict.OPEN in found else PartVerdict.MET


@dataclass(frozen=True)
class CityCounts:
    """How far a city is with a year."""

    name: str
    people: int
    confirmed: int
    recommended: int


@dataclass(frozen=True)
class Sheet:
    """The whole sheet of one person and year."""

    published: IndicatorSet | None
    indicators: tuple[IndicatorLine, ...]

    def lines(self) -> Iterator[PartLine]:
        """Yield all parts."""
        for one in self.indicators:
            yield from one.parts


def appraisals_seen(actor: Actor) -> QuerySet[Appraisal]:
    """Return the appraisals that the actor may read, with how much was declared: by city, team and area."""
    rows = Appraisal.objects.select_related(*_WITH).annotate(declared_parts=Count("declared"))
    return visible(rows, SEES_APPRAISAL, actor).order_by("city__code", _TEAMS_IN_TURN, "entry__area_id", "pk")


def appraisal_seen(actor: Actor, pk: int) -> Appraisal:
    """Return one appraisal. Raise ``NotFound``."""
    return get_visible(Appraisal.objects.select_related(*_WITH), SEES_APPRAISAL, actor, pk=pk)


def to_declare(actor: Actor) -> QuerySet[Appraisal]:
    """Return the open appraisals for which the actor may declare, but that are not the city's own desk."""
    return visible(Appraisal.objects.filter(state=AppraisalState.OPEN), DECLARES, actor).exclude(
        city_id=actor.organisation_id or 0
    )


def set_of(appraisal: Appraisal) -> IndicatorSet | None:
    """Return the indicators that count for an appraisal: those it was confirmed by, else the newest of the year."""
    return appraisal.indicators or current_set(appraisal.office_id, appraisal.year)


def parts_of(appraisal: Appraisal) -> dict[str, Part]:
    """Return the parts that are asked of the person, by full key."""
    published = set_of(appraisal)
    team = published.content.team(appraisal.team) if published else None
    return team.parts() if team else {}


def sheet_of(appraisal: Appraisal) -> Sheet:
    """Return the sheet of an appraisal as it stands now."""
    published = set_of(appraisal)
    team = published.content.team(appraisal.team) if published else None
    if published is None or team is None:
        return Sheet(published, ())
    case = Case(appraisal.entry, appraisal.year, published)
    declared = {one.part: one for one in appraisal.declared.select_related("file", "declared_by")}
    findings = {one.part: one for one in appraisal.findings.select_related("found_by")}
    lines = []
    for indicator in team.indicators:
        parts = []
        for part in indicator.parts:
            key = f"{indicator.key}.{part.key}"
            there = declared.get(key)
            parts.append(PartLine(key, part, there, judge(part, there, case), findings.get(key)))
        lines.append(IndicatorLine(indicator, tuple(parts)))
    return Sheet(published, tuple(lines))


def line_of(appraisal: Appraisal, key: str) -> PartLine | None:
    """Return one line of the sheet as it stands now, without working the others out; None when it is not asked."""
    published = set_of(appraisal)
    team = published.content.team(appraisal.team) if published else None
    part = team.parts().get(key) if team else None
    if published is None or part is None:
        return None
    declared = appraisal.declared.filter(part=key).first()
    judged = judge(part, declared, Case(appraisal.entry, appraisal.year, published))
    return PartLine(key, part, declared, judged, appraisal.findings.filter(part=key).first())


def counts_by_city(rows: QuerySet[Appraisal]) -> "list[CityCounts]":
    """Return for each city how many are appraised, met everything and are recommended."""
    met_all = Q(state=AppraisalState.CONFIRMED, indicators_met__isnull=False)
    counted = (
        rows.order_by()
        .values("city_id", "city__name", "city__code")
        .annotate(
            people=Count("pk", distinct=True),
            confirmed=Count("pk", filter=met_all, distinct=True),
            recommended=Count("pk", filter=Q(is_recommended=True), distinct=True),
        )
        .order_by("city__code")
    )
    return [
        CityCounts(one["city__name"], one["people"], one["confirmed"], one["recommended"]) for one in counted
    ]
