"""What can be wrong with a person's data or sign-in."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Conflict, Invalid, NotAllowed, Refused


class BadUsername(Invalid):
    code = "bad_username"
    default_message = _(
        "An account name has 3 to 60 letters, digits and the signs . _ - @ +, without spaces."
    )


class NoName(Invalid):
    code = "no_name"
    default_message = _("Please give the person's name.")


class BadEmail(Invalid):
    code = "bad_email"
    default_message = _("This is not an e-mail address.")


class UsernameTaken(Conflict):
    code = "username_taken"
    default_message = _("This account name is in use. Upper and lower case count as different.")


class CitizenIdTaken(Conflict):
    code = "citizen_id_taken"
    default_message = _("A person with this identity number is registered already.")


class BadCitizenId(Invalid):
    code = "bad_citizen_id"
    default_message = _(
        "This is not a valid identity number. Please compare it with the card, digit by digit."
    )


class BadPhone(Invalid):
    code = "bad_phone"
    default_message = _(
        "This is not a telephone number that can be reached. Example: 13812345678 or 021-62345678."
    )


class WeakPassword(Invalid):
    code = "weak_password"
    default_message = _("This password is too easy to guess.")


class WrongCredentials(NotAllowed):
    code = "wrong_credentials"
    default_message = _("Account name or password is wrong. Upper and lower case count as different.")


class WrongSecondStep(NotAllowed):
    code = "wrong_second_step"
    default_message = _("The code is wrong or has expired.")


class AccountLocked(Refused):
    code = "account_locked"
    default_message = _("Too many wrong attempts. Please wait a few minutes and try again.")
