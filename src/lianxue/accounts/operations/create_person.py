"""Registering a person."""

from datetime import datetime

from lianxue.accounts.errors import CitizenIdTaken, UsernameTaken
from lianxue.accounts.models import Person, normalise_citizen_id, normalise_phone
from lianxue.kernel import audit
from lianxue.kernel.acting import Accountable
from lianxue.kernel.clock import local_date
from lianxue.kernel.operation import operation
from lianxue.kernel.sealing import blind_index


@operation("accounts.create_person")
def create_person(
    *,
    actor: Accountable,
    at: datetime,
    username: str,
    full_name: str,
    password: str | None = None,
    email: str = "",
    phone: str = "",
    citizen_id: str = "",
    must_change_password: bool = False,
) -> Person:
    """Register a person; whether ``actor`` may do so is the calling feature's rule.

    Raise ``UsernameTaken``, ``CitizenIdTaken``, ``BadPhone`` or ``BadCitizenId``.
    """
    person = Person(
        username=username.strip(),
        full_name=full_name.strip(),
        email=email.strip(),
        must_change_password=must_change_password,
        created_at=at,
    )
    if phone:
        person.phone = normalise_phone(phone)
        person.phone_index = blind_index(person.phone)
    if citizen_id:
        person.citizen_id = normalise_citizen_id(citizen_id, today=local_date(at))
        person.citizen_id_index = blind_index(person.citizen_id)
    if Person.objects.filter(username=person.username).exists():
        raise UsernameTaken(fields={"username": UsernameTaken.default_message})
    if person.citizen_id_index and Person.objects.filter(citizen_id_index=person.citizen_id_index).exists():
        raise CitizenIdTaken(fields={"citizen_id": CitizenIdTaken.default_message})
    person.set_password(password)
    person.save()
    audit.record(
        actor=actor,
        at=at,
        verb="accounts.create_person",
        subject=person,
        after=audit.snapshot(person, "username", "full_name", "email", "phone", "citizen_id"),
    )
    return person
