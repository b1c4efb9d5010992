"""Registering somebody and appointing them in one go."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from lianxue.accounts.public import create_person
from lianxue.kernel.operation import operation
from lianxue.orgs.enums import Role
from lianxue.orgs.errors import NotDirectlyBelow
from lianxue.orgs.models import Actor, Organisation, Post
from lianxue.orgs.operations.appoint import appoint
from lianxue.orgs.rules import may_appoint


@operation("orgs.appoint_new_person", label=_("Register and appoint"))
def appoint_new_person(
    *,
    actor: Actor,
    at: datetime,
    organisation: Organisation,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    username: str,
    full_name: str,
    first_password: str,
    email: str = "",
    phone: str = "",
    citizen_id: str = "",
    request_key: str | None = None,  # read by the frame
) -> Post:
    """Register a person, who must change ``first_password`` at the first sign-in, and give them a post.

    Raise what ``create_person`` and ``appoint`` raise. The right to appoint is looked at first: a stranger learns
    nothing about account names.
    """
    if not may_appoint(actor, organisation, role):
        raise NotDirectlyBelow
    person = create_person(
        actor=actor,
        at=at,
        username=username,
        full_name=full_name,
        password=first_password,
        email=email,
        phone=phone,
        citizen_id=citizen_id,
        must_change_password=True,
    )
    return appoint(
        actor=actor,
        at=at,
        person=person,
        organisation=organisation,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
    )
