"""Links to online titles: handed out for some days, withdrawn, opened by anybody who has one (S0-05)."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.errors import AccessEnded
from lianxue.distribution.models import OnlineAccess, OnlineLink
from lianxue.distribution.queries.online import is_open, works
from lianxue.distribution.rules.online import HANDS_OUT, KEEPS_LINK
from lianxue.kernel import audit
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid, NotAllowed, WrongState
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

MOST_DAYS = 3660
NAME_LENGTH = 60

_COUNT = """
INSERT INTO distribution_onlineuse (link_id, "on", times) VALUES (%s, %s, 1)
ON CONFLICT (link_id, "on") DO UPDATE SET times = distribution_onlineuse.times + 1
"""


@operation("distribution.make_link", label=_("Hand out a link to an online title"))
def make_link(
    *,
    actor: Actor,
    at: datetime,
    access: OnlineAccess,
    days: int,
    handed_to: str = "",
    request_key: str | None = None,
) -> OnlineLink:
    """Make a link that works for so many days, for everybody or for somebody. Raise ``NotAllowed``, ``AccessEnded``, ``Invalid``."""
    row = OnlineAccess.objects.select_for_update(of=("self",)).select_related("entry").get(pk=access.pk)
    if not HANDS_OUT.holds(actor, row):
        raise NotAllowed
    if not is_open(row):
        raise AccessEnded
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(fields={"days": _("Please give a number of days from 1 to 3660.")})
    if len(handed_to.strip()) > NAME_LENGTH:
        raise Invalid(fields={"handed_to": _("Please keep this under 60 characters.")})
    link = OnlineLink.objects.create(
        access=row,
        handed_to=handed_to.strip(),
        made_at=at,
        made_by_id=actor.person_id,
        expires_at=at + timedelta(days=days),
    )
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.make_link",
        subject=link,
        after=audit.snapshot(link, "access", "expires_at"),
    )
    return link


@operation("distribution.withdraw_link", label=_("Withdraw a link to an online title"))
def withdraw_link(
    *, actor: Actor, at: datetime, link: OnlineLink, request_key: str | None = None
) -> OnlineLink:
    """Withdraw a link at once. Raise ``NotAllowed``, or ``WrongState`` when it was withdrawn already."""
    row = OnlineLink.objects.select_for_update(of=("self",)).select_related("access").get(pk=link.pk)
    if row.revoked_at is not None:
        raise WrongState
    if not KEEPS_LINK.holds(actor, row):
        raise NotAllowed
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.withdraw_link",
        subject=row,
        before={"revoked_at": None},
        after=audit.snapshot(row, "revoked_at"),
    )
    return row


@operation("distribution.open_link", label=_("Open an online title"))
def open_link(*, actor: Actor, at: datetime, link: OnlineLink) -> str:  # anybody who has it may
    """Count that a link was opened today and return the address of its title; "" when it no longer works.

    Nothing is kept of who opened it, the audit trail included.
    """
    row = OnlineLink.objects.select_related("access__entry").get(pk=link.pk)
    if not works(row, at):
        return ""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [row.pk, local_date(at)])
    return row.access.entry.online_url
