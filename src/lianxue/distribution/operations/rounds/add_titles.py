"""The office puts catalogue titles into a round."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.models import Round, RoundTitle
from lianxue.distribution.operations.rounds.round_locks import locked_round
from lianxue.distribution.operations.rounds.round_titles import (
    NO_SUCH_SUPPLIER,
    Offer,
    copies_fault,
    entries_to_offer,
    entry_fault,
    pack_fault,
    suppliers_of,
)
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, Text
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation
from lianxue.resources.models import CatalogueEntry


@operation("distribution.add_titles", label=_("Add titles to a round"))
def add_titles(
    *, actor: Actor, at: datetime, round: Round, offers: Sequence[Offer], request_key: str | None = None
) -> Round:
    """Offer more titles in a round, all or none.

    Raise ``WrongState``, ``NotAllowed`` or ``Invalid``, whose ``fields`` are ``entry_<id>``, ``supplier_<id>``,
    ``copies_<id>`` and ``pack_size_<id>`` with the id of the catalogue entry.
    """
    row = locked_round(round.pk)
    ROUND_FLOW.require("add_titles", actor=actor, subject=row, at=at)
    if not offers:
        raise Invalid(_("Please choose at least one title."))
    entries, suppliers = entries_to_offer([o.entry_id for o in offers]), suppliers_of(row.office_id)
    faults = _faults(row, offers, entries, suppliers)
    if faults:
        raise Invalid(fields=faults)
    RoundTitle.objects.bulk_create(
        [
            RoundTitle(
                round=row,
                entry_id=o.entry_id,
                supplier_id=o.supplier_id,
                copies_available=o.copies,
                pack_size=o.pack_size,
            )
            for o in offers
        ],
        batch_size=5000,
    )
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.add_titles",
        subject=row,
        after={
            entries[o.entry_id].code: {"copies": o.copies, "supplier": suppliers[o.supplier_id].code}
            for o in offers
        },
    )
    return row


def _faults(
    row: Round,
    offers: Sequence[Offer],
    entries: Mapping[int, CatalogueEntry],
    suppliers: Mapping[int, Organisation],
) -> dict[str, Text]:
    there = set(row.titles.values_list("entry_id", flat=True))
    times = Counter(offer.entry_id for offer in offers)
    faults: dict[str, Text] = {}
    for offer in offers:
        if fault := entry_fault(entries.get(offer.entry_id), offer.copies):
            faults[f"entry_{offer.entry_id}"] = fault
        elif offer.entry_id in there or times[offer.entry_id] > 1:
            faults[f"entry_{offer.entry_id}"] = _("This title is in the round already.")
        if offer.supplier_id not in suppliers:
            faults[f"supplier_{offer.entry_id}"] = NO_SUCH_SUPPLIER
        if fault := copies_fault(offer.copies, entries.get(offer.entry_id)):
            faults[f"copies_{offer.entry_id}"] = fault
        elif fault := pack_fault(offer.pack_size, offer.copies, entries.get(offer.entry_id)):
            faults[f"pack_size_{offer.entry_id}"] = fault
    return faults
