"""What of messages waits for the office and for whoever runs the platform: what did not arrive."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.pages import HOME, HomeSource, Waiting
from lianxue.notices.queries.undelivered import undelivered
from lianxue.orgs.public import Actor, Role


def register_home() -> None:
    """Tell the home page what waits."""
    HOME.register("notices", HomeSource(waiting=waiting))


def waiting(actor: Actor, _at: datetime) -> Sequence[Waiting]:
    """Return one line while there are messages that did not arrive."""
    if actor.role != Role.SYSTEM_OPERATOR and not (actor.is_administrator and actor.tier == 1):
        return ()
    count = undelivered(actor).count()
    if not count:
        return ()
    url = reverse("notices:undelivered")
    return (Waiting(_("Messages that did not arrive"), url, count=count, action=_("Look at them")),)
