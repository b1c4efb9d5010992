"""Readers are names: no card, no account. Known at a point are those who borrowed there and whose name is still kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, F
from django.db.models.functions import Cast, Coalesce

from lianxue.distribution.models import Loan
from lianxue.kernel.errors import NotFound
from lianxue.kernel.sealing import mask_phone

LOANS_LOOKED_AT = 300
MOST_READERS = 9  # one key each


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who borrowed at a point before; ``phone`` is masked, ``loan_id`` the loan that knows the whole of it."""

    loan_id: int
    name: str
    phone: str
    last_on: date


def counted_reader(name_field: str) -> Coalesce:
    """Return the value by which readers are told apart: the name, or the mark that stands for one that is gone."""
    return Coalesce(Cast("reader_mark", CharField()), F(name_field))


def readers_at(point_id: int, begins: str = "", *, most: int = MOST_READERS) -> list[Reader]:
    """Return readers known at a point, the latest first; those whose name begins with ``begins``."""
    loans = Loan.objects.filter(point_id=point_id, undone_at__isnull=True).exclude(borrower_name="")
    if begins:
        loans = loans.filter(borrower_name__startswith=begins)
    return _distinct(loans.order_by("-lent_on", "-pk")[:LOANS_LOOKED_AT], most)


def reader_of(point_id: int, loan_id: int) -> Loan:
    """Return the loan of a point by which a reader is known there. Raise ``NotFound``."""
    loan = Loan.objects.filter(point_id=point_id, pk=loan_id).exclude(borrower_name="").first()
    if loan is None:
        raise NotFound
    return loan


def _distinct(loans: Iterable[Loan], most: int) -> list[Reader]:
    found: dict[tuple[str, str], Reader] = {}
    for reader in _readers(loans):
        found.setdefault((reader.name, reader.phone), reader)
        if len(found) == most:
            break
    return list(found.values())


def _readers(loans: Iterable[Loan]) -> Iterator[Reader]:
    for loan in loans:
        yield Reader(loan.pk, loan.borrower_name, mask_phone(loan.borrower_phone), loan.lent_on)
