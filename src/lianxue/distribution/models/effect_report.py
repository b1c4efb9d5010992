"""The yearly effect report of a point (使用效果报告, S0-30, S0-53)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ReportState
from lianxue.kernel.models import StoredFile
from lianxue.orgs.models import Organisation


class EffectReport(models.Model):
    """Recipients, forms, effects and suggestions (S0-53), one a point and year, due before 20 November (S0-30).

    ``figures`` are taken from the ledger when the report is submitted, so that a later look shows what was reported.
    """

    point = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="effect_reports")
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.DRAFT)
    recipients = models.TextField(_("Recipients and users"), blank=True)
    forms = models.TextField(_("Forms of use"), blank=True)
    effects = models.TextField(_("Effects"), blank=True)
    suggestions = models.TextField(_("Suggestions"), blank=True)
    figures = models.JSONField(default=dict)
    submitted_at = models.DateTimeField(_("submitted on"), null=True, blank=True)
    # Whether a report came in time is judged by its first submission: sending it back must not make it late.
    first_submitted_at = models.DateTimeField(_("first submitted on"), null=True, blank=True)
    return_reason = models.CharField(_("why it was sent back"), max_length=300, blank=True)
    # Raised by every save; a page that was opened on an older one is refused instead of overwriting.
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-year", "point_id"]
        verbose_name = _("effect report")
        constraints = [
            models.UniqueConstraint(fields=["point", "year"], name="one_effect_report_a_year"),
            models.CheckConstraint(
                condition=~models.Q(state="submitted")
                | models.Q(submitted_at__isnull=False, first_submitted_at__isnull=False),
                name="effect_report_submitted_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point} {self.year}"


class EffectReportPicture(models.Model):
    """A photograph that goes with the words of a report."""

    report = models.ForeignKey(EffectReport, on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(_("what it shows"), max_length=120, blank=True)
    at = models.DateTimeField(_("sent in on"))

    class Meta:
        ordering = ["report_id", "id"]
        verbose_name = _("picture of a report")

    def __str__(self) -> str:
        return self.caption or str(self.report)
