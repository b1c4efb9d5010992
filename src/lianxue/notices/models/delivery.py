"""One message on its way out of the platform, to one mailbox or one group."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.notices.enums import Channel, DeliveryState, Failure
from lianxue.notices.models.message import Message
from lianxue.notices.models.robot import Robot


class Delivery(models.Model):
    """A message to be sent once: by mail to ``person``, or by the ``robot`` of a group.

    Without a message it is the mail that asks a person to confirm the address. ``due_at`` is when to try (again);
    ``reason`` and ``detail`` say what went wrong the last time. Addresses are looked up when it is sent, never kept here.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="deliveries")
    channel = models.CharField(_("way"), max_length=10, choices=Channel)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="deliveries")
    robot = models.ForeignKey(Robot, on_delete=models.CASCADE, null=True, related_name="deliveries")
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due at"))
    begun_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    reason = models.CharField(_("what went wrong"), max_length=20, choices=Failure, blank=True, default="")
    detail = models.CharField(_("what the other side said"), max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-id"]
        verbose_name = _("delivery")
        constraints = [
            models.UniqueConstraint(
                fields=["message", "person"],
                condition=models.Q(message__isnull=False, person__isnull=False),
                name="one_mail_to_each",
            ),
            models.UniqueConstraint(
                fields=["message", "robot"],
                condition=models.Q(robot__isnull=False),
                name="one_word_in_each_group",
            ),
            models.CheckConstraint(
                condition=models.Q(channel=Channel.EMAIL, person__isnull=False, robot__isnull=True)
                | models.Q(
                    channel=Channel.ROBOT, person__isnull=True, robot__isnull=False, message__isnull=False
                ),
                name="delivery_has_one_recipient",
            ),
            models.CheckConstraint(
                condition=models.Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | models.Q(~models.Q(state=DeliveryState.SENT), sent_at__isnull=True),
                name="sent_delivery_has_its_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=DeliveryState.SENDING) | models.Q(begun_at__isnull=False),
                name="sending_delivery_has_begun",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=DeliveryState.FAILED) | ~models.Q(reason=""),
                name="failed_delivery_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state=DeliveryState.WAITING), name="delivery_due"
            ),
            models.Index(
                fields=["begun_at"], condition=models.Q(state=DeliveryState.SENDING), name="delivery_begun"
            ),
            models.Index(
                fields=["-id"], condition=models.Q(state=DeliveryState.FAILED), name="delivery_failed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} · {self.message or _('Confirm the e-mail address')}"
