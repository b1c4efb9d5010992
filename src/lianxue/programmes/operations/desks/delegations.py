"""Letting somebody of the own organisation decide in one's place, for a time."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.kernel import audit
from lianxue.kernel.days import local_date
from lianxue.kernel.errors import Invalid, NotAllowed, WrongState
from lianxue.kernel.operation import operation
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import Actor, Role, posts_held_in
from lianxue.programmes.models import Delegation

LONGEST_DAYS = 366


@operation("programmes.delegate", label=_("Let somebody decide in one's place"))
def delegate(
    *,
    actor: Actor,
    at: datetime,
    person: Person,
    starts_on: date,
    ends_on: date,
    reason: str,
    request_key: str | None = None,
) -> Delegation:
    """Let ``person``, who holds a post in the actor's organisation, give opinions there in the actor's place.

    Raise ``NotAllowed`` (only administrators pass on what they may do) or ``Invalid``.
    """
    if not actor.is_administrator or actor.organisation_id is None or actor.person_id is None:
        raise NotAllowed
    organisation = Organisation.objects.select_for_update().get(pk=actor.organisation_id)
    faults = {}
    if person.pk == actor.person_id:
        faults["person"] = _("Please choose somebody else.")
    elif not posts_held_in([organisation.pk], list(Role), local_date(at)).filter(person=person).exists():
        faults["person"] = _("This person holds no post in your organisation.")
    if ends_on < starts_on or (ends_on - starts_on).days > LONGEST_DAYS or ends_on < local_date(at):
        faults["ends_on"] = _("The last day must follow the first, lie ahead, and be within a year.")
    if not reason.strip():
        faults["reason"] = _("Please say why.")
    if faults:
        raise Invalid(fields=faults)
    row = Delegation.objects.create(
        organisation=organisation,
        principal_id=actor.person_id,
        delegate=person,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip()[:200],
        made_at=at,
    )
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.delegate",
        subject=row,
        after=audit.snapshot(row, "principal", "delegate", "starts_on", "ends_on", "reason"),
    )
    return row


@operation("programmes.end_delegation", label=_("End a delegation"))
def end_delegation(
    *, actor: Actor, at: datetime, delegation: Delegation, request_key: str | None = None
) -> Delegation:
    """End a delegation at once. Raise ``NotAllowed`` or ``WrongState``."""
    row = Delegation.objects.select_for_update().get(pk=delegation.pk)
    if row.principal_id != actor.person_id or row.organisation_id != actor.organisation_id:
        raise NotAllowed
    if row.ended_at is not None:
        raise WrongState
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.end_delegation",
        subject=row,
        after=audit.snapshot(row, "ended_at"),
    )
    return row
