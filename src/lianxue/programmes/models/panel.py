"""Panels: experts who score filings before the office decides."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.orgs.models import Organisation
from lianxue.programmes.enums import PanelState, ScoreState
from lianxue.programmes.models.call import Call
from lianxue.programmes.models.filing import FilingRevision


class Panel(models.Model):
    """The panel of one level of a stage. ``ratio_percent`` is how many of the filings may be recommended (推优比例)."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="panels")
    stage = models.CharField(max_length=40)
    level = models.CharField(max_length=40)
    state = models.CharField(_("state"), max_length=10, choices=PanelState, default=PanelState.DRAWN)
    size = models.PositiveSmallIntegerField(_("experts for each filing"))
    seed = models.PositiveIntegerField(_("number of the draw"))
    ratio_percent = models.DecimalField(
        _("share recommended, percent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    drawn_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["call_id", "id"]
        constraints = [models.UniqueConstraint(fields=["call", "stage", "level"], name="one_panel_a_level")]

    def __str__(self) -> str:
        return f"{self.call} · {self.level}"


class PanelSeat(models.Model):
    """One expert on a panel; ``alias`` is what others call them where names stay hidden."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="seats")
    expert = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="panel_seats")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    alias = models.CharField(max_length=10)

    class Meta:
        ordering = ["panel_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "expert"], name="one_seat_an_expert"),
            models.UniqueConstraint(fields=["panel", "alias"], name="one_seat_an_alias"),
        ]

    def __str__(self) -> str:
        return self.alias


class Score(models.Model):
    """What one expert gives one revision: ``points`` by item; a conflict of interest takes it off the expert's list."""

    seat = models.ForeignKey(PanelSeat, on_delete=models.CASCADE, related_name="scores")
    revision = models.ForeignKey(FilingRevision, on_delete=models.PROTECT, related_name="scores")
    state = models.CharField(max_length=10, choices=ScoreState, default=ScoreState.OPEN)
    points = models.JSONField(default=dict)
    total = models.DecimalField(_("total"), max_digits=8, decimal_places=2, null=True, blank=True)
    comment = models.TextField(_("remarks"), blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["seat_id", "revision_id"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "revision"], name="one_score_an_expert"),
            models.CheckConstraint(
                condition=~models.Q(state="given") | models.Q(total__isnull=False, given_at__isnull=False),
                name="given_score_has_total",
            ),
        ]
        indexes = [models.Index(fields=["revision", "state"], name="scores_of_revision")]

    def __str__(self) -> str:
        return f"{self.seat} · {self.total}"
