"""The robot that speaks in the group of an organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.sealing import SealedTextField
from lianxue.notices.enums import RobotKind
from lianxue.orgs.models import Organisation


class Robot(models.Model):
    """A web-hook that an administrator registered for the organisation's group. Address and secret are sealed and
    never shown again; ``host`` says whose it is. Once removed, all three are empty."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="robot", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind of robot"), max_length=20, choices=RobotKind)
    address = SealedTextField(_("address"), blank=True, default="")
    secret = SealedTextField(_("secret"), blank=True, default="")
    host = models.CharField(_("host"), max_length=260, blank=True)
    registered_at = models.DateTimeField(_("registered at"))
    removed_at = models.DateTimeField(_("removed at"), null=True)

    class Meta:
        verbose_name = _("group robot")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=False, host="")
                | models.Q(models.Q(removed_at__isnull=True), ~models.Q(host="")),
                name="removed_robot_has_no_host",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.get_kind_display()}"
