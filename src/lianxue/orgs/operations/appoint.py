"""Appointing a person to a post: authority goes down one step at a time (S1-40, S0-13)."""

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.kernel import audit
from lianxue.kernel.operation import operation
from lianxue.orgs.enums import Role
from lianxue.orgs.errors import BadTerm, NotDirectlyBelow, OwnAppointment, PostHeld, RoleDoesNotFit
from lianxue.orgs.models import Actor, Organisation, Post
from lianxue.orgs.rules import fits, may_appoint


@operation("orgs.appoint", label=_("Appoint"))
def appoint(
    *,
    actor: Actor,
    at: datetime,
    person: Person,
    organisation: Organisation,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    request_key: str | None = None,  # read by the frame
) -> Post:
    """Give ``person`` a post. Raise ``NotDirectlyBelow``, ``OwnAppointment``, ``RoleDoesNotFit``, ``BadTerm`` or
    ``PostHeld`` (the same post in a term that overlaps)."""
    Person.objects.select_for_update().get(pk=person.pk)
    if not may_appoint(actor, organisation, role):
        raise NotDirectlyBelow
    if actor.person_id == person.pk:
        raise OwnAppointment
    if not fits(role, organisation):
        raise RoleDoesNotFit(fields={"role": RoleDoesNotFit.default_message})
    if ends_on is not None and ends_on < starts_on:
        raise BadTerm(fields={"ends_on": BadTerm.default_message})
    if _overlaps(person, organisation, role, starts_on, ends_on):
        raise PostHeld
    post = Post.objects.create(
        person=person,
        organisation=organisation,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        appointed_by_id=actor.person_id,
    )
    audit.record(
        actor=actor,
        at=at,
        verb="orgs.appoint",
        subject=post,
        after=audit.snapshot(post, "person", "organisation", "role", "starts_on", "ends_on"),
    )
    return post


def _overlaps(
    person: Person, organisation: Organisation, role: Role, starts_on: date, ends_on: date | None
) -> bool:
    held = Post.objects.filter(person=person, organisation=organisation, role=role, ended_at__isnull=True)
    held = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    return (held if ends_on is None else held.filter(starts_on__lte=ends_on)).exists()
