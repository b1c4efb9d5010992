"""Refusals: what a person tried cannot be done, and why, in words for that person.

Every refusal is an answer, never a fault of the program. Pages show ``message`` where the person can
mend it; programs read ``code``.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Refused(Exception):
    """A refusal that a person can read.

    ``code`` is stable and in English; ``fields`` maps form field names to what is wrong there.
    """

    code = "refused"
    default_message: Text = _("This cannot be done.")

    def __init__(self, message: Text | None = None, *, fields: Mapping[str, Text] | None = None) -> None:
        self.message: Text = self.default_message if message is None else message
        self.fields: dict[str, Text] = dict(fields or {})
        super().__init__(str(self.message))

    def __str__(self) -> str:
        return str(self.message)


class NotFound(Refused):
    """Missing, or not for these eyes: the two look the same."""

    code = "not_found"
    default_message = _("There is nothing here, or it is not open to you.")


class NotAllowed(Refused):
    """The person may see this but not do it."""

    code = "not_allowed"
    default_message = _("Your post does not allow this.")


class WrongState(Refused):
    """The thing is not in a state in which this can be done."""

    code = "wrong_state"
    default_message = _("This has already moved on. Please look at its current state.")


class Unmet(Refused):
    """State and person are right, but a condition is not fulfilled."""

    code = "unmet"


class Invalid(Refused):
    """What was sent in cannot be taken as it is."""

    code = "invalid"
    default_message = _("Please mend the marked places and send it again.")


class Conflict(Refused):
    """Somebody else changed the same thing in the meantime."""

    code = "conflict"
    default_message = _(
        "Somebody else changed this in the meantime. Please look again and repeat your change."
    )


class StoreNotWritable(Refused):
    """Files cannot be kept just now: the disk is full, or may only be read."""

    code = "store_not_writable"
    default_message = _(
        "The file could not be kept: there is no room for it, or the store may only be read. Nothing was changed. "
        "Please tell your administrator and send it again later."
    )
