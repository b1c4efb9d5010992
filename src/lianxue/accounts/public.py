"""What other features may use of accounts."""

from lianxue.accounts.enums import Language, TextSize
from lianxue.accounts.errors import (
    BadCitizenId,
    BadEmail,
    BadPhone,
    BadUsername,
    CitizenIdTaken,
    NoName,
    UsernameTaken,
    WeakPassword,
)
from lianxue.accounts.models import Person, citizen_id_fault, normalise_citizen_id, normalise_phone
from lianxue.accounts.operations import (
    change_contact,
    change_password,
    choose_preferences,
    create_person,
    renew_password,
)
from lianxue.accounts.rules import is_username, new_first_password

__all__ = [
    "BadCitizenId",
    "BadEmail",
    "BadPhone",
    "BadUsername",
    "CitizenIdTaken",
    "Language",
    "NoName",
    "Person",
    "TextSize",
    "UsernameTaken",
    "WeakPassword",
    "change_contact",
    "change_password",
    "choose_preferences",
    "citizen_id_fault",
    "create_person",
    "is_username",
    "new_first_password",
    "normalise_citizen_id",
    "normalise_phone",
    "renew_password",
]
