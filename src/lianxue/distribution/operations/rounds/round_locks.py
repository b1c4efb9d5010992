"""Locks around a round, always taken in the order round, batch, request.

Stating and aggregating demand *hold* the round: many may at once, and nobody can move the round on before they are
done. What moves it on *locks* it, and so waits for all of them. A batch is held and locked in the same way.
"""

from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from lianxue.distribution.models import DemandBatch, DemandRequest, Round
from lianxue.kernel.errors import NotFound
from lianxue.kernel.kept import Kept, kept

M = TypeVar("M", bound=Model)

# The ORM has no FOR SHARE.
_HOLD_ROUND = "SELECT 1 FROM distribution_round WHERE id = %s FOR SHARE"
_HOLD_BATCH = "SELECT 1 FROM distribution_demandbatch WHERE id = %s FOR SHARE"


def held_round(round_id: int) -> Round:
    """Return the round as it is, and as it stays until this transaction ends."""
    return _held(_ROUNDS, _HOLD_ROUND, round_id)


def locked_round(round_id: int) -> Round:
    """Return the round for changing it, after everybody who holds it is done."""
    return _locked(Round, round_id)


def held_batch(batch_id: int, within: Round) -> DemandBatch:
    """Return the batch of a held round as it stays until this transaction ends."""
    batch = _held(_BATCHES, _HOLD_BATCH, batch_id)
    batch.round = within
    return batch


def locked_batch(batch_id: int, within: Round) -> DemandBatch:
    """Return the batch of a held round for changing it, after everybody who holds it is done."""
    batch = _locked(DemandBatch, batch_id)
    batch.round = within
    return batch


def locked_request(request: DemandRequest) -> DemandRequest:
    """Return the request for changing it, with its batch and round held."""
    found = _above.first(pk=request.pk)
    if found is None:
        raise NotFound
    round_id, batch_id = found
    batch = held_batch(batch_id, held_round(round_id))
    row = _REQUEST_LOCKED.first(pk=request.pk)
    if row is None:
        raise NotFound
    row.batch = batch
    return row


@kept
def _above(pk: int) -> "QuerySet[DemandRequest, tuple[int, int]]":
    return DemandRequest.objects.filter(pk=pk).values_list("batch__round_id", "batch_id")


_ROUNDS = kept(lambda pk: Round.objects.filter(pk=pk))
_BATCHES = kept(lambda pk: DemandBatch.objects.filter(pk=pk))
_REQUEST_LOCKED = kept(lambda pk: DemandRequest.objects.select_for_update(no_key=True).filter(pk=pk))


def _held(rows: Kept[M], statement: str, pk: int) -> M:
    with connection.cursor() as cursor:
        cursor.execute(statement, [pk])
        if cursor.fetchone() is None:
            raise NotFound
    return rows.rows(pk=pk)[0]


def _locked(model: type[M], pk: int) -> M:
    row = model._default_manager.select_for_update(no_key=True).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row
