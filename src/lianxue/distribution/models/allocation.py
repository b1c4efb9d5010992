"""Sharing out the copies of a round."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.distribution.enums import AllocationState, UnmetAnswerKind
from lianxue.distribution.models.demand import DemandLine
from lianxue.distribution.models.round import Round, RoundTitle
from lianxue.orgs.models import Organisation


class Allocation(models.Model):
    """One way of sharing out a round's copies, by one policy. At most one per round is committed.

    ``figures`` are what proposals are compared by (``operations.allocation.figures``); ``terms`` are what the office
    set for the policy: cap, minimum, shares of districts. A term that is not there rests.
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


class AllocationTitle(models.Model):
    """What one title comes to in an allocation, with every number from which each share can be worked out again.

    The lists run side by side, one place a demand line, by the codes of the points. Supply, pack, ``groups`` and all
    lists but ``quantities`` are as they were when the copies were shared out and stay so: the explanation of a number
    never changes. ``quantities`` are changed by hand until the decision (``AllocationOverride``). A proposal has no
    other lines than these, so that several can stand side by side over millions of demand lines (docs/adr/0009).
    """

    allocation = models.ForeignKey(Allocation, on_delete=models.CASCADE, related_name="titles")
    title = models.ForeignKey(RoundTitle, on_delete=models.PROTECT, related_name="allocation_titles")
    supply = models.PositiveIntegerField(_("copies available"))
    pack_size = models.PositiveSmallIntegerField(_("copies in a pack"))
    points_asking = models.PositiveIntegerField(_("points that ask"))
    points_covered = models.PositiveIntegerField(_("points that get some"))
    asked = models.PositiveIntegerField(_("asked for"))
    agreed = models.PositiveIntegerField(_("passed on"))
    allocated = models.PositiveIntegerField(_("allocated"))
    # Who shares among themselves: the points of a college with a share of its own, and all others. Whole numbers only.
    groups = models.JSONField(default=list)
    demand_lines = ArrayField(models.BigIntegerField())
    passed_on = ArrayField(models.IntegerField())
    quantities = ArrayField(models.IntegerField())
    group_of = ArrayField(models.SmallIntegerField())
    places = ArrayField(models.IntegerField())
    # What the policy looked at beside the demand; empty when it looked at nothing else.
    needs = ArrayField(models.IntegerField(), default=list)
    had = ArrayField(models.IntegerField(), default=list)
    learners = ArrayField(models.IntegerField(), default=list)

    class Meta:
        ordering = ["allocation_id", "title_id"]
        verbose_name = _("title in an allocation")
        constraints = [
            models.UniqueConstraint(fields=["allocation", "title"], name="title_once_in_an_allocation"),
            models.CheckConstraint(
                condition=models.Q(allocated__lte=models.F("supply")), name="allocated_within_supply"
            ),
            models.CheckConstraint(
                condition=models.Q(allocated__lte=models.F("agreed")), name="allocated_within_demand"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} → {self.allocated}"


class AllocationPoint(models.Model):
    """What one point comes to in an allocation, over all titles. ``learners`` as it had stated them then, if at all."""

    allocation = models.ForeignKey(Allocation, on_delete=models.CASCADE, related_name="points")
    point = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="allocation_points")
    college = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    learners = models.PositiveIntegerField(_("learners"), null=True)
    titles = models.PositiveIntegerField(_("titles"))
    asked = models.PositiveIntegerField(_("asked for"))
    agreed = models.PositiveIntegerField(_("passed on"))
    allocated = models.PositiveIntegerField(_("allocated"))

    class Meta:
        ordering = ["allocation_id", "point_id"]
        verbose_name = _("point in an allocation")
        constraints = [
            models.UniqueConstraint(fields=["allocation", "point"], name="point_once_in_an_allocation"),
            models.CheckConstraint(
                condition=models.Q(allocated__lte=models.F("agreed")), name="point_gets_no_more_than_agreed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point} → {self.allocated}"


class AllocationLine(models.Model):
    """How many copies one demand line gets, written when the allocation is decided; none there means none.

    Millions are written at once. Instead of one look-up for each row, the database checks the rows of a statement
    together that they point to what exists (a trigger, docs/adr/0009).
    """

    allocation = models.ForeignKey(
        Allocation,
        on_delete=models.PROTECT,
        related_name="lines",
        db_constraint=False,
        db_index=False,  # a decision writes its lines side by side; see indexes
    )
    demand_line = models.ForeignKey(
        DemandLine,
        on_delete=models.PROTECT,
        related_name="allocation_lines",
        db_constraint=False,
        db_index=False,  # the unique constraint has one
    )
    quantity = models.PositiveIntegerField(_("allocated"))

    class Meta:
        ordering = ["allocation_id", "demand_line_id"]
        verbose_name = _("allocation line")
        constraints = [models.UniqueConstraint(fields=["demand_line"], name="one_answer_to_a_demand_line")]
        indexes = [BrinIndex(fields=["allocation"], name="lines_of_allocation", pages_per_range=32)]

    def __str__(self) -> str:
        return f"{self.demand_line} → {self.quantity}"


class AllocationOverride(models.Model):
    """One number that the office set by hand before the decision, with its reason. Append-only; the point reads it."""

    allocation = models.ForeignKey(Allocation, on_delete=models.CASCADE, related_name="overrides")
    demand_line = models.ForeignKey(DemandLine, on_delete=models.PROTECT, related_name="allocation_overrides")
    before = models.PositiveIntegerField(_("before"))
    after = models.PositiveIntegerField(_("after"))
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("number set by hand")
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
