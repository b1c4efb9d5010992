"""What can be wrong with letters."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Conflict, Invalid, Unmet, WrongState


class BadLetter(Invalid):
    code = "bad_letter"


class NoLetterCode(Unmet):
    code = "no_letter_code"
    default_message = _(
        "Your organisation has no letter code (代字) yet. Please set it before the first letter is issued."
    )


class BadLetterCode(Invalid):
    code = "bad_letter_code"


class LetterCodeTaken(Conflict):
    code = "letter_code_taken"
    default_message = _("Another organisation numbers its letters under this code.")


class LetterWithdrawn(WrongState):
    code = "letter_withdrawn"
    default_message = _("This letter has been withdrawn already.")
