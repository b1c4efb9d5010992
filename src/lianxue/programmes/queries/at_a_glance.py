"""How the open calls stand in which an organisation has a part: for the home page, in a constant number of reads."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count

from lianxue.orgs.public import Actor
from lianxue.programmes.enums import FilingState
from lianxue.programmes.models import Call, Filing, Window
from lianxue.programmes.models.definition import Stage
from lianxue.programmes.queries.open_calls import open_calls
from lianxue.programmes.queries.windows import StageDays

# The units of several stages of calls, at or below one organisation, in the chains of their definitions. A stage that
# comes after another is only asked of those who were approved there.
_UNITS = """
SELECT asked.call, asked.stage, n.organisation_id = %(mine)s, count(*),
       count(*) FILTER (WHERE coalesce(f.revision_number, 0) = 0), max(coalesce(f.state, 'not_begun'))
  FROM unnest(%(calls)s::bigint[], %(stages)s::text[], %(before)s::text[], %(offices)s::bigint[], %(chains)s::text[],
              %(depths)s::int[], %(kinds)s::text[]) AS asked (call, stage, before, office, chain, depth, kinds)
  JOIN orgs_chainnode n ON n.chain = asked.chain AND n.organisation_id <> asked.office
   AND n.path LIKE '%%/' || asked.office || '/%%' AND n.path LIKE %(below)s AND n.depth = coalesce(asked.depth, n.depth)
  JOIN orgs_organisation o ON o.id = n.organisation_id AND o.is_active
   AND (asked.kinds = '' OR o.kind = ANY (string_to_array(asked.kinds, ' ')))
  LEFT JOIN programmes_filing f ON f.call_id = asked.call AND f.unit_id = o.id AND f.stage = asked.stage
  LEFT JOIN programmes_filing b ON b.call_id = asked.call AND b.unit_id = o.id AND b.stage = asked.before
 WHERE asked.before = '' OR b.state = 'approved' OR f.id IS NOT NULL
 GROUP BY asked.call, asked.stage, n.organisation_id = %(mine)s
"""


@dataclass(slots=True)
class StageStanding:
    """One stage that takes filings now: until when, how many units below have not handed in, how the own one stands."""

    stage: Stage
    due_on: date | None
    units: int = 0
    missing: int = 0
    own: str = ""  # the standing of the own filing; empty where the own organisation is no unit of the call


@dataclass(slots=True)
class CallStanding:
    """One open call for one organisation: what lies at its desk, and the stages that take filings now."""

    call: Call
    on_desk: int = 0
    stages: list[StageStanding] = field(default_factory=list)

    @property
    def concerns(self) -> bool:
        """Tell whether the call has something to say to the organisation today."""
        return bool(self.on_desk or self.stages)


def calls_at_a_glance(actor: Actor, today: date) -> list[CallStanding]:
    """Return the open calls that the actor's organisation runs, decides in or files in, the next to end first."""
    calls = open_calls(actor)
    if not calls:
        return []
    found = {call.pk: CallStanding(call) for call in calls}
    desk = Filing.objects.filter(
        desk_id=actor.organisation_id, state=FilingState.SUBMITTED, call__in=calls
    ).exclude(unit_id=actor.organisation_id)
    for call_id, number in desk.order_by().values_list("call_id").annotate(Count("pk")):
        found[call_id].on_desk = number
    open_now = _open_now(calls, today)
    for call_id, stage, is_own, units, missing, state in _counted(actor, open_now):
        standing = open_now[call_id, stage][1]
        if is_own:
            standing.own = state
        else:
            standing.units, standing.missing = units, missing
    for (call_id, _stage), (_call, standing) in open_now.items():
        if standing.units or standing.own:
            found[call_id].stages.append(standing)
    return sorted((one for one in found.values() if one.concerns), key=_next_day)


def _next_day(one: CallStanding) -> tuple[date, int]:
    return min((stage.due_on or date.max for stage in one.stages), default=date.max), one.call.pk


def _open_now(calls: Sequence[Call], today: date) -> dict[tuple[int, str], tuple[Call, StageStanding]]:
    """Return the stages whose days have begun and are not over, by call and key."""
    windows = {(one.call_id, one.stage): one for one in Window.objects.filter(call__in=calls)}
    found = {}
    for call in calls:
        for stage in call.definition.filed_stages():
            window = windows.get((call.pk, stage.key))
            days = StageDays(window.opens_on, window.closes_on) if window else StageDays(None, None)
            if days.takes(today):
                found[call.pk, stage.key] = call, StageStanding(stage, days.closes_on)
    return found


def _counted(
    actor: Actor, open_now: dict[tuple[int, str], tuple[Call, StageStanding]]
) -> list[tuple[Any, ...]]:
    if not open_now:
        return []
    rows = [(call, standing.stage, call.definition.units) for call, standing in open_now.values()]
    values = {
        "mine": actor.organisation_id,
        "below": f"%/{actor.organisation_id}/%",
        "calls": [call.pk for call, _stage, _who in rows],
        "stages": [stage.key for _call, stage, _who in rows],
        "before": [stage.after for _call, stage, _who in rows],
        "offices": [call.office_id for call, _stage, _who in rows],
        "chains": [who.chain for _call, _stage, who in rows],
        "depths": [who.depth for _call, _stage, who in rows],
        "kinds": [" ".join(who.kinds) for _call, _stage, who in rows],
    }
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, values)
        return list(cursor.fetchall())
