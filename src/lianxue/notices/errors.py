"""Refusals of notices, and why a message did not arrive."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Conflict, Invalid, Unmet
from lianxue.notices.enums import Failure


class NotDelivered(Exception):
    """A message did not arrive. ``is_final``: trying again by itself would not help, or might send it twice."""

    def __init__(self, failure: Failure, detail: str = "", *, is_final: bool = False) -> None:
        self.failure = failure
        self.detail = " ".join(detail.split())[:300]
        self.is_final = is_final
        super().__init__(f"{failure}: {self.detail}")


class BadRobot(Invalid):
    code = "bad_robot"
    default_message = _("The robot cannot be registered like this.")


class MailIsOff(Unmet):
    code = "mail_is_off"
    default_message = _("This platform sends no mail.")


class NoAddress(Unmet):
    code = "no_address"
    default_message = _("Please give an e-mail address in your profile first.")


class AskedAlready(Unmet):
    code = "asked_already"
    default_message = _(
        "A mail has just been sent to you. Please wait a few minutes before you ask for another."
    )


class LinkOver(Conflict):
    code = "link_over"
    default_message = _(
        "This link is no longer valid. Please ask for a new one on the page of your messages."
    )


class NoRobot(Unmet):
    code = "no_robot"
    default_message = _("There is no robot in the group of your organisation.")
