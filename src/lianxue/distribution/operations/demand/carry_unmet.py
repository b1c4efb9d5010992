"""The office carries demand that a decided round did not fill into another round that is open."""

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.errors import NothingOpen, NothingToCarry
from lianxue.distribution.events import UnmetCarried
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.models import Round
from lianxue.distribution.operations.demand.save_demand import MOST_COPIES
from lianxue.distribution.operations.rounds.close_unmet import UnmetOutcome, count_down
from lianxue.distribution.operations.rounds.round_locks import held_round, locked_round
from lianxue.distribution.queries.network import point_places
from lianxue.distribution.queries.unmet import EVERYTHING, UnmetChoice, open_lines
from lianxue.kernel import audit
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

# All of this works on sets, so that a province's open lines are answered in a few statements.
# Lines whose catalogue entry is offered in the other round, with the title there.
_OFFERED = """
chosen (id) AS ({chosen}),
offered AS (
    SELECT line.id AS line_id, demand.agreed - line.quantity AS copies, request.point_id, there.id AS title_id
    FROM distribution_allocationline line
    JOIN distribution_demandline demand ON demand.id = line.demand_line_id
    JOIN distribution_demandrequest request ON request.id = demand.request_id
    JOIN distribution_roundtitle here ON here.id = demand.title_id
    JOIN distribution_roundtitle there ON there.entry_id = here.entry_id AND there.round_id = %s
    JOIN resources_catalogueentry entry ON entry.id = there.entry_id AND entry.state = 'published'
    WHERE line.id IN (SELECT id FROM chosen)
)
"""
# Points that have begun no demand in the other round get one; a college that joined later gets its batch first.
_BEGIN_BATCHES = """
WITH {offered}, places (organisation_id, superior_id) AS ({places})
INSERT INTO distribution_demandbatch (round_id, college_id, state, return_reason)
SELECT DISTINCT %s, places.superior_id, 'gathering', ''
FROM offered JOIN places ON places.organisation_id = offered.point_id
ON CONFLICT DO NOTHING
"""
_BEGIN_REQUESTS = """
WITH {offered}, places (organisation_id, superior_id) AS ({places})
INSERT INTO distribution_demandrequest (batch_id, point_id, state, note, return_reason)
SELECT DISTINCT batch.id, offered.point_id, 'draft', '', ''
FROM offered
JOIN places ON places.organisation_id = offered.point_id
JOIN distribution_demandbatch batch
  ON batch.round_id = %s AND batch.college_id = places.superior_id AND batch.state = 'gathering'
WHERE NOT EXISTS (
    SELECT 1 FROM distribution_demandrequest begun
    JOIN distribution_demandbatch its ON its.id = begun.batch_id
    WHERE begun.point_id = offered.point_id AND its.round_id = %s
)
ON CONFLICT DO NOTHING
"""
_HOLD_BATCHES = "SELECT id FROM distribution_demandbatch WHERE round_id = %s ORDER BY id FOR SHARE"
_LOCK_REQUESTS = """
WITH {offered}
SELECT request.id FROM distribution_demandrequest request
JOIN distribution_demandbatch batch ON batch.id = request.batch_id
WHERE batch.round_id = %s AND request.point_id IN (SELECT point_id FROM offered)
ORDER BY request.id FOR NO KEY UPDATE OF request
"""
# What a point has handed in already is not touched: its lines stay open.
_CARRY = """
WITH {offered},
goes AS (
    SELECT offered.line_id, offered.copies, offered.point_id, offered.title_id, request.id AS request_id
    FROM offered
    JOIN distribution_demandrequest request ON request.point_id = offered.point_id
    JOIN distribution_demandbatch batch ON batch.id = request.batch_id
    WHERE batch.round_id = %s AND batch.state = 'gathering' AND request.state IN ('draft', 'returned')
),
answered AS (
    INSERT INTO distribution_unmetanswer (line_id, kind, copies, to_round_id, reason, by_id, at)
    SELECT line_id, 'carried', copies, %s, '', %s, %s FROM goes
),
written AS (
    INSERT INTO distribution_demandline (request_id, title_id, asked, agreed)
    SELECT request_id, title_id, least(sum(copies), %s), least(sum(copies), %s)
    FROM goes GROUP BY request_id, title_id
    ON CONFLICT (request_id, title_id) DO UPDATE SET
        asked = least(distribution_demandline.asked + excluded.asked, %s),
        agreed = least(distribution_demandline.asked + excluded.asked, %s)
),
touched AS (
    UPDATE distribution_demandrequest SET changed_at = %s WHERE id IN (SELECT request_id FROM goes)
)
SELECT count(*), coalesce(sum(copies), 0), array_agg(DISTINCT point_id) FROM goes
"""


@operation("distribution.carry_unmet", label=_("Carry unmet demand over"))
def carry_unmet(
    *, actor: Actor, at: datetime, round: Round, to_round: Round, choice: UnmetChoice = EVERYTHING
) -> UnmetOutcome:
    """Add the chosen open lines of a decided round to what their points ask for in ``to_round``.

    A line is carried when its catalogue title is offered there and its point has not handed in its demand; the others
    stay open and are counted in ``left``. Raise ``WrongState``, ``NotAllowed``, ``NothingOpen`` or ``NothingToCarry``.
    """
    row, target = locked_round(round.pk), held_round(to_round.pk)
    ROUND_FLOW.require("carry_unmet", actor=actor, subject=row, at=at)
    ROUND_FLOW.require("take_in_unmet", actor=actor, subject=target, at=at)
    rows = open_lines(row.pk, choice)
    chosen = rows.count()
    if not chosen:
        raise NothingOpen
    lines, copies, points = _carry(row, target, choice, actor, at)
    if not lines:
        raise NothingToCarry
    count_down(row, lines)
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.carry_unmet",
        subject=row,
        after={"to_round": target.pk, "lines": lines, "copies": copies, "left": chosen - lines},
    )
    publish(UnmetCarried(to_round_id=target.pk, point_ids=points, at=at))
    return UnmetOutcome(lines, copies, left=chosen - lines)


def _carry(
    row: Round, target: Round, choice: UnmetChoice, actor: Actor, at: datetime
) -> tuple[int, int, tuple[int, ...]]:
    """Write everything down; return how many lines and copies went, and to which points."""
    chosen, chosen_params = open_lines(row.pk, choice).order_by().values_list("pk").query.sql_with_params()
    places, place_params = (
        point_places(target.office_id)
        .order_by()
        .values_list("organisation_id", "superior_id")
        .query.sql_with_params()
    )
    offered, to = _OFFERED.format(chosen=chosen), target.pk
    offered_params = [*chosen_params, to]
    with connection.cursor() as cursor:
        cursor.execute(
            _BEGIN_BATCHES.format(offered=offered, places=places), [*offered_params, *place_params, to]
        )
        cursor.execute(_HOLD_BATCHES, [to])
        cursor.execute(
            _BEGIN_REQUESTS.format(offered=offered, places=places), [*offered_params, *place_params, to, to]
        )
        cursor.execute(_LOCK_REQUESTS.format(offered=offered), [*offered_params, to])
        most = [MOST_COPIES] * 4
        cursor.execute(
            _CARRY.format(offered=offered), [*offered_params, to, to, actor.person_id, at, *most, at]
        )
        lines, copies, points = cursor.fetchone()
    return lines, int(copies), tuple(points or ())
