"""Passwords: one's own, and a new first one for somebody who has forgotten theirs."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.accounts.errors import WeakPassword
from lianxue.accounts.models import Person
from lianxue.accounts.rules import password_faults
from lianxue.kernel import audit
from lianxue.kernel.acting import Accountable
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation


@operation("accounts.change_password", label=_("Change one's password"))
def change_password(*, actor: Accountable, at: datetime, person: Person, password: str) -> Person:
    """Give oneself a new password; it must not be the present one. Raise ``WeakPassword``."""
    row = Person.objects.select_for_update().get(pk=person.pk)
    if actor.person_id != row.pk:
        raise NotAllowed
    _require_strength(password, row)
    _set(row, password, must_change=False)
    audit.record(actor=actor, at=at, verb="accounts.change_password", subject=row)
    return row


@operation("accounts.renew_password", label=_("Give somebody a new first password"))
def renew_password(*, actor: Accountable, at: datetime, person: Person, password: str) -> Person:
    """Give ``person`` a first password that must be changed at the next sign-in.

    Whether ``actor`` may do so is the calling feature's rule. All sessions of ``person`` end.
    """
    row = Person.objects.select_for_update().get(pk=person.pk)
    _set(row, password, must_change=True)
    audit.record(actor=actor, at=at, verb="accounts.renew_password", subject=row)
    return row


def _require_strength(password: str, person: Person) -> None:
    faults = password_faults(password, person)
    if faults:
        message = " ".join(faults)
        raise WeakPassword(message, fields={"password1": message})


def _set(person: Person, password: str, *, must_change: bool) -> None:
    person.set_password(password)
    person.must_change_password = must_change
    person.save(update_fields=["password", "must_change_password"])
