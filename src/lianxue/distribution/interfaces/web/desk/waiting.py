"""What waits at the desk of a point."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.interfaces.web.desk.standing import RETURN, desk_url
from lianxue.distribution.queries.lending import loans_out, overdue
from lianxue.distribution.queries.reservations import ready_at
from lianxue.distribution.queries.standing import supervises
from lianxue.kernel.clock import local_date
from lianxue.kernel.kept import Figures, kept_figures
from lianxue.kernel.pages import Waiting
from lianxue.orgs.public import Actor, Role


def waiting_desk(actor: Actor, at: datetime) -> list[Waiting]:
    """Return overdue loans and copies that readers have not fetched yet."""
    at_point = actor.role in (Role.TIER_ADMIN, Role.DESK_CLERK) and actor.tier is not None
    if not at_point or supervises(actor):
        return []
    return list(_at_desk(actor.organisation_id or 0, local_date(at)))


@kept_figures
def _late(point_id: int, today: date) -> Figures:
    rows = loans_out(point_id).filter(overdue(today)).order_by()
    return rows, {"count": Count("pk"), "first": Min("due_on")}


@kept_figures
def _ready(point_id: int) -> Figures:
    return ready_at(point_id).order_by(), {"count": Count("pk"), "first": Min("keep_until")}


def _at_desk(point_id: int, today: date) -> Iterator[Waiting]:
    late = _late(point_id=point_id, today=today)
    if late["count"]:
        yield Waiting(_("Loans are overdue"), desk_url(RETURN), late["count"], late["first"])
    ready = _ready(point_id=point_id)
    if ready["count"]:
        yield Waiting(
            _("Copies put aside for readers"),
            reverse("distribution:reservations"),
            ready["count"],
            ready["first"],
        )
