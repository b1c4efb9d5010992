"""The display corner: set up, arranged anew (S0-46, S0-54, S0-55)."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.errors import CornerMissing
from lianxue.distribution.models import DisplayCorner
from lianxue.distribution.operations.checks import past_day
from lianxue.distribution.rules.fulfilment import STAFFS_POINT
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation

LOCATION_LENGTH = 200


@operation("distribution.set_up_corner", label=_("Set up the display corner"))
def set_up_corner(
    *,
    actor: Actor,
    at: datetime,
    point: Organisation,
    location: str,
    sign_posted_on: date | None = None,
    request_key: str | None = None,
) -> DisplayCorner:
    """Say where the point's display corner is and since when its sign hangs there; may be said again.

    Raise ``NotAllowed`` or ``Invalid``.
    """
    require_staff(actor, point)
    if not location.strip() or len(location.strip()) > LOCATION_LENGTH:
        raise Invalid(fields={"location": _("Please say where the corner is, in at most 200 characters.")})
    if sign_posted_on is not None:
        past_day(sign_posted_on, at, field="sign_posted_on")
    corner, is_new = DisplayCorner.objects.select_for_update().get_or_create(
        point=point, defaults={"location": location.strip()}
    )
    before = None if is_new else audit.snapshot(corner, "location", "sign_posted_on")
    corner.location, corner.sign_posted_on = location.strip(), sign_posted_on
    corner.save(update_fields=["location", "sign_posted_on"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.set_up_corner",
        subject=corner,
        before=before,
        after=audit.snapshot(corner, "location", "sign_posted_on"),
    )
    return corner


@operation("distribution.refresh_corner", label=_("Arrange the display corner anew"))
def refresh_corner(
    *,
    actor: Actor,
    at: datetime,
    point: Organisation,
    refreshed_on: date | None = None,
    request_key: str | None = None,
) -> DisplayCorner:
    """Write down that the corner was arranged anew (S0-46), today or on an earlier day.

    Raise ``NotAllowed``, ``CornerMissing`` or ``Invalid``.
    """
    require_staff(actor, point)
    day = past_day(refreshed_on, at, field="refreshed_on")
    corner = lock_corner(point)
    before = audit.snapshot(corner, "refreshed_on")
    corner.refreshed_on, corner.reminded_on = max(day, corner.refreshed_on or day), None
    corner.save(update_fields=["refreshed_on", "reminded_on"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.refresh_corner",
        subject=corner,
        before=before,
        after=audit.snapshot(corner, "refreshed_on"),
    )
    return corner


def require_staff(actor: Actor, point: Organisation) -> None:
    """Raise ``NotAllowed`` unless ``actor`` works at the point."""
    if not STAFFS_POINT.holds(actor, point):
        raise NotAllowed


def lock_corner(point: Organisation) -> DisplayCorner:
    """Return the corner of a point under its lock. Raise ``CornerMissing``."""
    corner = DisplayCorner.objects.select_for_update(of=("self",)).filter(point=point).first()
    if corner is None:
        raise CornerMissing
    return corner
