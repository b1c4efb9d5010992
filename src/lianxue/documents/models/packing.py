"""What stands on the lists by which parcels are packed and handed over (S0-42)."""

from dataclasses import dataclass

from lianxue.documents.enums import PrintedKind


@dataclass(frozen=True, kw_only=True)
class PackingLine:
    """Copies of one title that go into one parcel."""

    code: str
    point: str
    lot: str
    title: str
    kind: PrintedKind
    quantity: int


@dataclass(frozen=True, kw_only=True)
class PackingSum:
    """Copies of one title that go into all parcels together; ``code`` is its catalogue number."""

    code: str
    title: str
    kind: PrintedKind
    parcels: int
    quantity: int


@dataclass(frozen=True, kw_only=True)
class HandedParcel:
    """One closed parcel that a superior unit hands over to its point."""

    code: str
    point: str
    supplier: str
    titles: int
    copies: int
