"""Taking in a whole table at once: every row of it or none."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Conflict, NotAllowed
from lianxue.kernel.files import store_document
from lianxue.kernel.models import StoredFile
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation
from lianxue.resources.operations.add_entry import add_entry
from lianxue.resources.operations.save_contribution import save_contribution
from lianxue.resources.operations.sheets import (
    ContributionDraft,
    EntryDraft,
    catalogued_already,
    contributed_already,
)


@operation("resources.import_contributions", label=_("Import contributions from a table"))
def import_contributions(
    *, actor: Actor, at: datetime, drafts: Sequence[ContributionDraft], request_key: str | None = None
) -> None:
    """Save every draft as a contribution of the own organisation, not yet sent in.

    Raise ``NotAllowed``, ``Invalid``, or ``Conflict`` when one of the titles has been contributed in the meantime.
    """
    # Whoever imports for the same organisation waits here, so that a title is not taken in twice.
    if Organisation.objects.select_for_update().filter(pk=actor.organisation_id or 0).first() is None:
        raise NotAllowed
    pairs = {(draft.description.title, draft.description.kind) for draft in drafts}
    if pairs & contributed_already(actor, [title for title, _kind in pairs]):
        raise Conflict
    for draft in drafts:
        save_contribution(actor=actor, at=at, description=draft.description, offer=draft.offer)


@operation("resources.import_entries", label=_("Import catalogue entries from a table"))
def import_entries(
    *, actor: Actor, at: datetime, drafts: Sequence[EntryDraft], request_key: str | None = None
) -> None:
    """Publish every draft in the catalogue. Raise ``NotAllowed``, ``Invalid``, or ``Conflict`` as above."""
    providers = sorted({draft.provider.pk for draft in drafts})
    list(Organisation.objects.select_for_update().filter(pk__in=providers).order_by("pk"))
    triples = {(d.description.title, d.description.kind, d.provider.pk) for d in drafts}
    if triples & catalogued_already(title for title, _kind, _provider in triples):
        raise Conflict
    for draft in drafts:
        add_entry(actor=actor, at=at, description=draft.description, provider=draft.provider)


@operation("resources.keep_marked_sheet", label=_("Keep a table with its faults marked"))
def keep_marked_sheet(*, actor: Actor, at: datetime, content: bytes, name: str) -> StoredFile:
    """Keep a table whose faults are marked, so that the person who sent it in can have it back."""
    return store_document(ContentFile(content, name=name), person_id=actor.person_id, at=at)
