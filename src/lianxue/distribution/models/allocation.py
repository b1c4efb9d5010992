"""Sharing out the copies of a round."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.distribution.enums import AllocationState, UnmetAnswerKind
from lianxue.distribution.models.demand import DemandLine
from lianxue.distribution.models.round import Round


class Allocation(models.Model):
    """One way of sharing out a round's copies, by one policy. At most one per round is committed.

    ``figures`` are totals for the comparison: asked, supply, allocated, lines, points_covered, points_asking.
    ``terms`` are what the office set for the policy: minimum, cap, shares of districts.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="allocations")
    policy = models.CharField(_("policy"), max_length=40)
    state = models.CharField(
        _("state"), max_length=12, choices=AllocationState, default=AllocationState.PROPOSED
    )
    proposed_at = models.DateTimeField(_("proposed on"))
    committed_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    figures = models.JSONField(default=dict)
    terms = models.JSONField(default=dict)
    # Lines with fewer copies than were passed on and no answer yet; counted at the decision, less with every answer.
    open_lines = models.PositiveIntegerField(_("lines still open"), null=True, blank=True)

    class Meta:
        ordering = ["round_id", "id"]
        verbose_name = _("allocation")
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=models.Q(state="committed"), name="one_decided_allocation_a_round"
            ),
            models.CheckConstraint(
                condition=models.Q(state="committed", committed_at__isnull=False)
                | models.Q(state="proposed", committed_at__isnull=True),
                name="allocation_committed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.policy}"


class AllocationLine(models.Model):
    """How many copies one demand line gets, and the arithmetic behind it in ``working`` (numbers only)."""

    allocation = models.ForeignKey(Allocation, on_delete=models.CASCADE, related_name="lines")
    demand_line = models.ForeignKey(DemandLine, on_delete=models.CASCADE, related_name="allocation_lines")
    quantity = models.PositiveIntegerField(_("allocated"))
    working = models.JSONField(default=dict)

    class Meta:
        ordering = ["allocation_id", "demand_line_id"]
        verbose_name = _("allocation line")
        constraints = [
            models.UniqueConstraint(fields=["allocation", "demand_line"], name="one_answer_a_demand_line")
        ]

    def __str__(self) -> str:
        return f"{self.demand_line} → {self.quantity}"


class AllocationOverride(models.Model):
    """One line that the office set by hand before the decision, with its reason. Append-only; the point reads it."""

    line = models.ForeignKey(AllocationLine, on_delete=models.CASCADE, related_name="overrides")
    before = models.PositiveIntegerField(_("before"))
    after = models.PositiveIntegerField(_("after"))
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("line set by hand")
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="override_has_reason")]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class UnmetAnswer(models.Model):
    """What became of copies that a decided line did not give: carried into another round, or closed by hand.

    A line with fewer copies than were passed on and without an answer is open: nothing ends silently.
    """

    line = models.OneToOneField(AllocationLine, on_delete=models.PROTECT, related_name="unmet_answer")
    kind = models.CharField(_("what became of it"), max_length=8, choices=UnmetAnswerKind)
    copies = models.PositiveIntegerField(_("copies"))
    to_round = models.ForeignKey(
        Round, on_delete=models.PROTECT, null=True, blank=True, related_name="carried_in"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("answer to unmet demand")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="carried", to_round__isnull=False)
                | (models.Q(kind="closed", to_round__isnull=True) & ~models.Q(reason="")),
                name="unmet_carried_or_closed_with_reason",
            ),
            models.CheckConstraint(condition=models.Q(copies__gte=1), name="unmet_is_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.get_kind_display()}"
