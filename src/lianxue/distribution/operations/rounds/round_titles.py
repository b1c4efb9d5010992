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
BAD_COPIES = _("Please give a number of copies from 1 to 1,000,000.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A catalogue title to be offered, who supplies it, and how many copies there are."""

    entry_id: int
    supplier_id: int
    copies: int


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


def is_online(entry: CatalogueEntry) -> bool:
    """Tell whether an entry is used on line: points ask for access to it, no copies are sent."""
    return entry.kind == ResourceKind.ONLINE
