"""Stock-taking: what stands there is counted, what differs is entered with a reason and a second pair of eyes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.distribution.enums import PlaceKind, StocktakeState
from lianxue.distribution.models.round import RoundTitle
from lianxue.distribution.models.shipment import ShipmentLine
from lianxue.orgs.models import Organisation


class Stocktake(models.Model):
    """One count of a point's store and corner. Whoever counted does not settle it (second pair of eyes).

    ``is_whole`` tells a count of everything from a report of single copies that are damaged or gone.
    """

    point = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="stocktakes")
    state = models.CharField(
        _("state"), max_length=10, choices=StocktakeState, default=StocktakeState.COUNTING
    )
    is_whole = models.BooleanField(_("everything is counted"), default=True, db_default=True)
    begun_at = models.DateTimeField(_("begun on"))
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    counted_at = models.DateTimeField(_("counted on"), null=True, blank=True)
    counted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(_("settled on"), null=True, blank=True)
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    return_reason = models.CharField(_("why it was sent back"), max_length=300, blank=True)

    class Meta:
        ordering = ["-begun_at", "-id"]
        verbose_name = _("stock-taking")
        constraints = [
            models.UniqueConstraint(
                fields=["point"],
                condition=models.Q(state__in=["counting", "counted"]),
                name="one_open_stocktake_a_point",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="settled")
                | models.Q(settled_at__isnull=False, counted_at__isnull=False),
                name="stocktake_settled_has_times",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="settled") | ~models.Q(settled_by=models.F("counted_by")),
                name="stocktake_has_second_pair_of_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point} {self.begun_at:%Y-%m-%d}"


class StocktakeLine(models.Model):
    """One lot in one place: how many the ledger had when it was counted, and how many stood there in good order.

    Copies that stood there and can be used no more are ``damaged``; they are not among those ``counted``.
    """

    stocktake = models.ForeignKey(Stocktake, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(_("place"), max_length=12, choices=PlaceKind)
    title = models.ForeignKey(RoundTitle, on_delete=models.PROTECT, related_name="+")
    lot = models.ForeignKey(ShipmentLine, on_delete=models.PROTECT, related_name="stocktake_lines")
    expected = models.PositiveIntegerField(_("in the books"))
    counted = models.PositiveIntegerField(_("counted"), null=True, blank=True)
    damaged = models.PositiveIntegerField(_("damaged"), default=0, db_default=0)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    counted_at = models.DateTimeField(_("counted on"), null=True, blank=True)
    counted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["stocktake_id", "id"]
        verbose_name = _("counted lot")
        constraints = [
            models.UniqueConstraint(fields=["stocktake", "kind", "lot"], name="lot_counted_once_a_place"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["shelf", "display"]), name="counted_in_store_or_corner"
            ),
            models.CheckConstraint(
                condition=models.Q(damaged=0)
                | models.Q(counted__lte=models.F("expected") - models.F("damaged")),
                name="damaged_copies_are_among_the_missing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot} {self.get_kind_display()}: {self.counted}/{self.expected}"

    @property
    def difference(self) -> int:
        """Return how many copies more (+) or fewer (-) stood there in good order than the books had."""
        return 0 if self.counted is None else self.counted - self.expected
