"""Putting a title into the catalogue without a contribution."""

from datetime import datetime

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation
from lianxue.resources.events import EntryPublished
from lianxue.resources.models import DESCRIPTION_FIELDS, CatalogueEntry
from lianxue.resources.operations.description import Description, change_cover
from lianxue.resources.operations.publishing import make_findable, next_codes
from lianxue.resources.rules.entries import ADDS_ENTRY


@operation("resources.add_entry", label=_("Add a title to the catalogue"))
def add_entry(
    *,
    actor: Actor,
    at: datetime,
    description: Description,
    provider: Organisation,
    new_cover: "File[bytes] | None" = None,
    request_key: str | None = None,
) -> CatalogueEntry:
    """Publish a title that ``provider`` supplies. For the office and for set-up. Raise ``NotAllowed``, ``Invalid``."""
    entry = CatalogueEntry(provider=provider, published_at=at)
    if not ADDS_ENTRY.holds(actor, entry):
        raise NotAllowed
    description.tidy(at).write_to(entry)
    change_cover(entry, new=new_cover, drop=False, actor=actor, at=at)
    entry.code = next_codes(at)[0]
    make_findable(entry)
    entry.save(force_insert=True)
    audit.record(
        actor=actor,
        at=at,
        verb="resources.add_entry",
        subject=entry,
        after=audit.snapshot(entry, "code", "provider", *DESCRIPTION_FIELDS),
    )
    publish(EntryPublished(entry.pk))
    return entry
