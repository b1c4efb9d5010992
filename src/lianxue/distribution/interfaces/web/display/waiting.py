"""What waits at a point's display corner."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.models import DisplayCorner
from lianxue.distribution.queries.corner import due_on, refresh_days, to_put_on_display
from lianxue.distribution.queries.standing import supervises
from lianxue.kernel.clock import local_date
from lianxue.kernel.kept import kept
from lianxue.kernel.pages import Waiting
from lianxue.orgs.public import Actor, Role

_TO_PUT_ON_DISPLAY = kept(to_put_on_display)


def waiting_display(actor: Actor, at: datetime) -> list[Waiting]:
    """Return what the staff of a point has to do at its corner."""
    at_point = actor.role in (Role.TIER_ADMIN, Role.DESK_CLERK) and actor.tier is not None
    if not at_point or supervises(actor):
        return []
    return [*_bare(actor.organisation_id or 0), *_due(actor, local_date(at))]


def _bare(point_id: int) -> Iterator[Waiting]:
    """S0-29: a copy of each title stands in the corner; after a real loss one must be put there by hand."""
    count = _TO_PUT_ON_DISPLAY.count(point_id=point_id)
    if count:
        yield Waiting(_("Put copies on display again"), reverse("distribution:corner-own"), count)


def _due(actor: Actor, today: date) -> Iterator[Waiting]:
    """S0-46: the corner is arranged anew from time to time; how often is the office's to say."""
    days = refresh_days(actor.path)
    corner = DisplayCorner.objects.filter(point_id=actor.organisation_id or 0).first() if days else None
    if corner is None or days is None:
        return
    due = due_on(corner, days)
    if due is None or due <= today:
        yield Waiting(
            _("Arrange the display corner anew"), reverse("distribution:corner-own"), due_on=due or today
        )
