"""What a college or the office decided about one revision of a contribution."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.orgs.models import Organisation
from lianxue.resources.enums import Level, Verdict
from lianxue.resources.models.contribution import Contribution


class ReviewDecision(models.Model):
    """One decision, with its reason. Append-only by a database trigger; one for each revision and level.

    The reason may be empty only where a college passes a contribution on.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="decisions")
    revision = models.PositiveSmallIntegerField(_("revision"))
    level = models.CharField(_("level"), max_length=10, choices=Level)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    by_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    by_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("decided on"))

    class Meta:
        ordering = ["contribution_id", "at", "id"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "revision", "level"], name="decided_once_a_revision"
            ),
            models.CheckConstraint(
                condition=models.Q(verdict="collated") | ~models.Q(reason=""), name="decision_has_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(level="college", verdict__in=["collated", "returned"])
                | models.Q(level="office", verdict__in=["accepted", "returned", "rejected"]),
                name="decision_fits_level",
            ),
        ]
        indexes = [models.Index(fields=["by_person", "-at"], name="decisions_of_person")]

    def __str__(self) -> str:
        return f"{self.contribution_id} · {self.revision} · {self.get_verdict_display()}"
