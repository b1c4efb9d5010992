"""Keeping a table whose faults are marked, to be had back."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.files import store_document
from lianxue.kernel.models import StoredFile
from lianxue.kernel.operation import operation
from lianxue.orgs.models import Actor


@operation("orgs.keep_marked_table", label=_("Keep a table with its faults marked"))
def keep_marked_table(*, actor: Actor, at: datetime, content: bytes, name: str) -> StoredFile:
    """Keep a table whose faults are marked, so that the person who sent it in can have it back."""
    return store_document(ContentFile(content, name=name), person_id=actor.person_id, at=at)
