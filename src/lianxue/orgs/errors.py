"""What can be wrong with organisations and posts."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Conflict, Invalid, NotAllowed


class CodeTaken(Conflict):
    code = "organisation_code_taken"
    default_message = _("Another organisation has this code.")


class BadPlace(Invalid):
    code = "bad_place"
    default_message = _("The organisation above does not stand in this chain.")


class NotDirectlyBelow(NotAllowed):
    code = "not_directly_below"
    default_message = _("You can appoint only in the organisations directly below yours.")


class PostHeld(Conflict):
    code = "post_held"
    default_message = _("This person holds this post already.")


class BadTerm(Invalid):
    code = "bad_term"
    default_message = _("The term ends before it begins.")
