"""Signing in and out: attempts are counted before the password is looked at, and everything is written down.

The session itself is made by the sign-in pages; these are what must happen around it.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lianxue.accounts.errors import AccountLocked, WrongCredentials
from lianxue.accounts.models import Person, SignInLock
from lianxue.accounts.rules import ATTEMPTS_BEFORE_LOCK, LOCKED_FOR
from lianxue.kernel import audit
from lianxue.kernel.acting import Accountable
from lianxue.kernel.errors import Refused
from lianxue.kernel.operation import operation
from lianxue.kernel.sealing import blind_index

SIGN_IN = "accounts.sign_in"


@operation("accounts.attempt_sign_in", label=_("Try to sign in"))
def attempt_sign_in(*, actor: Accountable, at: datetime, username: str) -> None:
    """Count an attempt to sign in as ``username``, before the password is checked. Raise ``AccountLocked``.

    Counting first means that attempts sent at the same time cannot overtake the lock. Names that do not exist are
    counted alike, so that the lock tells nobody which do.
    """
    lock, _new = SignInLock.objects.select_for_update().get_or_create(
        name_index=_name_index(username), defaults={"last_at": at}
    )
    if lock.locked_until is not None and lock.locked_until > at:
        minutes = int((lock.locked_until - at).total_seconds() // 60) + 1
        raise AccountLocked(
            ngettext_lazy(
                "Too many wrong attempts. This account name is locked for %(minutes)d more minute.",
                "Too many wrong attempts. This account name is locked for %(minutes)d more minutes.",
                minutes,
            )
            % {"minutes": minutes}
        )
    if lock.locked_until is not None or at - lock.last_at > LOCKED_FOR:
        lock.attempts, lock.locked_until = 0, None
    lock.attempts, lock.last_at = lock.attempts + 1, at
    if lock.attempts >= ATTEMPTS_BEFORE_LOCK:
        lock.locked_until = at + LOCKED_FOR
    lock.save()


@operation(SIGN_IN, label=_("Sign in"))
def record_sign_in(*, actor: Accountable, at: datetime, person: Person) -> None:
    """Write down that ``person`` has signed in, and forget the attempts before."""
    SignInLock.objects.filter(name_index=_name_index(person.username)).delete()
    audit.record(actor=actor, at=at, verb=SIGN_IN, subject=person)


def record_failed_sign_in(
    *, actor: Accountable, at: datetime, username: str, refusal: Refused | None = None
) -> None:
    """Write down that somebody could not sign in as ``username``; a name that does not exist is not kept."""
    person = Person.objects.filter(username=username).first()
    audit.record_refusal(
        actor=actor, at=at, verb=SIGN_IN, subject=person, refusal=refusal or WrongCredentials()
    )


@operation("accounts.sign_out", label=_("Sign out"))
def record_sign_out(*, actor: Accountable, at: datetime, person: Person) -> None:
    """Write down that ``person`` has signed out."""
    audit.record(actor=actor, at=at, verb="accounts.sign_out", subject=person)


def forget_attempts(*, before: datetime) -> None:
    """Forget attempts to sign in that were made before a moment after which they no longer count."""
    SignInLock.objects.filter(last_at__lt=before).delete()


def _name_index(username: str) -> str:
    return blind_index(username, purpose="sign-in")
