"""Sharing out the copies of a round."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import AllocationState
from lianxue.distribution.models.demand import DemandLine
from lianxue.distribution.models.round import Round


class Allocation(models.Model):
    """One way of sharing out a round's copies, by one policy. At most one per round is committed.

    ``figures`` are totals for the comparison: asked, supply, allocated, lines, points_covered, points_asking.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="allocations")
    policy = models.CharField(_("policy"), max_length=40)
    state = models.CharField(
        _("state"), max_length=12, choices=AllocationState, default=AllocationState.PROPOSED
    )
    proposed_at = models.DateTimeField(_("proposed on"))
    committed_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    figures = models.JSONField(default=dict)

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
