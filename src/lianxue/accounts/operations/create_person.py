"""Registering a person."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.errors import BadEmail, BadUsername, CitizenIdTaken, NoName, UsernameTaken
from lianxue.accounts.models import Person, normalise_citizen_id, normalise_phone
from lianxue.accounts.rules import is_username
from lianxue.kernel import audit
from lianxue.kernel.acting import Accountable
from lianxue.kernel.days import local_date
from lianxue.kernel.operation import operation
from lianxue.kernel.sealing import blind_index


@operation("accounts.create_person", label=_("Register a person"))
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

    Raise ``BadUsername``, ``NoName``, ``UsernameTaken``, ``CitizenIdTaken``, ``BadEmail``, ``BadPhone`` or
    ``BadCitizenId``.
    """
    if not is_username(username):
        raise BadUsername(fields={"username": BadUsername.default_message})
    if not full_name.strip():
        raise NoName(fields={"full_name": NoName.default_message})
    person = Person(
        username=username,
        full_name=full_name.strip(),
        email=normal_email(email),
        must_change_password=must_change_password,
        created_at=at,
    )
    if phone.strip():
        person.phone = normalise_phone(phone)
        person.phone_index = blind_index(person.phone)
    if citizen_id.strip():
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


def normal_email(text: str) -> str:
    """Return an e-mail address without blanks around it, or the empty string; raise ``BadEmail``."""
    email = text.strip()
    if email:
        try:
            validate_email(email)
        except ValidationError as fault:
            raise BadEmail(fields={"email": BadEmail.default_message}) from fault
    return email
