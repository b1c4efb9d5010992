"""Links by which people without an account read the dossier of a unit, for a time."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from lianxue.kernel.operation import operation
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import Actor
from lianxue.programmes.models import Call, DossierLink
from lianxue.programmes.rules.archive import SEES_LINK, may_read_dossier

MOST_DAYS, NAME_LENGTH = 90, 60


@dataclass(frozen=True)
class MadeLink:
    """A link with its token, which is shown once and not kept."""

    link: DossierLink
    token: str


@operation("programmes.make_dossier_link", label=_("Hand out a link to a dossier"))
def make_dossier_link(
    *, actor: Actor, at: datetime, call: Call, unit: Organisation, handed_to: str, days: int
) -> MadeLink:
    """Make a link that works for so many days. Raise ``NotFound`` (nothing to read for the actor), ``NotAllowed`` or ``Invalid``."""
    row = Call.objects.select_for_update(of=("self",)).select_related("revision").get(pk=call.pk)
    if not may_read_dossier(actor, row, unit):
        raise NotFound
    if not actor.is_administrator:
        raise NotAllowed
    faults = {}
    if not handed_to.strip() or len(handed_to.strip()) > NAME_LENGTH:
        faults["handed_to"] = _("Please say for whom it is, in at most 60 characters.")
    if not 1 <= days <= MOST_DAYS:
        faults["days"] = _("Please give a number of days from 1 to 90.")
    if faults:
        raise Invalid(fields=faults)
    token = secrets.token_urlsafe(24)
    link = DossierLink.objects.create(
        call=row,
        unit=unit,
        digest=token_digest(token),
        handed_to=handed_to.strip(),
        made_by_id=actor.person_id,
        organisation_id=actor.organisation_id or 0,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.make_dossier_link",
        subject=link,
        after=audit.snapshot(link, "call", "unit", "handed_to", "expires_at"),
    )
    return MadeLink(link, token)


@operation("programmes.withdraw_dossier_link", label=_("Withdraw a link to a dossier"))
def withdraw_dossier_link(
    *, actor: Actor, at: datetime, link: DossierLink, request_key: str | None = None
) -> DossierLink:
    """Withdraw a link at once. Raise ``NotAllowed`` or ``WrongState``."""
    row = DossierLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if not SEES_LINK.holds(actor, row):
        raise NotAllowed
    if row.withdrawn_at is not None:
        raise WrongState
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.withdraw_dossier_link",
        subject=row,
        after=audit.snapshot(row, "withdrawn_at"),
    )
    return row


@operation("programmes.open_dossier", label=_("Open a dossier by its link"))
def open_dossier(*, actor: Actor, at: datetime, token: str) -> DossierLink:
    """Return the link that ``token`` opens and count the opening. Raise ``NotFound`` when it is unknown, over or withdrawn."""
    row = (
        DossierLink.objects.select_related("call__revision", "call__office", "unit")
        .filter(digest=token_digest(token))
        .first()
    )
    if row is None or row.withdrawn_at is not None or row.expires_at <= at:
        raise NotFound
    DossierLink.objects.filter(pk=row.pk).update(times_opened=F("times_opened") + 1)
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.open_dossier",
        subject=row,
        after={"opened": row.times_opened + 1},
    )
    return row


def token_digest(token: str) -> str:
    """Return what is kept of a token: 192 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
