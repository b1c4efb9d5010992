"""A point takes away a wish that was left at its door by mistake or as a joke."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.models import Need, PointDoor
from lianxue.distribution.rules.demand import KEEPS_NEED
from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed, NotFound
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.remove_need", label=_("Take a wish away"))
def remove_need(*, actor: Actor, at: datetime, need: Need) -> None:
    """Take a wish away for good. Raise ``NotFound`` or ``NotAllowed``."""
    row = (
        Need.objects.select_for_update(of=("self",)).select_related("title__entry").filter(pk=need.pk).first()
    )
    if row is None:
        raise NotFound
    if not KEEPS_NEED.holds(actor, row):
        raise NotAllowed
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.remove_need",
        subject=PointDoor.objects.get(point_id=row.point_id),
        before={"round": row.round_id, "title": row.title_id, "quantity": row.quantity, "note": row.note},
        after={},
    )
    row.delete()
