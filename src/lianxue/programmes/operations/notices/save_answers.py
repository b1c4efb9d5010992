"""Saving a change notice answer by answer while somebody writes it: two may, and neither overwrites the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Invalid, Text
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.programmes.errors import AnswerChanged
from lianxue.programmes.flows.filing import NOTICE_FLOW
from lianxue.programmes.models import ChangeNotice
from lianxue.programmes.operations.filings.putting import Written, put_answer
from lianxue.programmes.operations.notices.change_notice import check_day, locked_notice
from lianxue.programmes.queries.notices import DAY, REASON, REASON_LENGTH, notice_answers, notice_form
from lianxue.programmes.rules.checks import as_day


@dataclass(frozen=True, slots=True)
class SavedNotice:
    """A notice after a save; ``clashes`` holds what was not saved because somebody else had changed it, by key."""

    notice: ChangeNotice
    clashes: dict[str, AnswerChanged] = field(default_factory=dict)


@operation("programmes.save_notice_answers", label=_("Save answers of a change notice"))
def save_notice_answers(
    *, actor: Actor, at: datetime, notice: ChangeNotice, written: Mapping[str, Written]
) -> SavedNotice:
    """Save answers of a change notice, its reason and its day among them; what clashes is left as the other one wrote it.

    Raise ``WrongState``, ``NotAllowed``, ``NotFound``, or ``Invalid`` with the questions whose answer cannot be kept at
    all (then nothing is saved). As of filings, what was typed in a draft is not in the trail.
    """
    row = locked_notice(notice)
    NOTICE_FLOW.require("save_notice", actor=actor, subject=row, at=at)
    form = notice_form(row)
    row.answers = dict(notice_answers(row))
    saved = SavedNotice(row)
    wrong: dict[str, Text] = {}
    for key, one in written.items():
        try:
            put_answer(row, form, key, one)
        except AnswerChanged as clash:
            saved.clashes[key] = clash
        except Invalid as refusal:
            wrong[key] = refusal.message
    row.reason, day = row.answers.pop(REASON), as_day(row.answers.pop(DAY))
    if len(row.reason) > REASON_LENGTH:
        wrong[REASON] = _("This text is too long.")
    if day is None:
        wrong[DAY] = _("Please give a day.")
    else:
        try:
            check_day(day)
        except Invalid as refusal:
            wrong[DAY] = refusal.fields["effective_on"]
        row.effective_on = day
    if wrong:
        raise Invalid(fields=wrong)
    row.save(update_fields=["answers", "marks", "reason", "effective_on", "version"])
    return saved
