"""A round of distribution and the titles in it."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import RoundKind, RoundState, Route
from lianxue.orgs.models import Organisation
from lianxue.resources.models import CatalogueEntry


class Round(models.Model):
    """One round: titles are offered, needs gathered, copies shared out and sent.

    All windows are calendar days in Asia/Shanghai, both ends included, and may stay empty: the sources give no dates
    for the demand cycle, so the platform has none of its own.
    """

    name = models.CharField(_("name"), max_length=80)
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(_("state"), max_length=12, choices=RoundState, default=RoundState.DRAFT)
    kind = models.CharField(_("kind"), max_length=8, choices=RoundKind, default=RoundKind.DEMAND)
    route = models.CharField(_("way of the parcels"), max_length=12, choices=Route, default=Route.DIRECT)
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rounds")
    demand_from = models.DateField(_("points state demand from"), null=True, blank=True)
    demand_until = models.DateField(_("points state demand until"), null=True, blank=True)
    aggregate_until = models.DateField(_("colleges submit until"), null=True, blank=True)
    receive_until = models.DateField(_("points confirm receipt until"), null=True, blank=True)
    # Reminders go out so many days before the points' last day, and again so many days after it; empty: none.
    remind_days_before = models.PositiveSmallIntegerField(_("remind days before"), null=True, blank=True)
    remind_days_after = models.PositiveSmallIntegerField(_("remind days after"), null=True, blank=True)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    allocated_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-year", "-id"]
        verbose_name = _("round")
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "name"], name="round_name_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(demand_from__isnull=True)
                | models.Q(demand_until__isnull=True)
                | models.Q(demand_until__gte=models.F("demand_from")),
                name="round_demand_window_runs_forward",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(opened_at__isnull=False),
                name="round_opened_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="allocated") | models.Q(allocated_at__isnull=False),
                name="round_allocated_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed") | models.Q(closed_at__isnull=False),
                name="round_closed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day_of_points(self) -> date | None:
        """Return the day on which points must have reported, at the latest while colleges can pass it on."""
        return min((d for d in (self.demand_until, self.aggregate_until) if d is not None), default=None)

    def takes_demand_on(
        self, day: date, *, late_until: date | None = None, college_late_until: date | None = None
    ) -> bool:
        """Tell whether a point may state demand on ``day``: within its own days, and while its college can pass it on.

        ``late_until`` and ``college_late_until`` are the days until which the two have leave to be late.
        """
        is_in_time = self.demand_until is None or day <= self.demand_until
        return (
            (self.demand_from is None or self.demand_from <= day)
            and (is_in_time or (late_until is not None and day <= late_until))
            and self.takes_batches_on(day, late_until=college_late_until)
        )

    def takes_batches_on(self, day: date, *, late_until: date | None = None) -> bool:
        """Tell whether a college may aggregate and submit on ``day``; ``late_until``: its leave to be late."""
        is_in_time = self.aggregate_until is None or day <= self.aggregate_until
        return is_in_time or (late_until is not None and day <= late_until)


class RoundTitle(models.Model):
    """A catalogue title offered in a round, by one supplier, with the number of copies that can be had."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="titles")
    entry = models.ForeignKey(CatalogueEntry, on_delete=models.PROTECT, related_name="round_titles")
    supplier = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="supplied_titles")
    copies_available = models.PositiveIntegerField(_("copies available"))
    # Copies that are sent only together; 1: each by itself.
    pack_size = models.PositiveSmallIntegerField(_("copies in a pack"), default=1)

    class Meta:
        ordering = ["round_id", "id"]
        verbose_name = _("title in a round")
        constraints = [
            models.UniqueConstraint(fields=["round", "entry"], name="title_once_in_a_round"),
            models.CheckConstraint(condition=models.Q(pack_size__gte=1), name="pack_holds_something"),
        ]

    def __str__(self) -> str:
        return self.entry.title
