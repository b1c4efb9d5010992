"""Codes that people read out and type: nobody mistakes one sign for another."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0, 1, I, L, O


def readable_code(length: int) -> str:
    """Return a random code of ``length`` signs; about five bits a sign."""
    return "".join(secrets.choice(ALPHABET) for _sign in range(length))
