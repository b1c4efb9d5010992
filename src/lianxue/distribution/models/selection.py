"""The yearly selections: outstanding providers, administrators and points (S0-33, S0-57…59)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.distribution.enums import Award, SelectionState
from lianxue.orgs.models import Organisation


class Selection(models.Model):
    """One award of one year. ``weights`` (criterion → whole number) are published before the figures are computed."""

    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="selections")
    year = models.PositiveSmallIntegerField(_("year"))
    award = models.CharField(_("award"), max_length=14, choices=Award)
    weights = models.JSONField(_("weights"), default=dict)
    places = models.PositiveSmallIntegerField(_("how many are chosen"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SelectionState, default=SelectionState.DRAFT)
    published_at = models.DateTimeField(_("weights published on"), null=True, blank=True)
    ranked_at = models.DateTimeField(_("ranked on"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)

    class Meta:
        ordering = ["-year", "award"]
        verbose_name = _("yearly selection")
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "award"], name="award_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(published_at__isnull=False),
                name="selection_published_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="decided")
                | models.Q(decided_at__isnull=False, ranked_at__isnull=False),
                name="selection_decided_has_times",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_award_display()}"

    @property
    def is_of_people(self) -> bool:
        """Tell whether people are chosen, each at an organisation, and not organisations themselves."""
        return self.award == Award.ADMINISTRATOR


class Candidate(models.Model):
    """One organisation, or one person at it, in a selection: figures, score, place and the office's decision.

    ``figures`` holds for each criterion, as it was when the ranking was made: ``part`` and ``whole`` (null where
    nothing is shared), ``best`` (the highest of all candidates), ``weight`` and ``points``.
    """

    selection = models.ForeignKey(Selection, on_delete=models.CASCADE, related_name="candidates")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="candidacies")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="candidacies"
    )
    figures = models.JSONField(default=dict)
    score = models.DecimalField(_("score"), max_digits=7, decimal_places=2)
    place = models.PositiveIntegerField(_("place"))
    chosen = models.BooleanField(_("chosen"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["selection_id", "place", "organisation_id"]
        verbose_name = _("candidate")
        constraints = [
            models.UniqueConstraint(
                fields=["selection", "organisation", "person"],
                name="one_candidacy_each",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.person or self.organisation}"


class Certificate(models.Model):
    """The certificate of a chosen candidate; anybody may check it by ``token`` (in its QR code) or ``number``."""

    candidate = models.OneToOneField(Candidate, on_delete=models.PROTECT, related_name="certificate")
    number = models.CharField(_("certificate number"), max_length=40, unique=True)
    token = models.CharField(max_length=40, unique=True)
    holder = models.CharField(_("awarded to"), max_length=200)
    issued_at = models.DateTimeField(_("issued on"))
    revoked_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)
    revoked_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("certificate")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True) | ~models.Q(revoked_reason=""),
                name="certificate_withdrawn_has_reason",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def standing(self) -> str:
        """Return ``valid`` or ``withdrawn``."""
        return "valid" if self.revoked_at is None else "withdrawn"
