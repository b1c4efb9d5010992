"""The office changes how many copies of a title there are, or who supplies them."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.models import RoundTitle
from lianxue.distribution.operations.rounds.round_locks import locked_round
from lianxue.distribution.operations.rounds.round_titles import (
    NO_SUCH_SUPPLIER,
    copies_fault,
    pack_fault,
    suppliers_of,
)
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, Text
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.change_title", label=_("Change the supply of a title"))
def change_title(
    *,
    actor: Actor,
    at: datetime,
    title: RoundTitle,
    copies: int,
    supplier_id: int,
    pack_size: int | None = None,
) -> RoundTitle:
    """Change the supply of a title until the copies are shared out; without ``pack_size`` its packs stay as they are.

    Raise ``WrongState``, ``NotAllowed`` or ``Invalid`` (fields ``copies``, ``supplier``, ``pack_size``).
    """
    round_ = locked_round(title.round_id)
    ROUND_FLOW.require("change_title", actor=actor, subject=round_, at=at)
    row = (
        RoundTitle.objects.select_for_update(no_key=True, of=("self",))
        .select_related("entry")
        .get(pk=title.pk)
    )
    faults: dict[str, Text] = {}
    if supplier_id not in suppliers_of(round_.office_id):
        faults["supplier"] = NO_SUCH_SUPPLIER
    if fault := copies_fault(copies, row.entry):
        faults["copies"] = fault
    packs = row.pack_size if pack_size is None else pack_size
    if fault := pack_fault(packs, copies, row.entry):
        faults["pack_size"] = fault
    if faults:
        raise Invalid(fields=faults)
    before = audit.snapshot(row, "copies_available", "supplier", "pack_size")
    row.copies_available, row.supplier_id, row.pack_size = copies, supplier_id, packs
    row.save(update_fields=["copies_available", "supplier", "pack_size"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.change_title",
        subject=row,
        before=before,
        after=audit.snapshot(row, "copies_available", "supplier", "pack_size"),
    )
    return row
