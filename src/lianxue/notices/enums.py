"""Ways out of the platform, and how a delivery stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a message leaves the platform."""

    EMAIL = "email", _("Mail")
    ROBOT = "robot", _("Group robot")


class DeliveryState(models.TextChoices):
    """``SENDING`` is written before the message leaves, so that whatever breaks then cannot send it twice."""

    WAITING = "waiting", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not delivered")


class RobotKind(models.TextChoices):
    """Whose group robots are spoken to; ``GENERIC`` is any web-hook that checks an HMAC header."""

    DINGTALK = "dingtalk", _("DingTalk")
    WECOM = "wecom", _("WeCom")
    GENERIC = "generic", _("Other web-hook")


class Failure(models.TextChoices):
    """Why a message did not arrive."""

    UNREACHABLE = "unreachable", _("The other side could not be reached.")
    BUSY = "busy", _("The other side asked to come back later.")
    REFUSED = "refused", _("The other side refused it.")
    NO_ADDRESS = "no_address", _("There is no confirmed e-mail address any more.")
    SWITCHED_OFF = "switched_off", _("This way out of the platform is switched off.")
    REMOVED = "removed", _("The robot has been removed.")
    NOT_OPEN = "not_open", _("The address of the robot is not on the list of open hosts.")
    INTERRUPTED = "interrupted", _("Sending broke off in the middle. Nobody knows whether it arrived.")
