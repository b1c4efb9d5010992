"""What did not arrive."""

from django.db.models import QuerySet

from lianxue.kernel.rules import visible
from lianxue.notices.enums import DeliveryState
from lianxue.notices.models import Delivery
from lianxue.notices.rules import SEES_UNDELIVERED
from lianxue.orgs.public import Actor


def undelivered(actor: Actor, *, channel: str = "", reason: str = "") -> QuerySet[Delivery]:
    """Return the deliveries that failed, newest first, for those who may see them."""
    rows = visible(Delivery.objects.filter(state=DeliveryState.FAILED), SEES_UNDELIVERED, actor)
    if channel:
        rows = rows.filter(channel=channel)
    if reason:
        rows = rows.filter(reason=reason)
    return rows.select_related("message", "person", "robot__organisation").order_by("-id")
