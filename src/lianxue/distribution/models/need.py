"""Needs that learners and teachers leave at their point."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import Audience
from lianxue.distribution.models.round import Round, RoundTitle
from lianxue.orgs.models import Organisation


class PointDoor(models.Model):
    """The public door of a point: the token in its QR code opens the page where anyone may leave a need."""

    point = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="door", primary_key=True
    )
    token = models.CharField(max_length=40, unique=True)

    class Meta:
        verbose_name = _("public page of a point")

    def __str__(self) -> str:
        return str(self.point)


class Need(models.Model):
    """What one learner or teacher would like (S0-41). ``title`` None: something that is not on offer, in ``note``."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="needs")
    point = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="needs")
    title = models.ForeignKey(
        RoundTitle, on_delete=models.CASCADE, null=True, blank=True, related_name="needs"
    )
    person_name = models.CharField(_("your name"), max_length=40, blank=True)
    audience = models.CharField(_("you are a"), max_length=10, choices=Audience, default=Audience.LEARNER)
    quantity = models.PositiveSmallIntegerField(_("how many"), default=1)
    note = models.CharField(_("remark"), max_length=300, blank=True)
    left_at = models.DateTimeField(_("left on"))

    class Meta:
        ordering = ["-left_at", "-id"]
        verbose_name = _("need")
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="need_is_at_least_one")
        ]
        indexes = [models.Index(fields=["round", "point"], name="need_of_point")]

    def __str__(self) -> str:
        return f"{self.title or self.note} × {self.quantity}"
