"""What the office sets for its network, and the reminders that follow from it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.events import CornersDue
from lianxue.distribution.models import DisplayCorner, OfficeTerms
from lianxue.distribution.queries.corner import due_before
from lianxue.distribution.rules.office_terms import SETS_TERMS
from lianxue.kernel import audit
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid, NotAllowed, Text
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.models import ChainNode
from lianxue.orgs.public import Actor, Chain, Organisation

MOST_DAYS = 3660


@operation("distribution.set_office_terms", label=_("Set the terms of the network"))
def set_office_terms(
    *,
    actor: Actor,
    at: datetime,
    office: Organisation,
    refresh_days: int | None,
    keep_names_days: int | None,
    request_key: str | None = None,
) -> OfficeTerms:
    """Set after how many days corners are due (S0-46) and borrowers' names go; None: the rule rests.

    Raise ``NotAllowed`` or ``Invalid``.
    """
    if not SETS_TERMS.holds(actor, office):
        raise NotAllowed
    days = {"refresh_days": refresh_days, "keep_names_days": keep_names_days}
    wrong: dict[str, Text] = {
        name: _("Please give a number of days from 1 to 3660, or leave it empty.")
        for name, number in days.items()
        if number is not None and not 1 <= number <= MOST_DAYS
    }
    if wrong:
        raise Invalid(fields=wrong)
    row, is_new = OfficeTerms.objects.select_for_update().get_or_create(office=office)
    before = None if is_new else audit.snapshot(row, "refresh_days", "keep_names_days")
    row.refresh_days, row.keep_names_days = refresh_days, keep_names_days
    row.save(update_fields=["refresh_days", "keep_names_days"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.set_office_terms",
        subject=row,
        before=before,
        after=audit.snapshot(row, "refresh_days", "keep_names_days"),
    )
    return row


@operation("distribution.remind_of_corners", label=_("Remind of display corners"))
def remind_of_corners(*, actor: Actor, at: datetime) -> int:
    """Tell of the corners that are due since today or earlier, each once until it has been arranged anew.

    Return how many. Only the platform itself does this, every night; raise ``NotAllowed``.
    """
    if not actor.is_platform:
        raise NotAllowed
    today, told = local_date(at), 0
    for terms in OfficeTerms.objects.filter(refresh_days__isnull=False).order_by("pk"):
        below = ChainNode.objects.filter(
            chain=Chain.DISTRIBUTION, path__contains=f"/{terms.office_id}/", organisation__is_active=True
        )
        due = DisplayCorner.objects.select_for_update().filter(
            due_before(today, terms.refresh_days or 0),
            reminded_on__isnull=True,
            point_id__in=below.values("organisation_id"),
        )
        points = dict(due.order_by("pk").values_list("pk", "point_id"))
        if points:
            DisplayCorner.objects.filter(pk__in=points).update(reminded_on=today)
            publish(CornersDue(point_ids=tuple(points.values()), at=at))
            told += len(points)
    return told
