"""What can go wrong with the embedded server, in words that an operator can act on."""


class DatabaseTrouble(Exception):
    """The embedded server cannot be used; the message says why and what to do."""
