"""Tables of accounts."""

from lianxue.accounts.models.identifiers import (
    citizen_id_fault,
    normalise_citizen_id,
    normalise_phone,
)
from lianxue.accounts.models.person import Person, PersonRows
from lianxue.accounts.models.person_acting import PersonActing
from lianxue.accounts.models.sign_in_lock import SignInLock

__all__ = [
    "Person",
    "PersonActing",
    "PersonRows",
    "SignInLock",
    "citizen_id_fault",
    "normalise_citizen_id",
    "normalise_phone",
]
