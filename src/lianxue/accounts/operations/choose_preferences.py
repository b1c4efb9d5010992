"""Choosing language and text size."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.accounts.enums import Language, TextSize
from lianxue.accounts.models import Person
from lianxue.kernel.acting import Accountable
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation


@operation("accounts.choose_preferences", label=_("Choose language and text size"))
def choose_preferences(
    *,
    actor: Accountable,
    at: datetime,  # every operation takes it; nothing is recorded here
    person: Person,
    language: Language | None = None,
    text_size: TextSize | None = None,
) -> Person:
    """Remember one's own choice of language and text size. Not audited: it changes nothing for others."""
    if actor.person_id != person.pk:
        raise NotAllowed
    row = Person.objects.select_for_update().get(pk=person.pk)
    row.language = language or row.language
    row.text_size = text_size or row.text_size
    row.save(update_fields=["language", "text_size"])
    return row
