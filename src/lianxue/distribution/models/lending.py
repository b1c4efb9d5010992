"""Loans (附件1, S0-50) and issues (附件2, S0-51)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.distribution.enums import Audience, LoanState, ReservationState
from lianxue.distribution.models.round import RoundTitle
from lianxue.distribution.models.shipment import ShipmentLine
from lianxue.kernel.sealing import SealedTextField
from lianxue.orgs.models import Organisation
from lianxue.resources.models import CatalogueEntry


class LendingTerms(models.Model):
    """A point's own terms. The sources give no numbers, so each is empty, and its rule rests, until the point sets it.

    ``renewals``: how often a loan may be prolonged; ``hold_days``: how long a reserved copy waits to be fetched;
    ``notice_days``: so many days after the due day the desk is told, and again after as many more.
    """

    point = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="lending_terms"
    )
    loan_days = models.PositiveSmallIntegerField(_("loan period in days"), null=True, blank=True)
    renewals = models.PositiveSmallIntegerField(_("renewals allowed"), null=True, blank=True)
    hold_days = models.PositiveSmallIntegerField(_("days a reserved copy is kept"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("days to the overdue notice"), null=True, blank=True)

    class Meta:
        verbose_name = _("lending terms")

    def __str__(self) -> str:
        return str(self.point)


class Loan(models.Model):
    """Copies of one lot lent to a borrower. ``due_on`` None: no date was agreed.

    One written down by mistake is undone with a reason: the copies are back, the row stays and counts no more.
    """

    # The trail is never changed, so a name that must go one day may not enter it.
    kept_out_of_trail: ClassVar = frozenset({"borrower_name"})

    point = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="loans")
    title = models.ForeignKey(RoundTitle, on_delete=models.PROTECT, related_name="loans")
    lot = models.ForeignKey(ShipmentLine, on_delete=models.PROTECT, related_name="loans")
    quantity = models.PositiveSmallIntegerField(_("quantity"), default=1)
    borrower_name = models.CharField(_("borrower"), max_length=60, blank=True)
    borrower_phone = SealedTextField(_("telephone"), blank=True, default="")
    lent_on = models.DateField(_("lent on"))
    due_on = models.DateField(_("due back on"), null=True, blank=True)
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    lost_on = models.DateField(_("given up as lost on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=LoanState, default=LoanState.ON_LOAN)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    # How many of the copies came from the display corner: a return puts them back there.
    from_display = models.PositiveSmallIntegerField(default=0)
    renewals = models.PositiveSmallIntegerField(_("times renewed"), default=0)
    backdated_reason = models.CharField(_("why it is entered later"), max_length=300, blank=True)
    # The day on which the desk was last told that it is overdue.
    noticed_on = models.DateField(_("overdue notice on"), null=True, blank=True)
    # The name and telephone are gone for good; the row goes on counting.
    anonymised_at = models.DateTimeField(_("made anonymous on"), null=True, blank=True)
    # The same for all loans of one borrower at this point in this year, drawn by lot when the first name goes: readers
    # can still be counted, and nobody can be found by it.
    reader_mark = models.UUIDField(null=True, blank=True)
    undone_at = models.DateTimeField(_("undone on"), null=True, blank=True)
    undone_reason = models.CharField(
        _("why it was undone"), max_length=300, blank=True, default="", db_default=""
    )

    class Meta:
        ordering = ["-lent_on", "-id"]
        verbose_name = _("loan")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undone_reason="") & ~models.Q(state="undone")
                | (models.Q(undone_at__isnull=False, state="undone") & ~models.Q(undone_reason="")),
                name="loan_undone_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(anonymised_at__isnull=True)
                | models.Q(borrower_name="") & ~models.Q(state="on_loan"),
                name="loan_anonymous_has_no_name",
            ),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="loan_is_at_least_one"),
            models.CheckConstraint(
                condition=models.Q(from_display__lte=models.F("quantity")),
                name="loan_from_display_within_quantity",
            ),
            models.CheckConstraint(
                condition=models.Q(state="returned", returned_on__isnull=False)
                | (~models.Q(state="returned") & models.Q(returned_on__isnull=True)),
                name="loan_returned_has_day",
            ),
            models.CheckConstraint(
                condition=models.Q(returned_on__isnull=True) | models.Q(returned_on__gte=models.F("lent_on")),
                name="loan_returned_after_lent",
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__isnull=True) | models.Q(due_on__gte=models.F("lent_on")),
                name="loan_due_after_lent",
            ),
        ]
        indexes = [
            models.Index(fields=["point", "state", "due_on"], name="loan_of_point"),
            models.Index(fields=["point", "-lent_on"], name="loan_register"),
        ]

    def __str__(self) -> str:
        return f"{self.title} × {self.quantity}"


class Reservation(models.Model):
    """A reader waits for a title at a point; the first in the queue gets the next copy that comes back."""

    kept_out_of_trail: ClassVar = frozenset({"borrower_name"})

    point = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reservations")
    entry = models.ForeignKey(CatalogueEntry, on_delete=models.PROTECT, related_name="reservations")
    borrower_name = models.CharField(_("borrower"), max_length=60, blank=True)
    borrower_phone = SealedTextField(_("telephone"), blank=True, default="")
    state = models.CharField(
        _("state"), max_length=10, choices=ReservationState, default=ReservationState.WAITING
    )
    reserved_at = models.DateTimeField(_("reserved on"))
    ready_at = models.DateTimeField(_("ready since"), null=True, blank=True)
    keep_until = models.DateField(_("kept until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True)
    loan = models.OneToOneField(
        Loan, on_delete=models.PROTECT, null=True, blank=True, related_name="reservation"
    )
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    anonymised_at = models.DateTimeField(_("made anonymous on"), null=True, blank=True)

    class Meta:
        ordering = ["reserved_at", "id"]
        verbose_name = _("reservation")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(ready_at__isnull=False),
                name="reservation_ready_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="fulfilled") | models.Q(loan__isnull=False),
                name="reservation_fulfilled_has_loan",
            ),
            models.CheckConstraint(
                condition=models.Q(anonymised_at__isnull=True)
                | models.Q(borrower_name="") & ~models.Q(state__in=["waiting", "ready"]),
                name="reservation_anonymous_has_no_name",
            ),
        ]
        indexes = [models.Index(fields=["point", "entry", "state"], name="reservation_queue")]

    def __str__(self) -> str:
        return str(self.entry)


class Issue(models.Model):
    """Copies of one lot given to a teacher or learner to keep (S0-45).

    One written down by mistake is undone with a reason: the copies are back, the row stays and counts no more.
    """

    kept_out_of_trail: ClassVar = frozenset({"recipient_name"})

    point = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="issues")
    title = models.ForeignKey(RoundTitle, on_delete=models.PROTECT, related_name="issues")
    lot = models.ForeignKey(ShipmentLine, on_delete=models.PROTECT, related_name="issues")
    quantity = models.PositiveSmallIntegerField(_("quantity"), default=1)
    recipient_name = models.CharField(_("recipient"), max_length=60, blank=True)
    audience = models.CharField(_("recipient is a"), max_length=10, choices=Audience)
    issued_on = models.DateField(_("issued on"))
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    # How many of the copies came from the display corner: undoing puts them back there.
    from_display = models.PositiveSmallIntegerField(default=0)
    class_name = models.CharField(_("class"), max_length=60, blank=True)
    backdated_reason = models.CharField(_("why it is entered later"), max_length=300, blank=True)
    anonymised_at = models.DateTimeField(_("made anonymous on"), null=True, blank=True)
    reader_mark = models.UUIDField(null=True, blank=True)  # as on a loan
    undone_at = models.DateTimeField(_("undone on"), null=True, blank=True)
    undone_reason = models.CharField(_("why it was undone"), max_length=300, blank=True)

    class Meta:
        ordering = ["-issued_on", "-id"]
        verbose_name = _("issue")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(anonymised_at__isnull=True) | models.Q(recipient_name=""),
                name="issue_anonymous_has_no_name",
            ),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="issue_is_at_least_one"),
            models.CheckConstraint(
                condition=models.Q(from_display__lte=models.F("quantity")),
                name="issue_from_display_within_quantity",
            ),
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undone_reason="")
                | (models.Q(undone_at__isnull=False) & ~models.Q(undone_reason="")),
                name="issue_undone_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["point", "-issued_on"], name="issue_register")]

    def __str__(self) -> str:
        return f"{self.title} × {self.quantity}"
