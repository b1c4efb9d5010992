"""The queue of readers who wait for a title at a point.

Whoever works on a queue holds the point's balances of the title (``lock_holdings``): they are the lock of the queue too.
Each reservation is for one copy. As many copies stay put aside as there are reservations that are ready.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from lianxue.distribution.enums import PlaceKind, ReservationState
from lianxue.distribution.errors import CopyReserved
from lianxue.distribution.events import ReservationReady
from lianxue.distribution.flows.reservation import RESERVATION_FLOW
from lianxue.distribution.models import Loan, Reservation, StockBalance
from lianxue.distribution.operations.checks import require_reason
from lianxue.distribution.operations.ledger import lock_holdings
from lianxue.distribution.queries.reservations import open_reservations
from lianxue.distribution.queries.terms import terms_of
from lianxue.kernel import audit
from lianxue.kernel.clock import local_date
from lianxue.kernel.events import publish
from lianxue.orgs.public import Actor

_FACTS = """
SELECT (SELECT loan_days FROM distribution_lendingterms WHERE point_id = %s),
       EXISTS (SELECT FROM distribution_reservation
                WHERE point_id = %s AND entry_id = %s AND state IN ('waiting', 'ready'))
"""

for verb in ("put_aside", "put_back", "fulfil_reservation", "lapse_reservation"):
    audit.name_act(f"distribution.{verb}", RESERVATION_FLOW.steps[verb].label)


def kept_on_display() -> int:
    """Return how many copies of each lot are never lent (S0-29)."""
    return 0 if settings.LEND_LAST_DISPLAY_COPY else 1


def lendable(held: Iterable[StockBalance]) -> int:
    """Return how many copies could be lent."""
    return sum(
        max(balance.quantity - (kept_on_display() if balance.place.kind == PlaceKind.DISPLAY else 0), 0)
        for balance in held
        if balance.lot_id is not None and balance.place.kind in (PlaceKind.SHELF, PlaceKind.DISPLAY)
    )


class DeskFacts(NamedTuple):
    """What the desk needs to know of a point and a title with each copy: its loan period, and whether somebody waits."""

    loan_days: int | None
    has_queue: bool


def desk_facts(point_id: int, entry_id: int) -> DeskFacts:
    """Return both with one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, [point_id, point_id, entry_id])
        return DeskFacts(*cursor.fetchone())


def queue_for(point_id: int, entry_id: int) -> list[Reservation]:
    """Return the open reservations of a title, locked, those that are ready first."""
    return list(open_reservations(point_id, entry_id).select_for_update())


def require_free(
    queue: Sequence[Reservation], held: Iterable[StockBalance], quantity: int, *, reader: str, reason: str
) -> str:
    """Make sure that ``quantity`` copies can go to ``reader`` without those that are put aside for others.

    The desk may decide otherwise with a reason, which is returned. Raise ``CopyReserved`` without one.
    """
    others = sum(r.state == ReservationState.READY and r.borrower_name != reader for r in queue)
    if not others or lendable(held) - others >= quantity:
        return ""
    if not reason.strip():
        raise CopyReserved(fields={"queue_reason": CopyReserved.default_message})
    return require_reason(reason, field="queue_reason")


def fulfil(queue: Sequence[Reservation], loan: Loan, *, actor: Actor, at: datetime) -> Reservation | None:
    """End the reservation of the reader who has got the loan, if there is one."""
    own = next((r for r in queue if r.borrower_name == loan.borrower_name), None)
    if own is not None:
        own.loan = loan
        move_on(own, "fulfil_reservation", actor=actor, at=at)
    return own


def settle_queue(
    queue: Sequence[Reservation], copies: int, *, actor: Actor, at: datetime
) -> list[Reservation]:
    """Put ``copies`` that could be lent aside for the first in the queue, and no more; return whose are newly ready."""
    open_ones = [r for r in queue if r.state in (ReservationState.READY, ReservationState.WAITING)]
    ready = [r for r in open_ones if r.state == ReservationState.READY]
    for last in reversed(ready[max(copies, 0) :]):
        move_on(last, "put_back", actor=actor, at=at)
    waiting = [r for r in open_ones if r.state == ReservationState.WAITING and r not in ready]
    served = waiting[: max(copies - len(ready), 0)]
    days = terms_of(served[0].point_id).hold_days if served else None
    for first in served:
        first.keep_until = local_date(at) + timedelta(days=days) if days else None
        move_on(first, "put_aside", actor=actor, at=at)
        publish(ReservationReady(first.pk, first.point_id))
    return served


def serve_queue(point_id: int, entry_id: int, *, actor: Actor, at: datetime) -> None:
    """Put copies aside for those who wait, after some came back or a place in the queue became free."""
    if desk_facts(point_id, entry_id).has_queue:
        copies = lendable(lock_holdings(point_id, entry_id))
        settle_queue(queue_for(point_id, entry_id), copies, actor=actor, at=at)


def move_on(row: Reservation, verb: str, *, actor: Actor, at: datetime, note: str = "") -> None:
    """Take a reservation one step along its way."""
    step = RESERVATION_FLOW.require(verb, actor=actor, subject=row, at=at)
    before = audit.snapshot(row, "state")
    row.state = step.target or row.state
    match row.state:
        case ReservationState.READY:
            row.ready_at = at
        case ReservationState.WAITING:
            row.ready_at = row.keep_until = None
        case _:
            row.ended_at = at
    row.save(update_fields=["state", "ready_at", "keep_until", "ended_at", "loan"])
    audit.record(
        actor=actor,
        at=at,
        verb=f"distribution.{verb}",
        subject=row,
        before=before,
        after=audit.snapshot(row, "state"),
        note=note,
    )
