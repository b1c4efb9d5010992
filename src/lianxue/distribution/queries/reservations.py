"""Who waits for which title, and for whom a copy is put aside."""

from django.db.models import QuerySet

from lianxue.distribution.enums import ReservationState
from lianxue.distribution.models import Reservation
from lianxue.distribution.rules.lending import KEEPS_RECORD
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor

OPEN = (ReservationState.WAITING, ReservationState.READY)


def is_waited_for(point_id: int, entry_id: int) -> bool:
    """Tell whether a reader waits for a title of which no copy could be put aside yet."""
    return Reservation.objects.filter(
        point_id=point_id, entry_id=entry_id, state=ReservationState.WAITING
    ).exists()


def open_reservations(point_id: int, entry_id: int) -> QuerySet[Reservation]:
    """Return the queue for a title at a point, the first in front; those with a copy put aside before the others."""
    return Reservation.objects.filter(point_id=point_id, entry_id=entry_id, state__in=OPEN).order_by(
        "state", "reserved_at", "pk"
    )


def reservations_of(actor: Actor) -> QuerySet[Reservation]:
    """Return the reservations of the actor's own point, the newest first."""
    return visible(_reservations(), KEEPS_RECORD, actor).order_by("-reserved_at", "-pk")


def own_reservation(actor: Actor, reservation_id: int) -> Reservation:
    """Return one reservation of the actor's own point. Raise ``NotFound``."""
    return get_visible(_reservations(), KEEPS_RECORD, actor, pk=reservation_id)


def ready_at(point_id: int) -> QuerySet[Reservation]:
    """Return the reservations for which a copy lies ready at a point, those to be fetched first in front."""
    return (
        _reservations()
        .filter(point_id=point_id, state=ReservationState.READY)
        .order_by("keep_until", "reserved_at", "pk")
    )


def put_aside_for(point_id: int, loan_id: int) -> Reservation | None:
    """Return for whom a copy is put aside of the title that a loan was about: the one served last."""
    return ready_at(point_id).filter(entry__round_titles__loans=loan_id).order_by("-ready_at", "-pk").first()


def _reservations() -> QuerySet[Reservation]:
    return Reservation.objects.select_related("entry", "point", "recorded_by").defer(
        "entry__search_vector", "entry__description"
    )
