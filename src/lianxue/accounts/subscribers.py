"""What accounts listens to: changes of the second step."""

from lianxue.accounts.interfaces.web import second_step


def connect() -> None:
    """Connect everything once, at start-up."""
    second_step.listen()
