"""Mending the description of a catalogue entry."""

from datetime import datetime

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.resources.flows.entries import ENTRY_FLOW
from lianxue.resources.models import DESCRIPTION_FIELDS, CatalogueEntry
from lianxue.resources.operations.description import Description, change_cover
from lianxue.resources.operations.publishing import make_findable


@operation("resources.amend_entry", label=_("Edit a catalogue entry"))
def amend_entry(
    *,
    actor: Actor,
    at: datetime,
    entry: CatalogueEntry,
    description: Description,
    new_cover: "File[bytes] | None" = None,
    drop_cover: bool = False,
    request_key: str | None = None,
) -> CatalogueEntry:
    """Change what the catalogue says of a title; code, provider and contribution stay. Raise ``Invalid``."""
    row = CatalogueEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    ENTRY_FLOW.require("amend", actor=actor, subject=row, at=at)
    before = audit.snapshot(row, *DESCRIPTION_FIELDS)
    description.tidy(at).write_to(row)
    change_cover(row, new=new_cover, drop=drop_cover, actor=actor, at=at)
    make_findable(row)
    row.save(update_fields=[*DESCRIPTION_FIELDS, "search_vector"])
    audit.record(
        actor=actor,
        at=at,
        verb="resources.amend_entry",
        subject=row,
        before=before,
        after=audit.snapshot(row, *DESCRIPTION_FIELDS),
    )
    return row
