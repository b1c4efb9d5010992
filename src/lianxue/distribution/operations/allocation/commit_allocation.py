"""The office decides an allocation: shipments are made, the copies are entered as being at their suppliers."""

import secrets
from datetime import datetime

from django.db import connection
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import AllocationState, RoundState, Route, ShipmentState
from lianxue.distribution.errors import SupplyChanged
from lianxue.distribution.events import RoundAllocated
from lianxue.distribution.flows.allocation import ALLOCATION_FLOW
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.models import Allocation, Round, Shipment
from lianxue.distribution.operations.ledger import supply_round
from lianxue.distribution.operations.rounds.round_locks import locked_round
from lianxue.kernel import audit
from lianxue.kernel.bulk import by_the_million, copy_rows
from lianxue.kernel.errors import NotFound
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import Actor

TOKEN_BYTES = 18

# In the order of the demand lines, which is that of the points: the index then grows at its end.
_LINES = """
INSERT INTO distribution_allocationline (allocation_id, demand_line_id, quantity)
SELECT sheet.allocation_id, given.demand_line_id, given.quantity
  FROM distribution_allocationtitle AS sheet,
       unnest(sheet.demand_lines, sheet.quantities) AS given (demand_line_id, quantity)
 WHERE sheet.allocation_id = %s
 ORDER BY given.demand_line_id
"""

_OPEN_LINES = """
SELECT count(*)
  FROM distribution_allocationtitle AS sheet, unnest(sheet.passed_on, sheet.quantities) AS given (agreed, quantity)
 WHERE sheet.allocation_id = %s AND given.quantity < given.agreed
"""

_PARCELS = """
SELECT parcel.supplier_id, request.point_id, batch.college_id
  FROM (SELECT DISTINCT title.supplier_id, line.request_id
          FROM distribution_allocationline AS given
          JOIN distribution_demandline AS line ON line.id = given.demand_line_id
          JOIN distribution_roundtitle AS title ON title.id = line.title_id
         WHERE given.allocation_id = %s AND given.quantity > 0) AS parcel
  JOIN distribution_demandrequest AS request ON request.id = parcel.request_id
  JOIN distribution_demandbatch AS batch ON batch.id = request.batch_id
"""

_LOTS = """
INSERT INTO distribution_shipmentline (shipment_id, title_id, allocation_line_id, quantity)
SELECT shipment.id, line.title_id, given.id, given.quantity
  FROM distribution_allocationline AS given
  JOIN distribution_demandline AS line ON line.id = given.demand_line_id
  JOIN distribution_demandrequest AS request ON request.id = line.request_id
  JOIN distribution_roundtitle AS title ON title.id = line.title_id
  JOIN distribution_shipment AS shipment
    ON shipment.round_id = title.round_id AND shipment.supplier_id = title.supplier_id
   AND shipment.point_id = request.point_id AND shipment.follows_id IS NULL
 WHERE given.allocation_id = %s AND given.quantity > 0
 ORDER BY shipment.id, line.title_id
"""


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
    row.state, row.committed_at, row.open_lines = AllocationState.COMMITTED, at, _open_lines(row)
    row.save(update_fields=["state", "committed_at", "open_lines"])
    round_.state, round_.allocated_at = RoundState.ALLOCATED, at
    round_.save(update_fields=["state", "allocated_at"])
    with by_the_million():
        _write(_LINES, row)
        _count_anew("distribution_allocationline")
        shipments = _make_shipments(row, round_)
        _count_anew("distribution_shipment")
        lots = _write(_LOTS, row)
    supply_round(round=round_, actor=actor, at=at)
    totals = ("lines", "supply", "asked", "agreed", "allocated", "unmet", "points_asking", "points_covered")
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.commit_allocation",
        subject=round_,
        before={"state": RoundState.ALLOCATING},
        after={
            "state": round_.state,
            "policy": row.policy,
            "terms": row.terms,
            "set_by_hand": row.overrides.count(),
            "shipments": shipments,
            "lots": lots,
            **{name: row.figures[name] for name in totals},
        },
    )
    publish(RoundAllocated(round_id=round_.pk, allocation_id=row.pk))
    return row


def _require_supply(allocation: Allocation) -> None:
    """Make sure that no title has fewer copies now than the proposal gives away, or other packs."""
    changed = Q(allocated__gt=F("title__copies_available")) | ~Q(pack_size=F("title__pack_size"))
    if allocation.titles.filter(changed).exists():
        raise SupplyChanged


def _open_lines(allocation: Allocation) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_OPEN_LINES, [allocation.pk])
        return int(cursor.fetchone()[0])


def _write(statement: str, allocation: Allocation) -> int:
    """Write rows of an allocation in one statement; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [allocation.pk])
        return int(cursor.rowcount)


def _count_anew(table: str) -> None:
    """Let the planner know how many rows have just come in; it would take a full table for an empty one."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {table}")


def _make_shipments(allocation: Allocation, round_: Round) -> int:
    """Make one shipment for each supplier and point that get anything, numbered by their codes."""
    with connection.cursor() as cursor:
        cursor.execute(_PARCELS, [allocation.pk])
        parcels: list[tuple[int, int, int]] = cursor.fetchall()
    concerned = {supplier_id for supplier_id, _point, _college in parcels}
    concerned |= {point_id for _supplier, point_id, _college in parcels}
    codes = dict(Organisation.objects.filter(pk__in=concerned).values_list("pk", "code"))
    parcels.sort(key=lambda parcel: (codes[parcel[0]], codes[parcel[1]]))
    goes_through = round_.route == Route.VIA_COLLEGE
    return copy_rows(
        Shipment,
        ("round_id", "supplier_id", "point_id", "code", "token", "state", "carrier_note", "via_id"),
        (
            (
                round_.pk,
                supplier_id,
                point_id,
                f"{round_.year}-{round_.pk}-{number:04d}",
                secrets.token_urlsafe(TOKEN_BYTES),
                ShipmentState.PREPARING.value,
                "",
                college_id if goes_through else None,
            )
            for number, (supplier_id, point_id, college_id) in enumerate(parcels, start=1)
        ),
    )
