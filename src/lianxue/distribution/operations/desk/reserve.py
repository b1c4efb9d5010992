"""Reserving a title at a point, and what ends a reservation."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ReservationState
from lianxue.distribution.errors import AlreadyReserved, NotEnoughCopies, RuleRests
from lianxue.distribution.models import Reservation
from lianxue.distribution.operations.checks import optional_phone, require_name
from lianxue.distribution.operations.desk.queue import move_on, queue_for, serve_queue
from lianxue.distribution.operations.ledger import lock_holdings
from lianxue.distribution.queries.terms import terms_of
from lianxue.distribution.rules.fulfilment import STAFFS_POINT
from lianxue.kernel import audit
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.public import PLATFORM, Actor, Organisation
from lianxue.resources.models import CatalogueEntry

PERIOD_MISSING = _(
    "Your point has not set for how many days a reserved copy is kept, so nothing can be reserved."
)
NEVER_CAME = _("No copy of this title has come to your point.")


@operation("distribution.reserve", label=_("Reserve a title"))
def reserve(
    *,
    actor: Actor,
    at: datetime,
    point: Organisation,
    entry: CatalogueEntry,
    borrower_name: str,
    borrower_phone: str = "",
    request_key: str | None = None,
) -> Reservation:
    """Put a reader into the queue for a title; when a copy is free it is put aside at once.

    Raise ``NotAllowed``, ``RuleRests`` when the point keeps no reserved copies, ``NotEnoughCopies`` for a title that
    never came, ``AlreadyReserved``, ``BadPhone`` or ``Invalid``.
    """
    if not STAFFS_POINT.holds(actor, point):
        raise NotAllowed
    name = require_name(borrower_name, field="borrower_name")
    phone = optional_phone(borrower_phone, field="borrower_phone")
    if not terms_of(point.pk).hold_days:
        raise RuleRests(PERIOD_MISSING)
    if not lock_holdings(point.pk, entry.pk):
        raise NotEnoughCopies(NEVER_CAME)
    if any(row.borrower_name == name for row in queue_for(point.pk, entry.pk)):
        raise AlreadyReserved(fields={"borrower_name": AlreadyReserved.default_message})
    row = Reservation.objects.create(
        point=point,
        entry=entry,
        borrower_name=name,
        borrower_phone=phone,
        reserved_at=at,
        recorded_by_id=actor.person_id,
    )
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.reserve",
        subject=row,
        after=audit.snapshot(row, "entry", "borrower_name", "borrower_phone"),
    )
    serve_queue(point.pk, entry.pk, actor=actor, at=at)
    row.refresh_from_db()
    return row


@operation("distribution.cancel_reservation", label=_("Call a reservation off"))
def cancel_reservation(
    *, actor: Actor, at: datetime, reservation: Reservation, request_key: str | None = None
) -> Reservation:
    """End a reservation that is no longer wanted; a copy that was put aside goes to the next in the queue.

    Raise ``WrongState`` or ``NotAllowed``.
    """
    row = _lock(reservation)
    move_on(row, "cancel_reservation", actor=actor, at=at)
    serve_queue(row.point_id, row.entry_id, actor=actor, at=at)
    return row


@operation("distribution.lapse_reservations", label=_("Copies not fetched go to the next reader"))
def lapse_reservations(*, actor: Actor, at: datetime) -> None:
    """End reservations whose copy was not fetched in time, and put copies that came in aside for those who wait.

    For the nightly task. Raise ``NotAllowed`` for everybody but the platform.
    """
    if not PLATFORM.holds(actor, None):
        raise NotAllowed
    today = local_date(at)
    late = Reservation.objects.filter(state=ReservationState.READY, keep_until__lt=today)
    for found in late.order_by("point_id", "entry_id", "pk"):
        row = _lock(found)
        if row.state == ReservationState.READY and row.keep_until and row.keep_until < today:
            move_on(row, "lapse_reservation", actor=actor, at=at)
    waiting = Reservation.objects.filter(state=ReservationState.WAITING).order_by("point_id", "entry_id")
    for point_id, entry_id in waiting.values_list("point_id", "entry_id").distinct():
        lock_holdings(point_id, entry_id)
        serve_queue(point_id, entry_id, actor=actor, at=at)


def _lock(reservation: Reservation) -> Reservation:
    """Lock the queue in which a reservation stands, and return it as it is now."""
    lock_holdings(reservation.point_id, reservation.entry_id)
    return Reservation.objects.select_for_update(of=("self",)).select_related("entry").get(pk=reservation.pk)
