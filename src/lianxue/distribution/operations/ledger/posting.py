"""Writing entries into the stock ledger."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Model

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.models import StockBalance, StockEntry
from lianxue.distribution.operations.ledger.balances import BalanceKey, lock_balances, place_ids
from lianxue.distribution.operations.ledger.legs import Leg, Spot

# Entries, their legs and the balances in one statement: a copy over the desk is the commonest thing that is written.
_WRITE = """
WITH entry AS MATERIALIZED (
    SELECT nextval(pg_get_serial_sequence('distribution_stockentry', 'id')) AS id, wanted.*
      FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[])
      WITH ORDINALITY AS wanted (verb, reference, reason, corrects_id, number)
), written AS (
    INSERT INTO distribution_stockentry (id, verb, at, person_id, reference, reason, corrects_id)
    SELECT id, verb, %s::timestamptz, %s::bigint, reference, reason, corrects_id FROM entry ORDER BY number
), leg AS (
    INSERT INTO distribution_stockleg (entry_id, place_id, title_id, lot_id, quantity)
    SELECT entry.id, part.place_id, part.title_id, part.lot_id, part.quantity
      FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::integer[])
      WITH ORDINALITY AS part (number, place_id, title_id, lot_id, quantity, place_in_line)
      JOIN entry USING (number)
     ORDER BY part.place_in_line
), changed AS (
    UPDATE distribution_stockbalance AS balance SET quantity = balance.quantity + change.quantity
      FROM unnest(%s::bigint[], %s::integer[]) AS change (id, quantity)
     WHERE balance.id = change.id
)
SELECT id FROM entry ORDER BY number
"""


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
    *,
    verb: str,
    at: datetime,
    person_id: int | None,
    legs: Sequence[Leg],
    reference: str,
    reason: str = "",
    held: Iterable[StockBalance] = (),
) -> StockEntry:
    """Write one entry inside the caller's transaction; see ``post_many``."""
    posting = Posting(verb, reference, legs, reason)
    return post_many(at=at, person_id=person_id, postings=[posting], held=held)[0]


def post_many(
    *,
    at: datetime,
    person_id: int | None,
    postings: Sequence[Posting],
    held: Iterable[StockBalance] = (),
) -> list[StockEntry]:
    """Write entries inside the caller's transaction, with the same few statements for one and for thousands.

    All balances concerned are locked in one fixed order, so that writers wait for each other and never for ever.
    A transaction that posts twice must have locked what it needs before (see ``lock_holdings``). ``held`` are balances
    as ``lock_holdings`` returned them in this transaction, unchanged since: they are not looked up again. Raise
    ``NotEnoughCopies`` when a place would be left with less than nothing, and ``ValueError`` for legs that do not
    sum to zero per title, which is a fault of the program.
    """
    if not postings:
        return []
    for posting in postings:
        _require_sums(posting)
    held = list(held)
    places = _places(postings, held)
    legs = [
        (number, places[leg.spot], leg.title_id, leg.lot_id, leg.quantity)
        for number, posting in enumerate(postings, start=1)
        for leg in posting.legs
    ]
    changes: Counter[BalanceKey] = Counter()
    for _number, place_id, title_id, lot_id, quantity in legs:
        changes[BalanceKey(place_id, title_id, lot_id)] += quantity
    deltas = lock_balances(changes, {place_id: spot for spot, place_id in places.items()}, held)
    entries = [
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
    with connection.cursor() as cursor:
        cursor.execute(
            _WRITE,
            [
                [e.verb for e in entries],
                [e.reference for e in entries],
                [e.reason for e in entries],
                [e.corrects_id for e in entries],
                at,
                person_id,
                *(list(column) for column in zip(*legs, strict=True)),
                list(deltas),
                list(deltas.values()),
            ],
        )
        for entry, (entry_id,) in zip(entries, cursor.fetchall(), strict=True):
            entry.pk = entry_id
    return entries


def _places(postings: Sequence[Posting], held: Sequence[StockBalance]) -> dict[Spot, int]:
    """Return the row id of each place that is concerned."""
    known = {Spot(b.place.organisation_id, PlaceKind(b.place.kind)): b.place_id for b in held}
    missing = {leg.spot for posting in postings for leg in posting.legs} - known.keys()
    return known | place_ids(missing) if missing else known


def _require_sums(posting: Posting) -> None:
    sums: Counter[int] = Counter()
    for leg in posting.legs:
        sums[leg.title_id] += leg.quantity
    if not posting.legs or any(sums.values()):
        raise ValueError(f"{posting.verb} {posting.reference}: legs do not sum to zero")
