"""One line of the audit trail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")


class AuditEntry(models.Model):
    """Who did or tried what, when, from where, to what, with what change.

    Append-only: a database trigger refuses UPDATE, DELETE and TRUNCATE. People, organisations and subjects are
    kept by number and by name as it was then, without foreign keys, so that the trail outlives them.
    """

    at = models.DateTimeField(_("time"))
    person_id = models.BigIntegerField(null=True)
    person_label = models.CharField(_("person"), max_length=100)
    organisation_id = models.BigIntegerField(null=True)
    organisation_label = models.CharField(_("organisation"), max_length=200, blank=True)
    remote_address = models.GenericIPAddressField(_("from address"), null=True)
    verb = models.CharField(_("act"), max_length=80)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    subject_label = models.CharField(_("about"), max_length=200, blank=True)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_newest"),
            models.Index(fields=["subject_type", "subject_id"], name="audit_subject"),
            models.Index(fields=["person_id", "-at"], name="audit_person"),
            models.Index(fields=["organisation_id", "-at"], name="audit_organisation"),
            models.Index(fields=["verb", "-at"], name="audit_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.person_label} {self.verb} {self.subject_label}"
