"""The demand of the actor's own point in a round, found or begun, and locked."""

from django.db.models import QuerySet

from lianxue.distribution.errors import NotAPoint
from lianxue.distribution.models import DemandBatch, DemandRequest, Round
from lianxue.distribution.operations.rounds.round_locks import held_batch, held_round, locked_request
from lianxue.distribution.queries.network import college_of_point
from lianxue.kernel.kept import kept
from lianxue.orgs.public import Actor


def locked_demand_of(actor: Actor, round: Round) -> DemandRequest:
    """Return the demand of the actor's point in ``round`` for changing it; begin it where there is none.

    Raise ``NotAPoint`` when the actor's organisation does not state demand in this round.
    """
    found = _demand_of.first(round_id=round.pk, point_id=actor.organisation_id)
    if found is None:
        college_id = college_of_point(actor.organisation_id, round.office_id)
        if college_id is None:
            raise NotAPoint
        held = held_round(round.pk)
        # A college whose first point joined after the round was opened has no batch yet.
        batch, _is_new = DemandBatch.objects.get_or_create(round=held, college_id=college_id)
        batch = held_batch(batch.pk, held)
        found, _is_new = DemandRequest.objects.get_or_create(batch=batch, point_id=actor.organisation_id)
    return locked_request(found)


@kept
def _demand_of(round_id: int, point_id: int | None) -> QuerySet[DemandRequest]:
    return DemandRequest.objects.filter(batch__round_id=round_id, point_id=point_id)
