"""Demand that points have stated elsewhere, in another system or in their cities' tables, is taken over as one piece."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import DemandState, RoundState
from lianxue.distribution.errors import RoundMovedOn
from lianxue.distribution.models import DemandBatch, DemandRequest, Round
from lianxue.distribution.operations.demand.save_demand import MOST_COPIES
from lianxue.distribution.operations.rounds.round_locks import locked_round
from lianxue.distribution.rules.rounds import RUNS_ROUND
from lianxue.kernel import audit
from lianxue.kernel.bulk import by_the_million
from lianxue.kernel.errors import Invalid, NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@dataclass(frozen=True, slots=True)
class StatedLine:
    """A point asks for so many copies of a title of the round."""

    point_id: int
    title_id: int
    copies: int


_STAGE = """
CREATE TEMPORARY TABLE stated_line (point_id bigint NOT NULL, title_id bigint NOT NULL, copies integer NOT NULL)
ON COMMIT DROP
"""
_COPY = "COPY stated_line (point_id, title_id, copies) FROM STDIN"

# Each answers with the first line that cannot be taken over, if there is one.
_FAULTS = (
    (
        _("Line for a title that is not in the round, or for a number of copies that cannot be."),
        """
SELECT stated.point_id FROM stated_line stated
  LEFT JOIN distribution_roundtitle title ON title.id = stated.title_id AND title.round_id = %(round)s
 WHERE title.id IS NULL OR stated.copies NOT BETWEEN 1 AND %(most)s LIMIT 1
""",
    ),
    (
        _("A title stands twice in the demand of one point."),
        "SELECT point_id FROM stated_line GROUP BY point_id, title_id HAVING count(*) > 1 LIMIT 1",
    ),
    (
        _(
            "Demand of an organisation that reports to no college in this round, or that has stated demand already."
        ),
        """
SELECT stated.point_id FROM (SELECT DISTINCT point_id FROM stated_line) stated
 WHERE EXISTS (
           SELECT FROM distribution_demandrequest request
             JOIN distribution_demandbatch batch ON batch.id = request.batch_id
            WHERE request.point_id = stated.point_id AND batch.round_id = %(round)s)
    OR NOT EXISTS (
           SELECT FROM orgs_chainnode place
             JOIN orgs_organisation point ON point.id = place.organisation_id AND point.is_active
             JOIN distribution_demandbatch batch ON batch.college_id = place.superior_id
            WHERE place.organisation_id = stated.point_id AND place.chain = 'distribution'
              AND batch.round_id = %(round)s AND batch.state = 'gathering'
              AND NOT EXISTS (
                      SELECT FROM orgs_chainnode beneath
                        JOIN orgs_organisation one ON one.id = beneath.organisation_id AND one.is_active
                       WHERE beneath.superior_id = stated.point_id AND beneath.chain = 'distribution'))
 LIMIT 1
""",
    ),
)
_REQUESTS = """
INSERT INTO distribution_demandrequest (batch_id, point_id, state, submitted_at, note, return_reason)
SELECT batch.id, stated.point_id, %(state)s, %(at)s, '', ''
  FROM (SELECT DISTINCT point_id FROM stated_line) stated
  JOIN orgs_chainnode place ON place.organisation_id = stated.point_id AND place.chain = 'distribution'
  JOIN distribution_demandbatch batch ON batch.college_id = place.superior_id AND batch.round_id = %(round)s
 ORDER BY batch.id, stated.point_id
RETURNING id
"""
_LINES = """
INSERT INTO distribution_demandline (request_id, title_id, asked, agreed)
SELECT request.id, stated.title_id, stated.copies, stated.copies
  FROM stated_line stated
  JOIN distribution_demandrequest request ON request.point_id = stated.point_id
  JOIN distribution_demandbatch batch ON batch.id = request.batch_id AND batch.round_id = %(round)s
 ORDER BY request.id, stated.title_id
"""


@operation("distribution.take_over_demand", label=_("Take over demand stated elsewhere"))
def take_over_demand(*, actor: Actor, at: datetime, round: Round, lines: Iterable[StatedLine]) -> None:
    """Take over the demand of many points as submitted, all of it or nothing; colleges go on from there.

    For the office of an open round. ``lines`` is read once, so millions of them need not be held at once. Points are
    not told one by one. Raise ``NotAllowed``, ``RoundMovedOn``, or ``Invalid`` with the first point concerned.
    """
    row = locked_round(round.pk)
    if not RUNS_ROUND.holds(actor, row):
        raise NotAllowed
    if row.state != RoundState.OPEN:
        raise RoundMovedOn
    values: dict[str, int | str | datetime] = {
        "round": row.pk,
        "most": MOST_COPIES,
        "state": DemandState.SUBMITTED,
        "at": at,
    }
    with by_the_million(), connection.cursor() as cursor:
        cursor.execute(_STAGE)
        with cursor.copy(_COPY) as copy:
            for line in lines:
                copy.write_row((line.point_id, line.title_id, line.copies))
        cursor.execute("ANALYZE stated_line")
        for message, question in _FAULTS:
            cursor.execute(question, values)
            if found := cursor.fetchone():
                raise Invalid(message, fields={"point": str(found[0])})
        cursor.execute(_REQUESTS, values)
        made = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(_LINES, values)
        taken = cursor.rowcount
        cursor.execute("DROP TABLE stated_line")
    _record(actor, at, row, made, taken)


def _record(actor: Actor, at: datetime, round: Round, request_ids: list[int], lines: int) -> None:
    requests = DemandRequest.objects.select_related("point").filter(pk__in=request_ids).order_by("pk")
    batches = DemandBatch.objects.filter(round=round).in_bulk()

    def changes() -> Iterable[audit.Change]:
        for request in requests.iterator(chunk_size=2000):
            request.batch = batches[request.batch_id]
            request.batch.round = round
            yield audit.Change(request, after={"state": DemandState.SUBMITTED})

    audit.record_many(actor=actor, at=at, verb="distribution.take_over_demand", changes=changes())
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.take_over_demand",
        subject=round,
        after={"points": len(request_ids), "lines": lines},
    )
