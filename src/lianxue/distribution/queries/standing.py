"""Where an actor stands: with points beneath, or at a point."""

from lianxue.distribution.enums import RoundKind
from lianxue.distribution.models import Round
from lianxue.orgs.public import Actor, Role


def supervises(actor: Actor) -> bool:
    """Tell whether the actor administers an organisation that has others beneath it in the distribution chain."""
    return actor.role == Role.TIER_ADMIN and actor.has_below


def newest_allocated_round(actor: Actor) -> Round | None:
    """Return the newest round whose copies were sent out in the actor's part of the network, or None."""
    offices = [int(part) for part in actor.path.split("/") if part]
    return (
        Round.objects.filter(office_id__in=offices, kind=RoundKind.DEMAND, allocated_at__isnull=False)
        .order_by("-allocated_at")
        .first()
    )
