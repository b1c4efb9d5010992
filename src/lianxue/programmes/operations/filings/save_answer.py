"""Saving one answer while somebody fills in the form, so that nothing is lost and nobody overwrites another silently."""

from datetime import datetime
from typing import Any

from lianxue.kernel.errors import NotFound
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.programmes.errors import AnswerChanged
from lianxue.programmes.flows.filing import FILING_FLOW
from lianxue.programmes.models import Filing
from lianxue.programmes.operations.filings.shapes import shaped
from lianxue.programmes.queries.opening import opened_answers, question, sealed_answer


@operation("programmes.save_answer")
def save_answer(*, actor: Actor, at: datetime, filing: Filing, key: str, value: Any, mark: int) -> Filing:
    """Save the answer to one question or grid; ``mark`` is the count of its changes when the writer last saw it.

    Raise ``WrongState``, ``NotAllowed``, ``NotFound`` (no such question), ``Invalid`` (of another shape), or
    ``AnswerChanged`` with what somebody else wrote meanwhile. Wrong content is saved: it is marked and mended later.
    What was typed in a draft is not in the trail; what is handed in is, whole.
    """
    row = Filing.objects.select_for_update(of=("self",)).select_related("call__revision").get(pk=filing.pk)
    FILING_FLOW.require("save_answer", actor=actor, subject=row, at=at)
    form = row.form
    asked = question(form, key)
    if asked is None:
        raise NotFound
    kept = sealed_answer(form, key, shaped(asked, value))
    current = int(row.marks.get(key, 0))
    if mark != current:
        theirs = opened_answers(form, {key: row.answers.get(key)})[key]
        if theirs == opened_answers(form, {key: kept})[key]:
            return row
        raise AnswerChanged(key=key, theirs=theirs, mark=current)
    row.answers[key] = kept
    row.marks[key] = current + 1
    row.version += 1
    row.save(update_fields=["answers", "marks", "version"])
    return row
