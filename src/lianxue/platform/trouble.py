"""A command that cannot be carried out, for a reason that the operator can change."""


class Trouble(Exception):
    """The message says what is wrong and what to do about it."""
