"""The stock ledger: double-entry, append-only; balances are a cache of it."""

from django.db import models

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.models.round import RoundTitle
from lianxue.distribution.models.shipment import ShipmentLine
from lianxue.orgs.models import Organisation


class StockPlace(models.Model):
    """A place in which copies can be: one of each kind per organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="stock_places")
    kind = models.CharField(max_length=12, choices=PlaceKind)

    class Meta:
        ordering = ["organisation_id", "kind"]
        constraints = [models.UniqueConstraint(fields=["organisation", "kind"], name="one_place_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.get_kind_display()}"


class StockEntry(models.Model):
    """One event in the ledger. ``reference`` names the row that caused it, ``distribution.loan:17``."""

    verb = models.CharField(max_length=40)
    at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)
    reference = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["reference"], name="stock_entry_reference")]

    def __str__(self) -> str:
        return f"{self.verb} {self.reference}"


class StockLeg(models.Model):
    """One side of an entry: ``quantity`` copies come to (+) or leave (−) a place. Legs of an entry sum to 0 per title.

    Append-only by trigger; the sum is checked by a deferred constraint trigger.
    """

    entry = models.ForeignKey(StockEntry, on_delete=models.PROTECT, related_name="legs")
    place = models.ForeignKey(StockPlace, on_delete=models.PROTECT, related_name="legs")
    title = models.ForeignKey(RoundTitle, on_delete=models.PROTECT, related_name="stock_legs")
    lot = models.ForeignKey(ShipmentLine, on_delete=models.PROTECT, null=True, related_name="stock_legs")
    quantity = models.IntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(quantity=0), name="stock_leg_moves_something")
        ]

    def __str__(self) -> str:
        return f"{self.quantity:+d} {self.place}"


class StockBalance(models.Model):
    """How many copies of a lot are in a place now; rebuilt from the legs by a test."""

    place = models.ForeignKey(StockPlace, on_delete=models.PROTECT, related_name="balances")
    title = models.ForeignKey(RoundTitle, on_delete=models.PROTECT, related_name="stock_balances")
    lot = models.ForeignKey(ShipmentLine, on_delete=models.PROTECT, null=True, related_name="stock_balances")
    quantity = models.IntegerField(default=0)
    may_go_below_zero = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "title", "lot"], name="one_balance_a_lot_and_place", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=0) | models.Q(may_go_below_zero=True),
                name="no_copies_from_nowhere",
            ),
        ]
        indexes = [models.Index(fields=["lot"], name="stock_balance_lot")]

    def __str__(self) -> str:
        return f"{self.title} {self.quantity} @ {self.place}"
