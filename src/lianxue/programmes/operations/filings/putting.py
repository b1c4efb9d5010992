"""Putting an answer in its place: nothing is overwritten that its writer has not seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from lianxue.kernel.errors import NotFound
from lianxue.programmes.errors import AnswerChanged
from lianxue.programmes.models.definition import Field, Form, Grid
from lianxue.programmes.operations.filings.shapes import shaped
from lianxue.programmes.queries.opening import opened_answers, question, sealed_answer
from lianxue.programmes.rules.merging import Preferred, merged_rows


class Answered(Protocol):
    """What holds answers: a filing, the draft of a change notice. ``marks`` counts the changes of each."""

    answers: Any
    marks: Any
    version: Any


@dataclass(frozen=True, slots=True)
class RowsSeen:
    """The rows of a grid when its writer last saw them: ``{row: fingerprint}`` in their order.

    ``preferred`` is whose row stands where two people changed the same one; it was chosen at the count ``chosen_at``.
    """

    digests: Mapping[str, str]
    preferred: Preferred = ""
    chosen_at: int = -1


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote as the answer to a question, and the count of its changes when they last saw it.

    With ``seen``, rows of a grid that somebody else changed meanwhile are kept beside one's own.
    """

    value: Any
    mark: int
    seen: RowsSeen | None = None


def put_answer(row: Answered, form: Form, key: str, written: Written) -> bool:
    """Write one answer into the row; tell whether it changed. Raise ``NotFound``, ``Invalid`` or ``AnswerChanged``."""
    asked = question(form, key)
    if asked is None or (
        isinstance(asked, Field) and asked.type == "files"
    ):  # files come and go by their own acts
        raise NotFound
    value = shaped(asked, written.value)
    current = int(row.marks.get(key, 0))
    if written.mark != current:
        theirs = opened_answers(form, {key: row.answers.get(key)})[key]
        if theirs == value:
            return False
        value = _together(asked, value, theirs, written, current)
        if theirs == value:
            return False
    row.answers[key] = sealed_answer(form, key, value)
    row.marks[key] = current + 1
    row.version += 1
    return True


def _together(asked: Field | Grid, value: Any, theirs: Any, written: Written, current: int) -> Any:
    """Return the rows of both writers of a grid; raise ``AnswerChanged`` where they cannot both stand."""
    if not isinstance(asked, Grid) or written.seen is None:
        raise AnswerChanged(key=asked.key, theirs=theirs, mark=current)
    preferred = written.seen.preferred if written.seen.chosen_at == current else ""
    merged = merged_rows(value, theirs or [], written.seen.digests, preferred)
    if merged.clashes:
        raise AnswerChanged(key=asked.key, theirs=theirs, mark=current, rows=merged.clashes)
    return shaped(asked, merged.rows)
