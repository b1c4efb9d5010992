"""The appraisal of one person for one year: what was declared, what the city found, whom it recommends."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.kernel.models import StoredFile
from lianxue.orgs.models import Organisation
from lianxue.programmes.models import RosterEntry
from lianxue.workforce.enums import AppraisalState, PartVerdict, Team
from lianxue.workforce.models.indicators.published import IndicatorSet


class Appraisal(models.Model):
    """One person of a roster in one year (S1-49). ``county`` is the organisation of the person's area, if there is one.

    While it is open the newest revision of the year's indicators counts; ``indicators`` keeps the one it was closed by.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    entry = models.ForeignKey(RosterEntry, on_delete=models.PROTECT, related_name="appraisals")
    team = models.CharField(_("team"), max_length=20, choices=Team)
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    city = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="appraisals")
    county = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="appraisals_of_area"
    )
    state = models.CharField(_("state"), max_length=10, choices=AppraisalState, default=AppraisalState.OPEN)
    begun_at = models.DateTimeField()
    indicators = models.ForeignKey(
        IndicatorSet, on_delete=models.PROTECT, null=True, blank=True, related_name="appraisals"
    )
    indicators_met = models.PositiveSmallIntegerField(_("indicators met"), null=True, blank=True)
    indicators_in_all = models.PositiveSmallIntegerField(null=True, blank=True)
    confirmed_at = models.DateTimeField(_("appraised on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_recommended = models.BooleanField(_("recommended"), default=False)
    recommended_words = models.CharField(_("why recommended"), max_length=300, blank=True)

    class Meta:
        ordering = ["team", "entry__area_id", "entry_id"]
        verbose_name = _("appraisal")
        constraints = [
            models.UniqueConstraint(fields=["year", "entry"], name="appraised_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(state="open", indicators__isnull=True, confirmed_at__isnull=True)
                | models.Q(
                    state="confirmed",
                    indicators__isnull=False,
                    confirmed_at__isnull=False,
                    indicators_met__isnull=False,
                    indicators_in_all__isnull=False,
                ),
                name="confirmed_appraisal_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(is_recommended=False) | models.Q(state="confirmed"),
                name="recommended_was_appraised",
            ),
        ]
        indexes = [models.Index(fields=["city", "year", "team"], name="appraisals_of_city")]

    def __str__(self) -> str:
        return f"{self.entry} {self.year}"

    @property
    def did_meet_all(self) -> bool:
        """Tell whether every indicator was met when it was confirmed."""
        return self.indicators_in_all is not None and self.indicators_met == self.indicators_in_all


class Declared(models.Model):
    """What somebody declared for one part, with evidence: words, a link or a file. ``values`` by kind of the part."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="declared")
    part = models.CharField(max_length=90)
    values = models.JSONField(default=dict)
    words = models.TextField(_("words"), max_length=20000, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    declared_at = models.DateTimeField(_("declared on"))
    declared_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["appraisal_id", "part"]
        constraints = [models.UniqueConstraint(fields=["appraisal", "part"], name="part_declared_once")]

    def __str__(self) -> str:
        return f"{self.appraisal} · {self.part}"


class Finding(models.Model):
    """What the city found of one part: what the platform worked out, whether that stands, and why when it does not."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="findings")
    part = models.CharField(max_length=90)
    worked_out = models.CharField(max_length=10, choices=PartVerdict)
    arithmetic = models.CharField(max_length=300, blank=True)
    verdict = models.CharField(_("finding"), max_length=10, choices=PartVerdict)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["appraisal_id", "part"]
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "part"], name="part_found_once"),
            models.CheckConstraint(condition=~models.Q(verdict="open"), name="finding_says_something"),
            models.CheckConstraint(
                condition=models.Q(worked_out="open")
                | models.Q(verdict=models.F("worked_out"))
                | ~models.Q(reason=""),
                name="correction_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appraisal} · {self.part}: {self.verdict}"
