"""What other features may use of accounts."""

from lianxue.accounts.enums import Language, TextSize
from lianxue.accounts.errors import BadCitizenId, BadPhone, CitizenIdTaken, UsernameTaken
from lianxue.accounts.models import Person, citizen_id_fault, normalise_citizen_id, normalise_phone
from lianxue.accounts.operations import change_contact, choose_preferences, create_person

__all__ = [
    "BadCitizenId",
    "BadPhone",
    "CitizenIdTaken",
    "Language",
    "Person",
    "TextSize",
    "UsernameTaken",
    "change_contact",
    "choose_preferences",
    "citizen_id_fault",
    "create_person",
    "normalise_citizen_id",
    "normalise_phone",
]
