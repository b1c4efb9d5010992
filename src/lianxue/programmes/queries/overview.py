"""How the units of a call stand: counted in the database, whatever their number."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from lianxue.orgs.public import Actor
from lianxue.programmes.enums import FilingState
from lianxue.programmes.models import Call

NOT_BEGUN = "not_begun"
STANDINGS = (NOT_BEGUN, *FilingState.values)

# The units below the office in the chain of the definition, each with its filing of the stage, if any, and the place
# directly above it: the area by which the overview is grouped.
_ROWS = """
SELECT o.id, o.name, o.code, o.division_id, above.id, above.name, f.id, coalesce(f.state, 'not_begun'), f.position, f.since,
       f.submitted_at, f.decided_at, f.revision_number, desk.name
  FROM orgs_chainnode n
  JOIN orgs_organisation o ON o.id = n.organisation_id AND o.is_active
  LEFT JOIN orgs_organisation above ON above.id = n.superior_id
  LEFT JOIN programmes_filing f ON f.unit_id = o.id AND f.call_id = %(call)s AND f.stage = %(stage)s
  LEFT JOIN orgs_organisation desk ON desk.id = f.desk_id
 WHERE n.chain = %(chain)s AND n.path LIKE %(below)s AND n.organisation_id <> %(office)s
   AND (%(depth)s::int IS NULL OR n.depth = %(depth)s) AND (%(kinds)s::text[] IS NULL OR o.kind = ANY (%(kinds)s))
"""


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """How one unit stands in one stage of a call."""

    unit_id: int
    unit: str
    unit_code: str
    division: str
    area_id: int | None
    area: str
    filing_id: int | None
    standing: str
    position: int | None
    since: datetime | None
    submitted_at: datetime | None
    decided_at: datetime | None
    revision_number: int | None
    desk: str

    @property
    def was_handed_in(self) -> bool:
        return bool(self.revision_number)


@dataclass(frozen=True, slots=True)
class AreaStanding:
    """How the units of one area stand: how many, how many in each standing, how many were handed in by the last day."""

    area_id: int | None
    area: str
    units: int
    counts: dict[str, int]
    handed_in: int
    in_time: int

    @property
    def share_handed_in(self) -> float:
        return self.handed_in / self.units if self.units else 0.0


def units_standing(
    call: Call,
    stage: str,
    actor: Actor,
    *,
    standing: str = "",
    area_id: int | None = None,
    find: str = "",
    limit: int | None = None,
    offset: int = 0,
) -> list[UnitStanding]:
    """Return the units of a call that stand at or below the actor's organisation, in the order of their divisions."""
    words, values = _where(call, stage, actor, standing=standing, area_id=area_id, find=find)
    text = f"{_ROWS}{words} ORDER BY above.name NULLS FIRST, o.division_id, o.code"
    if limit is not None:
        text += " LIMIT %(limit)s OFFSET %(offset)s"
        values |= {"limit": limit, "offset": offset}
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return [_standing(row) for row in cursor.fetchall()]


def count_units(
    call: Call, stage: str, actor: Actor, *, standing: str = "", area_id: int | None = None, find: str = ""
) -> int:
    """Return how many rows ``units_standing`` would give."""
    words, values = _where(call, stage, actor, standing=standing, area_id=area_id, find=find)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({_ROWS}{words}) one", values)  # noqa: S608  # fixed text
        return int(cursor.fetchone()[0])


def areas_standing(
    call: Call, stage: str, actor: Actor, *, last_day: date | None = None
) -> list[AreaStanding]:
    """Return the figures of a stage by the organisation directly above the units, in one read."""
    words, values = _where(call, stage, actor)
    values["last_day"] = last_day
    text = f"""
        SELECT area_id, max(area), standing, count(*), count(*) FILTER (WHERE coalesce(revision_number, 0) > 0),
               count(*) FILTER (WHERE coalesce(revision_number, 0) > 0 AND (%(last_day)s::date IS NULL
                   OR (first_handed AT TIME ZONE 'Asia/Shanghai')::date <= %(last_day)s::date))
          FROM (SELECT u.*, (SELECT min(r.submitted_at) FROM programmes_filingrevision r
                              WHERE r.filing_id = u.filing_id) AS first_handed
                  FROM ({_ROWS}{words}) AS u (unit_id, unit, code, division, area_id, area, filing_id, standing,
                       position, since, submitted_at, decided_at, revision_number, desk)) AS counted
         GROUP BY area_id, standing ORDER BY max(area) NULLS FIRST, area_id
    """  # noqa: S608  # fixed text
    areas: dict[int | None, AreaStanding] = {}
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        for area_id, area, standing, units, handed_in, in_time in cursor.fetchall():
            known = areas.get(area_id) or AreaStanding(
                area_id, area or "", 0, dict.fromkeys(STANDINGS, 0), 0, 0
            )
            areas[area_id] = AreaStanding(
                area_id,
                known.area,
                known.units + units,
                {**known.counts, standing: known.counts[standing] + units},
                known.handed_in + handed_in,
                known.in_time + in_time,
            )
    return list(areas.values())


def _where(
    call: Call,
    stage: str,
    actor: Actor,
    *,
    standing: str = "",
    area_id: int | None = None,
    find: str = "",
) -> tuple[str, dict[str, Any]]:
    who = call.definition.units
    words = ""
    values: dict[str, Any] = {
        "call": call.pk,
        "stage": stage,
        "chain": who.chain,
        "below": f"%/{call.office_id}/%",
        "office": call.office_id,
        "depth": who.depth,
        "kinds": list(who.kinds) or None,
    }
    if actor.organisation_id != call.office_id:  # whoever stands in between sees the own part
        words += " AND n.path LIKE %(mine)s"
        values["mine"] = f"%/{actor.organisation_id or 0}/%"
    if standing:
        words += " AND coalesce(f.state, 'not_begun') = %(standing)s"
        values["standing"] = standing
    if area_id is not None:
        words += " AND n.superior_id = %(area)s"
        values["area"] = area_id
    if find:
        words += " AND strpos(o.name, %(find)s) > 0"
        values["find"] = find
    return words, values


def _standing(row: tuple[object, ...]) -> UnitStanding:
    values = list(row)
    values[5], values[13] = values[5] or "", values[13] or ""
    values[3] = values[3] or ""
    return UnitStanding(*values)  # type: ignore[arg-type]  # the columns of _ROWS, in their order
