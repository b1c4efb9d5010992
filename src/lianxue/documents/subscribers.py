"""What documents add to the registries at start-up."""

from lianxue.documents.interfaces.web.menu import register_menu
from lianxue.documents.operations.letters import issue_letter, set_letter_code, withdraw_letter

OPERATIONS = (
    issue_letter,
    set_letter_code,
    withdraw_letter,
)  # named here so that the trail knows them from the start


def connect() -> None:
    """Add the place of letters to the main menu."""
    register_menu()
