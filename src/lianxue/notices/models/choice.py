"""What each person wants to be told outside the platform, and where."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person


class Choice(models.Model):
    """How one person wants one kind of message. Without a row: by every way that is open to them.

    The platform itself keeps every notice; that is no choice.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notice_choices")
    kind = models.CharField(_("kind"), max_length=80)
    by_email = models.BooleanField(_("by e-mail"), default=True)
    by_robot = models.BooleanField(_("in the group"), default=True)

    class Meta:
        ordering = ["kind"]
        verbose_name = _("choice of messages")
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_choice_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.person} · {self.kind}"


class ConfirmedAddress(models.Model):
    """An e-mail address of which its owner has shown that it is theirs.

    It counts only while it is the address in the person's profile: whoever changes that confirms anew.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="confirmed_address")
    email = models.EmailField(_("e-mail"))
    confirmed_at = models.DateTimeField(_("confirmed at"))

    class Meta:
        verbose_name = _("confirmed address")

    def __str__(self) -> str:
        return f"{self.person_id}"
