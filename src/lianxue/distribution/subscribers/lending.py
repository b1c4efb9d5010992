"""What follows at the desk by itself: overdue loans and copies put aside are told to the people of the point."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lianxue.distribution.events import LoansOverdue, ReservationReady
from lianxue.distribution.models import Reservation
from lianxue.kernel import clock
from lianxue.kernel.events import subscribe
from lianxue.notices.public import notify, register_kind
from lianxue.orgs.public import Role

LENDING = "distribution.lending"
POINT_STAFF = (Role.TIER_ADMIN, Role.DESK_CLERK)


def connect_lending() -> None:
    """Register the kind of messages and listen."""
    register_kind(
        LENDING,
        gettext_lazy("Lending"),
        gettext_lazy("When loans are overdue, and when a copy is put aside for a reader."),
    )
    subscribe(LoansOverdue, _tell_of_overdue)
    subscribe(ReservationReady, _tell_of_ready)


def _tell_of_overdue(event: LoansOverdue) -> None:
    count = len(event.loan_ids)
    now = clock.now()
    notify(
        at=now,
        kind=LENDING,
        title=lambda: (
            ngettext("%(count)d loan is overdue", "%(count)d loans are overdue", count) % {"count": count}
        ),
        url=reverse("distribution:register-loans") + "?state=overdue",
        once_key=f"overdue:{event.point_id}:{clock.local_date(now)}",
        organisation_ids=[event.point_id],
        roles=POINT_STAFF,
    )


def _tell_of_ready(event: ReservationReady) -> None:
    # The message stays when names go, so it names the title and not the reader.
    title = Reservation.objects.select_related("entry").get(pk=event.reservation_id).entry.title
    now = clock.now()
    notify(
        at=now,
        kind=LENDING,
        title=lambda: _("A copy is put aside for a reader: %(title)s") % {"title": title},
        url=reverse("distribution:reservations"),
        once_key=f"reservation:{event.reservation_id}:{now:%Y%m%d%H%M%S%f}",
        organisation_ids=[event.point_id],
        roles=POINT_STAFF,
    )
