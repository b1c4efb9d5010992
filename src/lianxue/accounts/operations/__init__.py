"""Use cases of accounts."""

from lianxue.accounts.operations.change_contact import change_contact
from lianxue.accounts.operations.choose_preferences import choose_preferences
from lianxue.accounts.operations.create_person import create_person

__all__ = ["change_contact", "choose_preferences", "create_person"]
