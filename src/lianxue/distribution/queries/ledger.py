"""The ledger read back: where copies are by the legs themselves, and whether everything adds up."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Q, Sum

from lianxue.distribution.enums import PlaceKind, StocktakeState
from lianxue.distribution.models import ReceiptLine, StockBalance, StockLeg, StocktakeLine

BalanceOf = tuple[int, int, int | None]  # place, title, lot


@dataclass(frozen=True)
class LedgerCheck:
    """What a check of the whole ledger found; everything empty means that it is sound."""

    entries_out_of_balance: tuple[int, ...]
    wrong_balances: tuple[tuple[BalanceOf, int, int], ...]  # which, as kept, as the legs say
    below_zero: tuple[BalanceOf, ...]

    @property
    def is_sound(self) -> bool:
        return not (self.entries_out_of_balance or self.wrong_balances or self.below_zero)


def rebuild_balances() -> dict[BalanceOf, int]:
    """Return the balance of every place, title and lot as the legs say; those that are zero are left out."""
    rows = (
        StockLeg.objects.order_by()
        .values_list("place_id", "title_id", "lot_id")
        .annotate(copies=Sum("quantity"))
    )
    return {(place, title, lot): copies for place, title, lot, copies in rows if copies}


def kept_balances() -> dict[BalanceOf, int]:
    """Return the balances as they are kept; those that are zero are left out."""
    rows = StockBalance.objects.exclude(quantity=0).order_by()
    return {
        (place, title, lot): copies
        for place, title, lot, copies in rows.values_list("place_id", "title_id", "lot_id", "quantity")
    }


def check_ledger() -> LedgerCheck:
    """Compare the kept balances with the legs and look for entries and places that cannot be."""
    unbalanced = (
        StockLeg.objects.order_by()
        .values("entry_id", "title_id")
        .annotate(sum=Sum("quantity"))
        .exclude(sum=0)
        .values_list("entry_id", flat=True)
    )
    kept, true = kept_balances(), rebuild_balances()
    return LedgerCheck(
        entries_out_of_balance=tuple(sorted(set(unbalanced))),
        wrong_balances=_differences(kept, true),
        below_zero=tuple(
            StockBalance.objects.filter(quantity__lt=0)
            .exclude(place__kind=PlaceKind.OUTSIDE)
            .values_list("place_id", "title_id", "lot_id")
        ),
    )


def _differences(
    kept: Mapping[BalanceOf, int], true: Mapping[BalanceOf, int]
) -> tuple[tuple[BalanceOf, int, int], ...]:
    return tuple(
        (key, kept.get(key, 0), true.get(key, 0))
        for key in sorted({*kept, *true}, key=str)
        if kept.get(key, 0) != true.get(key, 0)
    )


def retention_violations() -> int:
    """Count lots of which good copies arrived and none is on display now (S0-29).

    A lot whose displayed copy a settled count found gone is none while the store has no copy to put in its place.
    """
    displayed = StockBalance.objects.filter(place__kind=PlaceKind.DISPLAY, quantity__gt=0).values("lot_id")
    in_store = StockBalance.objects.filter(place__kind=PlaceKind.SHELF, quantity__gt=0).values("lot_id")
    gone = StocktakeLine.objects.filter(
        stocktake__state=StocktakeState.SETTLED, kind=PlaceKind.DISPLAY, counted__lt=F("expected")
    ).values("lot_id")
    return (
        ReceiptLine.objects.filter(good__gt=0)
        .exclude(lot_id__in=displayed)
        .exclude(Q(lot_id__in=gone) & ~Q(lot_id__in=in_store))
        .count()
    )
