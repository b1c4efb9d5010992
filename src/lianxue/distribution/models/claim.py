"""Claims: what was wrong with a delivery goes to the supplier and ends in a remedy."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.distribution.enums import ClaimKind, ClaimRemedy, ClaimState
from lianxue.distribution.models.shipment import ReceiptLine, Shipment
from lianxue.distribution.models.transfer import Transfer


class Claim(models.Model):
    """So many copies of one received lot were missing, damaged or too many.

    The supplier offers a remedy, the point or its office accepts it: sent again (``resent_in``), credited, written
    off; copies too many are kept or sent back.
    """

    receipt_line = models.ForeignKey(ReceiptLine, on_delete=models.PROTECT, related_name="claims")
    kind = models.CharField(_("what is wrong"), max_length=8, choices=ClaimKind)
    quantity = models.PositiveIntegerField(_("copies"))
    state = models.CharField(_("state"), max_length=10, choices=ClaimState, default=ClaimState.OPEN)
    note = models.CharField(_("remark"), max_length=300, blank=True)
    opened_at = models.DateTimeField(_("reported on"))
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    remedy = models.CharField(_("remedy"), max_length=10, choices=ClaimRemedy, blank=True)
    answer = models.CharField(_("answer of the supplier"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    # Why the point did not accept the last answer; the claim is with the supplier again.
    declined_reason = models.CharField(
        _("why it was not accepted"), max_length=300, blank=True, db_default=""
    )
    settled_at = models.DateTimeField(_("settled on"), null=True, blank=True)
    settled_reason = models.CharField(_("reason"), max_length=300, blank=True)
    resent_in = models.ForeignKey(
        Shipment, on_delete=models.PROTECT, null=True, blank=True, related_name="claims_made_good"
    )
    # Copies too many that go back travel like any other transfer.
    sent_back_in = models.ForeignKey(
        Transfer, on_delete=models.PROTECT, null=True, blank=True, related_name="claims_sent_back"
    )

    class Meta:
        ordering = ["-opened_at", "-id"]
        verbose_name = _("claim")
        constraints = [
            models.UniqueConstraint(fields=["receipt_line", "kind"], name="one_claim_a_fault"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="claim_is_at_least_one"),
            models.CheckConstraint(
                condition=models.Q(state="open", remedy="", answered_at__isnull=True, settled_at__isnull=True)
                | (
                    models.Q(state="answered", answered_at__isnull=False, settled_at__isnull=True)
                    & ~models.Q(remedy="")
                )
                | (models.Q(state="settled", settled_at__isnull=False) & ~models.Q(remedy="")),
                name="claim_state_has_its_facts",
            ),
        ]
        indexes = [models.Index(fields=["state"], name="claim_by_state")]

    def __str__(self) -> str:
        return f"{self.receipt_line.lot}: {self.get_kind_display()} × {self.quantity}"
