"""Taking a title out of the catalogue, and putting it back."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.resources.enums import EntryState
from lianxue.resources.events import EntryPublished, EntryWithdrawn
from lianxue.resources.flows.entries import ENTRY_FLOW
from lianxue.resources.models import CatalogueEntry
from lianxue.resources.operations.deciding import given_reason

FIELDS = ("state", "withdrawn_at", "withdrawn_reason")


@operation("resources.withdraw_entry", label=_("Withdraw a catalogue entry"))
def withdraw_entry(
    *, actor: Actor, at: datetime, entry: CatalogueEntry, reason: str, request_key: str | None = None
) -> CatalogueEntry:
    """Withdraw a title at once; nobody can choose it any more. Raise ``ReasonMissing``, ``WrongState``."""
    row = CatalogueEntry.objects.select_for_update().get(pk=entry.pk)
    ENTRY_FLOW.require("withdraw", actor=actor, subject=row, at=at)
    reason = given_reason(reason, CatalogueEntry, "withdrawn_reason")
    row.state, row.withdrawn_at, row.withdrawn_reason = EntryState.WITHDRAWN, at, reason
    _save(
        row, actor=actor, at=at, verb="resources.withdraw_entry", before=EntryState.PUBLISHED, reason=reason
    )
    publish(EntryWithdrawn(row.pk))
    return row


@operation("resources.republish_entry", label=_("Publish a catalogue entry again"))
def republish_entry(
    *, actor: Actor, at: datetime, entry: CatalogueEntry, reason: str, request_key: str | None = None
) -> CatalogueEntry:
    """Publish a withdrawn title again. Raise ``ReasonMissing``, ``WrongState``."""
    row = CatalogueEntry.objects.select_for_update().get(pk=entry.pk)
    ENTRY_FLOW.require("republish", actor=actor, subject=row, at=at)
    reason = given_reason(reason, CatalogueEntry, "withdrawn_reason")
    row.state, row.withdrawn_at, row.withdrawn_reason = EntryState.PUBLISHED, None, ""
    _save(
        row, actor=actor, at=at, verb="resources.republish_entry", before=EntryState.WITHDRAWN, reason=reason
    )
    publish(EntryPublished(row.pk))
    return row


def _save(
    row: CatalogueEntry, *, actor: Actor, at: datetime, verb: str, before: EntryState, reason: str
) -> None:
    row.save(update_fields=FIELDS)
    audit.record(
        actor=actor,
        at=at,
        verb=verb,
        subject=row,
        before={"state": before},
        after={"state": row.state},
        note=reason,
    )
