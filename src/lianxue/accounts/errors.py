"""What can be wrong with a person's data."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Conflict, Invalid


class UsernameTaken(Conflict):
    code = "username_taken"
    default_message = _("This account name is in use. Upper and lower case count as different.")


class CitizenIdTaken(Conflict):
    code = "citizen_id_taken"
    default_message = _("A person with this identity number is registered already.")


class BadCitizenId(Invalid):
    code = "bad_citizen_id"
    default_message = _("This is not a valid identity number. Please compare it with the card, digit by digit.")


class BadPhone(Invalid):
    code = "bad_phone"
    default_message = _("This is not a telephone number that can be reached. Example: 13812345678 or 021-62345678.")
