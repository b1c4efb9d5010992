"""Showing sealed personal data in full, once, to someone who gave a reason."""

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.kernel import audit
from lianxue.kernel.days import local_date
from lianxue.kernel.errors import Invalid, NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.models import Actor
from lianxue.orgs.queries import people_in_charge

PersonalField = Literal["phone", "citizen_id"]


@operation("orgs.reveal_personal_data", label=_("See personal data in full"))
def reveal_personal_data(
    *, actor: Actor, at: datetime, person: Person, field: PersonalField, reason: str
) -> str:
    """Return the telephone or identity number of ``person`` in full, and write down who looked and why.

    Oneself may; so may the administrator of an organisation in or above which the person holds a post.
    Raise ``NotAllowed``, or ``Invalid`` without a reason.
    """
    if actor.person_id != person.pk:
        if not people_in_charge(local_date(at)).holds(actor, person):
            raise NotAllowed
        if not reason.strip():
            raise Invalid(fields={"reason": _("Please say why you need to see it. It is written down.")})
    audit.record(
        actor=actor,
        at=at,
        verb="orgs.reveal_personal_data",
        subject=person,
        after={"field": field},
        note=reason.strip(),
    )
    return str(getattr(person, field))
