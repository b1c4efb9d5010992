"""What exactly was sent in, each time it was sent in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.orgs.models import Organisation
from lianxue.resources.models.contribution import Contribution


class SubmittedRevision(models.Model):
    """One submission of a contribution with its text as it was then. Append-only by a database trigger.

    A decision is about one revision; ``content`` lets a reviewer see what changed since the one before.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("revision"))
    content = models.JSONField(_("text"))
    by_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    by_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("submitted on"))

    class Meta:
        ordering = ["contribution_id", "number"]
        verbose_name = _("submitted revision")
        constraints = [
            models.UniqueConstraint(fields=["contribution", "number"], name="revision_submitted_once")
        ]
        indexes = [models.Index(fields=["number", "at"], name="revision_first_sent")]

    def __str__(self) -> str:
        return f"{self.contribution_id} · {self.number}"
