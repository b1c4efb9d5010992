"""The office closes demand that a decided round did not fill, with a reason that the points read."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import AllocationState
from lianxue.distribution.errors import NothingOpen
from lianxue.distribution.events import UnmetClosed
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.models import Allocation, Round
from lianxue.distribution.operations.checks import require_reason
from lianxue.distribution.operations.rounds.round_locks import locked_round
from lianxue.distribution.queries.unmet import EVERYTHING, UnmetChoice, open_lines
from lianxue.kernel import audit
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

# One statement for any number of lines; the chosen ones come in as a query.
_CLOSE = """
WITH chosen (id) AS ({chosen}),
answered AS (
    INSERT INTO distribution_unmetanswer (line_id, kind, copies, reason, by_id, at)
    SELECT line.id, 'closed', demand.agreed - line.quantity, %s, %s, %s
    FROM distribution_allocationline line
    JOIN distribution_demandline demand ON demand.id = line.demand_line_id
    WHERE line.id IN (SELECT id FROM chosen)
    RETURNING line_id, copies
)
SELECT count(*), coalesce(sum(copies), 0), array_agg(DISTINCT request.point_id)
FROM answered
JOIN distribution_allocationline line ON line.id = answered.line_id
JOIN distribution_demandline demand ON demand.id = line.demand_line_id
JOIN distribution_demandrequest request ON request.id = demand.request_id
"""


@dataclass(frozen=True, slots=True)
class UnmetOutcome:
    """How many lines were answered, how many copies they stand for, and how many chosen lines stay open."""

    lines: int
    copies: int
    left: int = 0


@operation("distribution.close_unmet", label=_("Close unmet demand"))
def close_unmet(
    *, actor: Actor, at: datetime, round: Round, reason: str, choice: UnmetChoice = EVERYTHING
) -> UnmetOutcome:
    """Close the chosen open lines of a decided round for good, however many they are; without a choice all of them.

    Raise ``WrongState``, ``NotAllowed``, ``ReasonMissing``, ``Invalid``, or ``NothingOpen`` when none is open.
    """
    row = locked_round(round.pk)
    ROUND_FLOW.require("close_unmet", actor=actor, subject=row, at=at)
    bare = require_reason(reason)
    chosen, params = open_lines(row.pk, choice).order_by().values_list("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE.format(chosen=chosen), [*params, bare, actor.person_id, at])
        lines, copies, points = cursor.fetchone()
    if not lines:
        raise NothingOpen
    count_down(row, lines)
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.close_unmet",
        subject=row,
        after={"lines": lines, "copies": int(copies)},
        note=bare,
    )
    publish(UnmetClosed(round_id=row.pk, point_ids=tuple(points), reason=bare, at=at))
    return UnmetOutcome(lines, int(copies))


def count_down(round: Round, lines: int) -> None:
    """Take ``lines`` that were just answered off the number of lines that are open."""
    decided = Allocation.objects.filter(round=round, state=AllocationState.COMMITTED)
    if not decided.filter(open_lines__isnull=False).update(open_lines=F("open_lines") - lines):
        decided.update(open_lines=open_lines(round.pk).count())
