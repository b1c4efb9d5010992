"""Changing how a person can be reached."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person, normalise_phone
from lianxue.accounts.operations.create_person import normal_email
from lianxue.kernel import audit
from lianxue.kernel.acting import Accountable
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation
from lianxue.kernel.sealing import blind_index

_CONTACT = ("email", "phone")


@operation("accounts.change_contact", label=_("Change one's contact data"))
def change_contact(
    *, actor: Accountable, at: datetime, person: Person, email: str, phone: str | None = None
) -> Person:
    """Change one's own e-mail address and telephone number (empty: none; phone None: as it was).

    Raise ``BadEmail`` or ``BadPhone``.
    """
    row = Person.objects.select_for_update().get(pk=person.pk)
    if actor.person_id != row.pk:
        raise NotAllowed
    before = audit.snapshot(row, *_CONTACT)
    row.email = normal_email(email)
    if phone is not None:
        row.phone = normalise_phone(phone) if phone.strip() else ""
        row.phone_index = blind_index(row.phone) if row.phone else ""
    row.save(update_fields=["email", "phone", "phone_index"])
    audit.record(
        actor=actor,
        at=at,
        verb="accounts.change_contact",
        subject=row,
        before=before,
        after=audit.snapshot(row, *_CONTACT),
    )
    return row
