"""Writing entries into the stock ledger."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from lianxue.distribution.models import StockEntry, StockLeg
from lianxue.distribution.operations.ledger.balances import BalanceKey, change_balances, place_ids
from lianxue.distribution.operations.ledger.legs import Leg, Spot


@dataclass(frozen=True, slots=True)
class Posting:
    """One entry to be written: what happened, because of which row, its legs, and which entry it corrects."""

    verb: str
    reference: str
    legs: Sequence[Leg]
    reason: str = ""
    corrects_id: int | None = None


def reference_to(row: Model) -> str:
    """Return how an entry names the row that caused it: ``distribution.loan:17``."""
    return f"{row._meta.label_lower}:{row.pk}"


def post(
    *, verb: str, at: datetime, person_id: int | None, legs: Sequence[Leg], reference: str, reason: str = ""
) -> StockEntry:
    """Write one entry inside the caller's transaction; see ``post_many``."""
    return post_many(at=at, person_id=person_id, postings=[Posting(verb, reference, legs, reason)])[0]


def post_many(*, at: datetime, person_id: int | None, postings: Sequence[Posting]) -> list[StockEntry]:
    """Write entries inside the caller's transaction, with the same few statements for one and for thousands.

    All balances concerned are locked in one fixed order, so that writers wait for each other and never for ever.
    A transaction that posts twice must have locked what it needs before (see ``lock_holdings``). Raise
    ``NotEnoughCopies`` when a place would be left with less than nothing, and ``ValueError`` for legs that do not
    sum to zero per title, which is a fault of the program.
    """
    for posting in postings:
        _require_sums(posting)
    places = place_ids(leg.spot for posting in postings for leg in posting.legs)
    changes: Counter[BalanceKey] = Counter()
    for posting in postings:
        for leg in posting.legs:
            changes[BalanceKey(places[leg.spot], leg.title_id, leg.lot_id)] += leg.quantity
    change_balances(changes, {place_id: spot for spot, place_id in places.items()})
    entries = StockEntry.objects.bulk_create(
        [
            StockEntry(
                verb=p.verb,
                at=at,
                person_id=person_id,
                reference=p.reference,
                reason=p.reason,
                corrects_id=p.corrects_id,
            )
            for p in postings
        ]
    )
    StockLeg.objects.bulk_create(_rows(zip(entries, postings, strict=True), places), batch_size=5000)
    return entries


def _rows(pairs: Iterable[tuple[StockEntry, Posting]], places: Mapping[Spot, int]) -> list[StockLeg]:
    return [
        StockLeg(
            entry=entry,
            place_id=places[leg.spot],
            title_id=leg.title_id,
            lot_id=leg.lot_id,
            quantity=leg.quantity,
        )
        for entry, posting in pairs
        for leg in posting.legs
    ]


def _require_sums(posting: Posting) -> None:
    sums: Counter[int] = Counter()
    for leg in posting.legs:
        sums[leg.title_id] += leg.quantity
    if not posting.legs or any(sums.values()):
        raise ValueError(f"{posting.verb} {posting.reference}: legs do not sum to zero")
