"""Demand: what a point asks for, what its college makes of it, and every change in between."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.distribution.enums import BatchState, DemandState, ReminderOccasion
from lianxue.distribution.models.round import Round, RoundTitle
from lianxue.orgs.models import Organisation


class DemandBatch(models.Model):
    """One college's aggregation of the demand of its points in a round (S0-41).

    Opening a round makes one for every organisation that has points directly below it. ``return_reason`` is why the
    office sent it back last.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="batches")
    college = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="demand_batches")
    state = models.CharField(_("state"), max_length=12, choices=BatchState, default=BatchState.GATHERING)
    submitted_at = models.DateTimeField(_("submitted on"), null=True, blank=True)
    return_reason = models.CharField(_("why it was sent back"), max_length=300, blank=True)

    class Meta:
        ordering = ["round_id", "college_id"]
        verbose_name = _("aggregated demand")
        constraints = [
            models.UniqueConstraint(fields=["round", "college"], name="one_batch_a_college"),
            models.CheckConstraint(
                condition=models.Q(state="submitted", submitted_at__isnull=False)
                | models.Q(state="gathering", submitted_at__isnull=True),
                name="batch_submitted_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.college} · {self.round}"


class DemandRequest(models.Model):
    """What one point asks for in a round. ``batch`` is that of the college above the point."""

    batch = models.ForeignKey(DemandBatch, on_delete=models.CASCADE, related_name="requests")
    point = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="demand_requests")
    state = models.CharField(_("state"), max_length=12, choices=DemandState, default=DemandState.DRAFT)
    submitted_at = models.DateTimeField(_("submitted on"), null=True, blank=True)
    note = models.CharField(_("remark"), max_length=300, blank=True)
    return_reason = models.CharField(_("why it was sent back"), max_length=300, blank=True)
    changed_at = models.DateTimeField(_("last change"), null=True, blank=True)

    class Meta:
        ordering = ["batch_id", "point_id"]
        verbose_name = _("demand")
        constraints = [
            models.UniqueConstraint(fields=["batch", "point"], name="one_request_a_point"),
            models.CheckConstraint(
                condition=~models.Q(state="submitted") | models.Q(submitted_at__isnull=False),
                name="request_submitted_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="returned") | ~models.Q(return_reason=""),
                name="request_returned_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point} · {self.batch.round}"


class DemandLine(models.Model):
    """How many copies of one title a point asks for.

    ``agreed`` is what the college passes on: equal to ``asked`` until the college changes it with a reason.
    """

    request = models.ForeignKey(DemandRequest, on_delete=models.CASCADE, related_name="lines")
    title = models.ForeignKey(RoundTitle, on_delete=models.PROTECT, related_name="demand_lines")
    asked = models.PositiveIntegerField(_("asked for"))
    agreed = models.PositiveIntegerField(_("passed on"))

    class Meta:
        ordering = ["request_id", "title_id"]
        verbose_name = _("demand line")
        constraints = [
            models.UniqueConstraint(fields=["request", "title"], name="title_once_in_a_request"),
            models.CheckConstraint(condition=models.Q(asked__gte=1), name="asked_is_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"{self.title} × {self.asked}"

    @property
    def adjustments(self) -> "models.QuerySet[LineAdjustment]":
        """Return what the college changed here, oldest first."""
        return LineAdjustment.objects.filter(request_id=self.request_id, title_id=self.title_id)


class LineAdjustment(models.Model):
    """One change that a college made to a line, with its reason; the point sees it.

    Append-only. It names the demand and the title, not the line: the record stays when the point takes the title off.
    """

    request = models.ForeignKey(DemandRequest, on_delete=models.PROTECT, related_name="adjustments")
    title = models.ForeignKey(RoundTitle, on_delete=models.PROTECT, related_name="adjustments")
    before = models.PositiveIntegerField(_("before"))
    after = models.PositiveIntegerField(_("after"))
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("change of a line")
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="adjustment_has_reason")]
        indexes = [models.Index(fields=["request", "title"], name="adjustments_of_line")]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class LateConsent(models.Model):
    """Leave for one point or college to state or pass on demand after the last day, up to ``until``, with a reason."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="late_consents")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="late_consents")
    until = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("consent to be late")
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="late_consent_has_reason")]
        indexes = [models.Index(fields=["round", "organisation"], name="late_consent_of")]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.until}"


class SentReminder(models.Model):
    """One reminder to one point or college that it has not reported, so that none is sent twice.

    ``on`` is the last day that was reminded of, so a day that is moved is reminded of again; for a reminder by hand
    it is the day of the reminder.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reminders")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="demand_reminders")
    occasion = models.CharField(_("occasion"), max_length=8, choices=ReminderOccasion)
    on = models.DateField(_("day"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("reminder")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation", "occasion", "on"], name="reminded_once_an_occasion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.get_occasion_display()}"


class PointYear(models.Model):
    """How many learners and teachers a point counts in a year, as it states itself: the base of shares per learner."""

    point = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField(_("year"))
    learners = models.PositiveIntegerField(_("learners"))
    teachers = models.PositiveIntegerField(_("teachers"), null=True, blank=True)
    stated_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    stated_at = models.DateTimeField(_("stated on"))

    class Meta:
        ordering = ["-year", "point_id"]
        verbose_name = _("learners of a point")
        constraints = [models.UniqueConstraint(fields=["point", "year"], name="learners_once_a_year")]

    def __str__(self) -> str:
        return f"{self.point} {self.year}: {self.learners}"
