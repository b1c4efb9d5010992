"""A change notice as a form: the one that was approved, below why it changes and from which day."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from lianxue.programmes.models import ChangeNotice
from lianxue.programmes.models.definition import Field, Form
from lianxue.programmes.models.definition.parts import Fields

# No question of a definition has a dot in its key.
REASON, DAY = "notice.reason", "notice.effective_on"
REASON_LENGTH = 500


def notice_form(notice: ChangeNotice) -> Form:
    """Return the questions of a change notice."""
    form = notice.filing.form
    asked = (
        Field(
            key=REASON, title=_("Why it changes"), type="long_text", required=True, most_length=REASON_LENGTH
        ),
        Field(key=DAY, title=_("In force from"), type="date", required=True),
    )
    return replace(
        form, sections=(Fields(key="notice", title=_("Why and from when"), fields=asked), *form.sections)
    )


def notice_answers(notice: ChangeNotice) -> Mapping[str, Any]:
    """Return what stands in a change notice, by question; personal values as they are kept."""
    return {**notice.answers, REASON: notice.reason, DAY: notice.effective_on.isoformat()}
