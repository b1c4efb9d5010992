"""Tables of accounts."""

from lianxue.accounts.models.identifiers import (
    citizen_id_fault,
    normalise_citizen_id,
    normalise_phone,
)
from lianxue.accounts.models.person import Person, PersonRows

__all__ = ["Person", "PersonRows", "citizen_id_fault", "normalise_citizen_id", "normalise_phone"]
