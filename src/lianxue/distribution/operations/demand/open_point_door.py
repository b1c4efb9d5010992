"""A point gets its public page."""

import secrets
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.errors import NotAPoint
from lianxue.distribution.models import PointDoor
from lianxue.distribution.rules.demand import OPENS_DOOR
from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation, children_of, superior_of

TOKEN_BYTES = 9  # 12 characters: short enough to type, too many to guess


@operation("distribution.open_point_door", label=_("Open the public page of a point"))
def open_point_door(*, actor: Actor, at: datetime, point: Organisation) -> PointDoor:
    """Return the public door of a point, made on first use. Raise ``NotAllowed`` or ``NotAPoint``."""
    if not (actor.is_platform or OPENS_DOOR.holds(actor, point)):
        raise NotAllowed
    # The QR code hangs on walls: two people at once must not print two different ones.
    row = Organisation.objects.select_for_update(no_key=True).get(pk=point.pk)
    if superior_of(row.pk) is None or children_of(row.pk).exists():
        raise NotAPoint
    door = PointDoor.objects.filter(point=row).first()
    if door is None:
        door = PointDoor.objects.create(point=row, token=secrets.token_urlsafe(TOKEN_BYTES))
        audit.record(actor=actor, at=at, verb="distribution.open_point_door", subject=door)
    return door
