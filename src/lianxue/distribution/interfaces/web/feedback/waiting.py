"""What readers said waits for the point to look at it."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.queries.feedback import waiting_feedback
from lianxue.distribution.queries.standing import supervises
from lianxue.kernel.pages import Waiting
from lianxue.orgs.public import Actor, Role


def waiting_feedback_of_point(actor: Actor, _at: datetime) -> list[Waiting]:
    """Return what readers of the own point said and nobody has looked at."""
    if actor.role != Role.TIER_ADMIN or actor.tier is None or supervises(actor):
        return []
    count = waiting_feedback(actor).count()
    url = reverse("distribution:feedback") + "?state=waiting"
    return [Waiting(_("Look at what readers said"), url, count)] if count else []
