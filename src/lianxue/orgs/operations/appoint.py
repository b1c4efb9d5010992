"""Appointing a person to a post: authority goes down one step at a time (S1-40, S0-13)."""

from datetime import date, datetime

from lianxue.accounts.models import Person
from lianxue.kernel import audit
from lianxue.kernel.operation import operation
from lianxue.orgs.enums import Role
from lianxue.orgs.errors import BadTerm, NotDirectlyBelow, PostHeld
from lianxue.orgs.models import Actor, Organisation, Post
from lianxue.orgs.rules import may_appoint


@operation("orgs.appoint")
def appoint(
    *,
    actor: Actor,
    at: datetime,
    person: Person,
    organisation: Organisation,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    request_key: str | None = None,
) -> Post:
    """Give ``person`` a post. Raise ``NotDirectlyBelow``, ``BadTerm`` or ``PostHeld``."""
    if not may_appoint(actor, organisation, role):
        raise NotDirectlyBelow
    if ends_on is not None and ends_on < starts_on:
        raise BadTerm(fields={"ends_on": BadTerm.default_message})
    Person.objects.select_for_update().get(pk=person.pk)
    if Post.objects.filter(person=person, organisation=organisation, role=role, ends_on__isnull=True).exists():
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
