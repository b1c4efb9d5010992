"""Changing how a person can be reached."""

from datetime import datetime

from lianxue.accounts.models import Person, normalise_phone
from lianxue.kernel import audit
from lianxue.kernel.acting import Accountable
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation
from lianxue.kernel.sealing import blind_index


@operation("accounts.change_contact")
def change_contact(*, actor: Accountable, at: datetime, person: Person, email: str, phone: str) -> Person:
    """Change one's own e-mail address and telephone number (empty means none). Raise ``BadPhone``."""
    row = Person.objects.select_for_update().get(pk=person.pk)
    if actor.person_id != row.pk:
        raise NotAllowed
    before = audit.snapshot(row, "email", "phone_index")
    row.email = email.strip()
    row.phone = normalise_phone(phone) if phone.strip() else ""
    row.phone_index = blind_index(row.phone) if row.phone else ""
    row.save(update_fields=["email", "phone", "phone_index"])
    audit.record(
        actor=actor,
        at=at,
        verb="accounts.change_contact",
        subject=row,
        before={"email": before["email"]},
        after={"email": row.email},
        note="" if row.phone_index == before["phone_index"] else "telephone changed",
    )
    return row
