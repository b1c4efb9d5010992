"""Rules about account names, passwords and locks. The values are those that assessors of 等保 ask for."""

import re
import secrets
import unicodedata
from datetime import timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lianxue.accounts.models import Person

ATTEMPTS_BEFORE_LOCK = 5
LOCKED_FOR = timedelta(minutes=5)
CLASSES_ASKED = 3

_USERNAME = re.compile(r"[\w.@+-]{3,60}")
_CLEAR_LETTERS = "abcdefghjkmnpqrstuvwxyz"  # without i, l and o, which look like digits
_CLEAR_DIGITS = "23456789"


def is_username(text: str) -> bool:
    """Tell whether ``text`` can be an account name: to the letter, but without what cannot be seen or typed."""
    return bool(_USERNAME.fullmatch(text)) and unicodedata.is_normalized("NFKC", text)


def character_classes(password: str) -> int:
    """Return how many of the four classes occur: lower case, upper case, digits, everything else."""
    tests = (str.islower, str.isupper, str.isdigit)
    found = {next((i for i, test in enumerate(tests) if test(sign)), len(tests)) for sign in password}
    return len(found)


class CharacterClasses:
    """A password validator for Django: at least three of the four classes of characters."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002  # Django calls it with the user
        """Raise ``ValidationError`` when too few classes occur."""
        if character_classes(password) < CLASSES_ASKED:
            raise ValidationError(self.get_help_text(), code="too_few_classes")

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("Use at least three of these: lower-case letters, upper-case letters, digits, other signs.")


def password_faults(password: str, person: Person) -> list[str]:
    """Return what is wrong with ``password`` as the new one of ``person``, each in a sentence."""
    try:
        validate_password(password, person)
    except ValidationError as fault:
        return fault.messages
    return (
        [_("This is your present password. Please choose another one.")]
        if person.check_password(password)
        else []
    )


def new_first_password(choose: Any = secrets) -> str:
    """Return a password to hand to somebody: three groups that can be read aloud, such as ``Kbtm-7392-wpxq``.

    ``choose`` has the method ``choice`` (``secrets``, or a seeded ``random.Random`` where it must come out the same).
    """
    letters = "".join(choose.choice(_CLEAR_LETTERS) for _i in range(4)).capitalize()
    digits = "".join(choose.choice(_CLEAR_DIGITS) for _i in range(4))
    more = "".join(choose.choice(_CLEAR_LETTERS) for _i in range(4))
    return f"{letters}-{digits}-{more}"
