"""Showing sealed personal data in full, once, to someone who gave a reason."""

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.models import Actor, Organisation, Post
from lianxue.orgs.rules import own_or_below


@operation("orgs.reveal_personal_data")
def reveal_personal_data(
    *, actor: Actor, at: datetime, person: Person, field: Literal["phone", "citizen_id"], reason: str
) -> str:
    """Return the telephone or identity number of ``person`` in full, and write down who looked and why.

    Oneself may; so may the administrator of an organisation in or above which the person holds a post.
    Raise ``NotAllowed``, or ``Invalid`` without a reason.
    """
    if actor.person_id != person.pk and not _administers(actor, person):
        raise NotAllowed
    if actor.person_id != person.pk and not reason.strip():
        raise Invalid(fields={"reason": _("Please say why you need to see it. It is written down.")})
    audit.record(
        actor=actor,
        at=at,
        verb="orgs.reveal_personal_data",
        subject=person,
        note=f"{field}: {reason.strip()}",
    )
    return str(getattr(person, field))


def _administers(actor: Actor, person: Person) -> bool:
    if not actor.is_administrator:
        return False
    held = Post.objects.filter(person=person).values("organisation_id")
    return Organisation.objects.filter(own_or_below("").rows(actor), pk__in=held).exists()
