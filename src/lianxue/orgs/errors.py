"""What can be wrong with organisations and posts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Conflict, Invalid, NotAllowed, Text, WrongState


class CodeTaken(Conflict):
    code = "organisation_code_taken"
    default_message = _("Another organisation has this code.")


class CreditCodeTaken(Conflict):
    code = "credit_code_taken"
    default_message = _("Another organisation has this unified social credit code.")


class BadOrganisation(Invalid):
    code = "bad_organisation"


class BadPlace(Invalid):
    code = "bad_place"
    default_message = _("The organisation above does not stand in this chain.")


class PlaceTaken(Conflict):
    code = "place_taken"
    default_message = _("This organisation stands in this chain already.")


class NotAbove(NotAllowed):
    code = "not_above"
    default_message = _("You can register organisations only below your own.")


class NotDirectlyBelow(NotAllowed):
    code = "not_directly_below"
    default_message = _("You can appoint only in the organisations directly below yours.")


class OwnAppointment(NotAllowed):
    code = "own_appointment"
    default_message = _("Nobody appoints themselves or ends their own post.")


class RoleDoesNotFit(Invalid):
    code = "role_does_not_fit"
    default_message = _("This role does not exist in an organisation of this kind.")


class PostHeld(Conflict):
    code = "post_held"
    default_message = _("This person holds this post already.")


class PostEnded(WrongState):
    code = "post_ended"
    default_message = _("This post has ended already.")


class NoSuchPost(NotAllowed):
    code = "no_such_post"
    default_message = _("You do not hold this post, or it has ended.")


class BadTerm(Invalid):
    code = "bad_term"
    default_message = _("The term ends before it begins.")


class NoReason(Invalid):
    code = "no_reason"
    default_message = _("Please say why. It is written down.")


class NotTheirAdministrator(NotAllowed):
    code = "not_their_administrator"
    default_message = _("Only the administrator who can fill all posts of this person may do this.")


@dataclass(frozen=True)
class RowFault:
    """What is wrong with one row of an import, and in which column."""

    row: int
    key: str
    message: Text


class ImportFaulty(Invalid):
    """Rows of an import cannot be taken; nothing has been saved."""

    code = "import_faulty"
    default_message = _("Some rows cannot be taken. Nothing has been saved.")

    def __init__(self, faults: Sequence[RowFault]) -> None:
        super().__init__()
        self.faults = tuple(faults)
