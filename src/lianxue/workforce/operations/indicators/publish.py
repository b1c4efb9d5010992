"""An office publishes the indicators of a year; a later change is a new revision (S1-52)."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed, NotFound, Text
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import Actor, Chain
from lianxue.workforce.enums import Rounding, Team
from lianxue.workforce.events import IndicatorsPublished
from lianxue.workforce.models import IndicatorSet
from lianxue.workforce.operations.checks import require_reason
from lianxue.workforce.queries.indicators.sets import SETS, current_set
from lianxue.workforce.queries.training import place_of

FIRST_YEAR, LAST_YEAR = 2000, 2200
MOST = Decimal(1000)
HUNDRED = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class OfficeNumbers:
    """What the documents leave to the office: numbers by key, ratio by team in per cent, rounding, its calendar."""

    numbers: Mapping[str, Decimal]
    ratios: Mapping[Team, Decimal]
    rounding: Rounding
    days_off: Collection[date] = field(default=())
    extra_days: Collection[date] = field(default=())


def may_publish(actor: Actor) -> bool:
    """Tell whether the actor administers an office at the top of the service system (S1-49: 省教育技术中心公布)."""
    if not actor.is_administrator or actor.organisation_id is None:
        return False
    node = place_of(actor.organisation_id)
    return node is not None and node.chain == Chain.RESOURCE_SERVICE and node.depth == 1


@operation("workforce.publish_indicators", label=_("Publish the indicators of a year"))
def publish_indicators(
    *,
    actor: Actor,
    at: datetime,
    key: str,
    year: int,
    given: OfficeNumbers,
    reason: str = "",
    request_key: str | None = None,
) -> IndicatorSet:
    """Publish the set ``key`` (code and version) for a year, with the office's numbers; from the second time with a reason.

    Raise ``NotAllowed``, ``NotFound`` (no such set) or ``Invalid``.
    """
    if not may_publish(actor):
        raise NotAllowed
    if key not in SETS:
        raise NotFound
    made, source = SETS[key]
    office = Organisation.objects.select_for_update().get(pk=actor.organisation_id or 0)
    last = current_set(office.pk, year)
    faults = _faults(given, [one.key for one in made.numbers], [Team(one.team) for one in made.teams], year)
    if faults:
        raise Invalid(fields=faults)
    row = IndicatorSet.objects.create(
        office=office,
        year=year,
        number=last.number + 1 if last else 1,
        code=made.code,
        version=made.version,
        title=made.title,
        digest=hashlib.sha256(source.encode()).hexdigest(),
        source=source,
        numbers={name: str(value) for name, value in given.numbers.items()},
        ratios={str(team): str(value) for team, value in given.ratios.items()},
        rounding=given.rounding,
        days_off=sorted(day.isoformat() for day in given.days_off),
        extra_days=sorted(day.isoformat() for day in given.extra_days),
        reason=require_reason(reason) if last else "",
        published_at=at,
        published_by_id=actor.person_id,
    )
    names = ("year", "number", "code", "version", "numbers", "ratios", "rounding", "days_off", "extra_days")
    audit.record(
        actor=actor,
        at=at,
        verb="workforce.publish_indicators",
        subject=row,
        after=audit.snapshot(row, *names),
        note=row.reason,
    )
    publish(IndicatorsPublished(at, row.pk))
    return row


def _faults(given: OfficeNumbers, keys: list[str], teams: list[Team], year: int) -> dict[str, Text]:
    faults: dict[str, Text] = {}
    if not FIRST_YEAR <= year <= LAST_YEAR:
        faults["year"] = _("Please check the year.")
    for key in keys:
        value = given.numbers.get(key)
        if value is None or not 0 <= value <= MOST:
            faults[f"number_{key}"] = _("Please give this number; the documents leave it to you.")
    for team in teams:
        ratio = given.ratios.get(team)
        if ratio is None or not 0 < ratio <= HUNDRED:
            faults[f"ratio_{team}"] = _("Please give the ratio in per cent, above 0 and at most 100.")
    return faults
