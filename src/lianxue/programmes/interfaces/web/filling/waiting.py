"""What waits for a unit on the home page: calls not begun, drafts, what was returned, scans that are missing."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.clock import local_date
from lianxue.kernel.pages import HOME, HomeSource, Waiting
from lianxue.orgs.public import Actor, Role
from lianxue.programmes.queries.waiting import waiting_stages

TITLES = {
    "returned": _("Mend what was returned: %(call)s"),
    "begin": _("Fill in: %(call)s"),
    "draft": _("Go on filling in: %(call)s"),
    "scan": _("Send the stamped scan: %(call)s"),
}


def register_filling_home() -> None:
    """Add what waits for units to the home page."""
    HOME.register("programmes.filling", HomeSource(waiting=waiting_filings))


def waiting_filings(actor: Actor, at: datetime) -> list[Waiting]:
    """Return what the actor's own unit has to do in open calls."""
    if actor.role != Role.TIER_ADMIN or actor.organisation_id is None:
        return []
    return list(_cards(actor, at))


def _cards(actor: Actor, at: datetime) -> Iterator[Waiting]:
    for one in waiting_stages(actor, local_date(at)):
        pages = {"begin": ("call", one.call.pk), "scan": ("send_scan", one.filing_id)}
        name, pk = pages.get(one.kind, ("fill", one.filing_id))
        yield Waiting(
            TITLES[one.kind] % {"call": one.call.title},
            reverse(f"programmes:{name}", args=[pk]),
            due_on=one.due_on,
            detail=one.stage.title,
        )
