"""What may be offered in a round, checked the same for adding and for changing."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Text
from lianxue.orgs.public import Chain, Organisation, OrganisationKind, children_of
from lianxue.resources.models import CatalogueEntry
from lianxue.resources.public import EntryState, ResourceKind

MOST_COPIES = 1_000_000

NO_SUCH_ENTRY = _("This title is not in the catalogue.")
ONLINE_ONLY = _("This title is used on line; it has no copies to send.")
NO_SUCH_SUPPLIER = _("This is no supplier of the office.")
MOST_IN_PACK = 10_000
BAD_PACK = _("Please give a number from 1 to as many copies as there are.")
BAD_COPIES = _("Please give a number of copies from 1 to 1,000,000.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A catalogue title to be offered, who supplies it, how many copies there are, and how many go together."""

    entry_id: int
    supplier_id: int
    copies: int
    pack_size: int = 1


def suppliers_of(office_id: int) -> dict[int, Organisation]:
    """Return the suppliers from which the office may have copies sent."""
    rows = children_of(office_id, Chain.SUPPLY).filter(is_active=True, kind=OrganisationKind.SUPPLIER)
    return {row.pk: row for row in rows}


def entries_to_offer(entry_ids: Collection[int]) -> dict[int, CatalogueEntry]:
    """Return those of the entries that are published, whatever their kind."""
    return CatalogueEntry.objects.filter(state=EntryState.PUBLISHED).in_bulk(list(entry_ids))


def entry_fault(entry: CatalogueEntry | None, copies: int) -> Text | None:
    """Return why an entry cannot be offered with so many copies, or None; online titles have none (S0-05)."""
    if entry is None:
        return NO_SUCH_ENTRY
    return ONLINE_ONLY if is_online(entry) and copies else None


def copies_fault(copies: int, entry: CatalogueEntry | None) -> Text | None:
    """Return why this number of copies cannot be, or None."""
    if entry is not None and is_online(entry):
        return ONLINE_ONLY if copies else None
    return None if 1 <= copies <= MOST_COPIES else BAD_COPIES


def pack_fault(pack_size: int, copies: int, entry: CatalogueEntry | None) -> Text | None:
    """Return why so many copies cannot go together, or None."""
    if entry is not None and is_online(entry):
        return None if pack_size == 1 else ONLINE_ONLY
    return None if 1 <= pack_size <= min(max(copies, 1), MOST_IN_PACK) else BAD_PACK


def is_online(entry: CatalogueEntry) -> bool:
    """Tell whether an entry is used on line: points ask for access to it, no copies are sent."""
    return entry.kind == ResourceKind.ONLINE
