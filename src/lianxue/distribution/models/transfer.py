"""Copies that move on: from point to point, or back as surplus."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.distribution.enums import TransferPurpose, TransferState
from lianxue.distribution.models.shipment import ShipmentLine
from lianxue.orgs.models import Organisation


class Transfer(models.Model):
    """Copies that one organisation hands on to another; the superior unit of the giver agrees first."""

    code = models.CharField(_("transfer number"), max_length=20, unique=True)
    token = models.CharField(max_length=40, unique=True)
    purpose = models.CharField(_("purpose"), max_length=10, choices=TransferPurpose)
    giver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="transfers_given")
    taker = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="transfers_taken")
    state = models.CharField(
        _("state"), max_length=10, choices=TransferState, default=TransferState.REQUESTED
    )
    reason = models.CharField(_("reason"), max_length=300)
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField(_("asked for on"))
    agreed_at = models.DateTimeField(_("agreed on"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)
    received_at = models.DateTimeField(_("received on"), null=True, blank=True)
    note = models.CharField(_("remark"), max_length=300, blank=True)
    cancelled_reason = models.CharField(_("why it was called off"), max_length=300, blank=True)

    class Meta:
        ordering = ["-requested_at", "-id"]
        verbose_name = _("transfer")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("taker")), name="transfer_goes_elsewhere"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="transfer_has_reason"),
            models.CheckConstraint(
                condition=~models.Q(state="received")
                | models.Q(received_at__isnull=False, sent_at__isnull=False),
                name="transfer_received_has_times",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="cancelled") | ~models.Q(cancelled_reason=""),
                name="transfer_cancelled_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["giver", "state"], name="transfer_of_giver"),
            models.Index(fields=["taker", "state"], name="transfer_of_taker"),
        ]

    def __str__(self) -> str:
        return self.code


class TransferLine(models.Model):
    """So many copies of one lot in a transfer; the counts are empty until it has arrived."""

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="lines")
    lot = models.ForeignKey(ShipmentLine, on_delete=models.PROTECT, related_name="transfer_lines")
    quantity = models.PositiveIntegerField(_("copies"))
    # How many of them stood in the corner.
    from_display = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(_("in good order"), null=True, blank=True)
    damaged = models.PositiveIntegerField(_("damaged"), null=True, blank=True)
    missing = models.PositiveIntegerField(_("missing"), null=True, blank=True)

    class Meta:
        ordering = ["transfer_id", "id"]
        verbose_name = _("transferred lot")
        constraints = [
            models.UniqueConstraint(fields=["transfer", "lot"], name="lot_once_in_a_transfer"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="transfer_is_at_least_one"),
            models.CheckConstraint(
                condition=models.Q(good__isnull=True, damaged__isnull=True, missing__isnull=True)
                | models.Q(quantity=models.F("good") + models.F("damaged") + models.F("missing")),
                name="transfer_line_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot} × {self.quantity}"
