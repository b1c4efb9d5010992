"""Shipments from a supplier to a point, and what arrived."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.models.allocation import AllocationLine
from lianxue.distribution.models.round import Round, RoundTitle
from lianxue.orgs.models import Organisation


class Shipment(models.Model):
    """One parcel from a supplier to a point. ``code`` is printed; ``token`` is in the QR code of the delivery note."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="shipments")
    supplier = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="shipments_sent")
    point = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="shipments")
    code = models.CharField(_("shipment number"), max_length=20, unique=True)
    token = models.CharField(max_length=40, unique=True)
    state = models.CharField(
        _("state"), max_length=12, choices=ShipmentState, default=ShipmentState.PREPARING
    )
    dispatched_at = models.DateTimeField(_("dispatched on"), null=True, blank=True)
    carrier_note = models.CharField(_("carrier and waybill"), max_length=120, blank=True)
    # The superior unit through which it goes; empty: straight to the point.
    via = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="shipments_through"
    )
    arrived_at_college_at = models.DateTimeField(_("arrived at the superior unit on"), null=True, blank=True)
    forwarded_at = models.DateTimeField(_("sent on on"), null=True, blank=True)
    # The parcel whose rest this is, or for whose faults it makes up.
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )

    class Meta:
        ordering = ["round_id", "code"]
        verbose_name = _("shipment")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "supplier", "point"],
                condition=models.Q(follows__isnull=True),
                name="one_first_parcel_a_supplier_and_point",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="at_college")
                | models.Q(via__isnull=False, arrived_at_college_at__isnull=False),
                name="shipment_at_college_has_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state="preparing") | models.Q(dispatched_at__isnull=False),
                name="shipment_dispatched_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["point", "state"], name="shipment_of_point"),
            models.Index(fields=["supplier", "state"], name="shipment_of_supplier"),
            models.Index(fields=["via", "state"], name="shipment_through"),
        ]

    def __str__(self) -> str:
        return self.code


class ShipmentLine(models.Model):
    """So many copies of one title in a shipment: a lot, followed through the ledger to the reader's hand.

    Millions are written when an allocation is decided; the database checks what they point to for all rows of a
    statement together (a trigger, docs/adr/0009).
    """

    shipment = models.ForeignKey(
        Shipment,
        on_delete=models.CASCADE,
        related_name="lines",
        db_constraint=False,
        db_index=False,  # the unique constraint begins with it
    )
    title = models.ForeignKey(
        RoundTitle, on_delete=models.PROTECT, related_name="shipment_lines", db_constraint=False
    )
    allocation_line = models.ForeignKey(
        AllocationLine,
        on_delete=models.PROTECT,
        null=True,
        related_name="shipment_lines",
        db_constraint=False,
    )
    quantity = models.PositiveIntegerField(_("copies"))

    class Meta:
        ordering = ["shipment_id", "id"]
        verbose_name = _("lot")
        constraints = [
            models.UniqueConstraint(fields=["shipment", "title"], name="title_once_in_a_shipment"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="lot_is_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"{self.title} × {self.quantity}"

    @property
    def code(self) -> str:
        """Return the lot number as printed on the delivery note and typed or scanned at the desk."""
        return f"L{self.pk}"


class Receipt(models.Model):
    """A point's check of what arrived against what was due (S0-42)."""

    shipment = models.OneToOneField(Shipment, on_delete=models.PROTECT, related_name="receipt")
    received_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(_("received on"))
    note = models.CharField(_("remark"), max_length=300, blank=True)

    class Meta:
        ordering = ["-received_at", "-id"]
        verbose_name = _("receipt")

    def __str__(self) -> str:
        return str(self.shipment)


class ReceiptLine(models.Model):
    """What arrived of one lot: good + damaged + missing = due."""

    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="lines")
    lot = models.OneToOneField(ShipmentLine, on_delete=models.PROTECT, related_name="receipt_line")
    due = models.PositiveIntegerField(_("due"))
    good = models.PositiveIntegerField(_("in good order"))
    damaged = models.PositiveIntegerField(_("damaged"), default=0)
    missing = models.PositiveIntegerField(_("missing"), default=0)
    # Copies beyond those that were due; they are in good order and counted in none of the others.
    surplus = models.PositiveIntegerField(_("too many"), default=0)

    class Meta:
        ordering = ["receipt_id", "id"]
        verbose_name = _("receipt line")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due=models.F("good") + models.F("damaged") + models.F("missing")),
                name="receipt_line_adds_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.lot}: {self.good}/{self.due}"
