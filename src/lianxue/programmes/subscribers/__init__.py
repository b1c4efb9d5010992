"""What programmes adds to the registries at start-up, and what follows from its events."""


def connect() -> None:
    """Fill the registries and listen to events."""
