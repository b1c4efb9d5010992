"""The office decides an allocation: shipments are made, the copies are entered as being at their suppliers."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import AllocationState, RoundState
from lianxue.distribution.errors import SupplyChanged
from lianxue.distribution.events import RoundAllocated
from lianxue.distribution.flows.allocation import ALLOCATION_FLOW
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.models import Allocation, AllocationLine, Round, Shipment, ShipmentLine
from lianxue.distribution.operations.ledger import supply_round
from lianxue.distribution.operations.rounds.round_locks import locked_round
from lianxue.kernel import audit
from lianxue.kernel.errors import NotFound
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

ROWS_AT_ONCE = 5000
TOKEN_BYTES = 18


@operation("distribution.commit_allocation", label=_("Decide an allocation"))
def commit_allocation(
    *, actor: Actor, at: datetime, allocation: Allocation, request_key: str | None = None
) -> Allocation:
    """Decide a proposal, once for the round: one shipment for each supplier and point, one lot for each line.

    Raise ``WrongState``, ``NotAllowed`` or ``SupplyChanged``.
    """
    round_ = locked_round(allocation.round_id)
    ROUND_FLOW.require("commit_allocation", actor=actor, subject=round_, at=at)
    row = Allocation.objects.select_for_update(no_key=True).filter(pk=allocation.pk).first()
    if row is None:  # proposed anew in the meantime
        raise NotFound
    row.round = round_
    ALLOCATION_FLOW.require("commit_allocation", actor=actor, subject=row, at=at)
    _require_supply(row)
    row.state, row.committed_at = AllocationState.COMMITTED, at
    row.save(update_fields=["state", "committed_at"])
    round_.state, round_.allocated_at = RoundState.ALLOCATED, at
    round_.save(update_fields=["state", "allocated_at"])
    shipments = _make_shipments(row, round_)
    lots = _make_lots(row, shipments)
    supply_round(round=round_, actor=actor, at=at)
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.commit_allocation",
        subject=round_,
        before={"state": RoundState.ALLOCATING},
        after={
            "state": round_.state,
            "policy": row.policy,
            "shipments": len(shipments),
            "lots": lots,
            **row.figures,
        },
    )
    publish(RoundAllocated(round_id=round_.pk, allocation_id=row.pk))
    return row


def _require_supply(allocation: Allocation) -> None:
    """Make sure that no title has fewer copies now than the proposal gives away."""
    short = (
        allocation.lines.values("demand_line__title")
        .annotate(given=Sum("quantity"))
        .filter(given__gt=F("demand_line__title__copies_available"))
    )
    if short.exists():
        raise SupplyChanged


def _make_shipments(allocation: Allocation, round_: Round) -> dict[tuple[int, int], int]:
    """Make one shipment for each supplier and point that get anything; return their ids by (supplier, point)."""
    pairs = (
        allocation.lines.filter(quantity__gt=0)
        .values_list("demand_line__title__supplier_id", "demand_line__request__point_id")
        .order_by("demand_line__title__supplier__code", "demand_line__request__point__code")
        .distinct()
    )
    shipments = (
        Shipment(
            round=round_,
            supplier_id=supplier_id,
            point_id=point_id,
            code=f"{round_.year}-{round_.pk}-{number:04d}",
            token=secrets.token_urlsafe(TOKEN_BYTES),
        )
        for number, (supplier_id, point_id) in enumerate(pairs, start=1)
    )
    made: dict[tuple[int, int], int] = {}
    while some := list(islice(shipments, ROWS_AT_ONCE)):
        made |= {(s.supplier_id, s.point_id): s.pk for s in Shipment.objects.bulk_create(some)}
    return made


def _make_lots(allocation: Allocation, shipments: dict[tuple[int, int], int]) -> int:
    lots, count = _lots(allocation, shipments), 0
    while some := list(islice(lots, ROWS_AT_ONCE)):
        count += len(ShipmentLine.objects.bulk_create(some))
    return count


def _lots(allocation: Allocation, shipments: dict[tuple[int, int], int]) -> Iterator[ShipmentLine]:
    rows = (
        AllocationLine.objects.filter(allocation=allocation, quantity__gt=0)
        .order_by("pk")
        .values_list(
            "pk",
            "quantity",
            "demand_line__title_id",
            "demand_line__title__supplier_id",
            "demand_line__request__point_id",
        )
    )
    for line_id, quantity, title_id, supplier_id, point_id in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield ShipmentLine(
            shipment_id=shipments[supplier_id, point_id],
            title_id=title_id,
            allocation_line_id=line_id,
            quantity=quantity,
        )
