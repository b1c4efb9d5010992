"""Saving answers while somebody fills in the form, so that nothing is lost and nobody overwrites another silently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import Conflict, Invalid, Text
from lianxue.kernel.kept import kept
from lianxue.kernel.new_row import rewrite
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.programmes.errors import AnswerChanged
from lianxue.programmes.flows.filing import FILING_FLOW
from lianxue.programmes.models import Filing, FilingFile
from lianxue.programmes.operations.filings.files import attach_file, remove_file
from lianxue.programmes.operations.filings.putting import RowsSeen, Written, put_answer


@dataclass(frozen=True, slots=True)
class Saved:
    """A filing after a save; ``clashes`` holds what was not saved because somebody else had changed it, by key."""

    filing: Filing
    changed: list[str] = field(default_factory=list)
    clashes: dict[str, AnswerChanged] = field(default_factory=dict)


@operation("programmes.save_answer", label=_("Save an answer"))
def save_answer(
    *,
    actor: Actor,
    at: datetime,
    filing: Filing,
    key: str,
    value: Any,
    mark: int,
    seen: RowsSeen | None = None,
) -> Filing:
    """Save the answer to one question or grid; ``mark`` is the count of its changes when the writer last saw it.

    With ``seen``, the rows of a grid that somebody else changed since are kept beside the writer's own.

    Raise ``WrongState``, ``NotAllowed``, ``NotFound`` (no such question), ``Invalid`` (of another shape), or
    ``AnswerChanged`` with what somebody else wrote meanwhile. Wrong content is saved: it is marked and mended later.
    What was typed in a draft is not in the trail; what is handed in is, whole.
    """
    row = _locked.get(pk=filing.pk)
    FILING_FLOW.require("save_answer", actor=actor, subject=row, at=at)
    if put_answer(row, row.form, key, Written(value, mark, seen)):
        rewrite(row, "answers", "marks", "version")
    return row


@operation("programmes.save_answers", label=_("Save answers"))
def save_answers(
    *,
    actor: Actor,
    at: datetime,
    filing: Filing,
    written: Mapping[str, Written],
    uploads: Iterable[tuple[str, "File[bytes]"]] = (),
    removed: Iterable[FilingFile] = (),
) -> Saved:
    """Save many answers at once, with files to attach and to take out; what clashes is left as the other one wrote it.

    Raise ``WrongState``, ``NotAllowed``, ``NotFound``, or ``Invalid`` with the questions whose answer cannot be kept at
    all (then nothing is saved).
    """
    row = _locked.get(pk=filing.pk)
    FILING_FLOW.require("save_answer", actor=actor, subject=row, at=at)
    saved = Saved(row)
    wrong: dict[str, Text] = {}
    for key, one in written.items():
        try:
            if put_answer(row, row.form, key, one):
                saved.changed.append(key)
        except AnswerChanged as clash:
            saved.clashes[key] = clash
        except Invalid as refusal:
            wrong[key] = refusal.message
    if wrong:
        raise Invalid(fields=wrong)
    if saved.changed:
        row.save(update_fields=["answers", "marks", "version"])
    for attached in removed:
        remove_file(actor=actor, at=at, filing=row, file=attached)
    for key, upload in uploads:
        try:
            attach_file(actor=actor, at=at, filing=row, key=key, upload=upload)
        except Invalid as refusal:
            raise Invalid(fields={key: refusal.message}) from refusal
    return saved


@operation("programmes.take_in_form", label=_("Take in a filled-in form"))
def take_in_form(
    *,
    actor: Actor,
    at: datetime,
    filing: Filing,
    answers: Mapping[str, Any],
    version: int,
    source: str = "",
    request_key: str | None = None,
) -> Filing:
    """Put the answers of a filled-in file in the place of those that are there; ``version`` is what was compared with.

    Raise ``WrongState``, ``NotAllowed``, ``NotFound``, ``Invalid``, or ``Conflict`` (somebody changed an answer since).
    """
    row = _locked.get(pk=filing.pk)
    FILING_FLOW.require("save_answer", actor=actor, subject=row, at=at)
    if version != row.version:
        raise Conflict
    for key, value in answers.items():
        put_answer(row, row.form, key, Written(value, int(row.marks.get(key, 0))))
    row.save(update_fields=["answers", "marks", "version"])
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.take_in_form",
        subject=row,
        after={"answers": len(answers), "file": source[:120]},
    )
    return row


# What a save looks at. It happens at every question of everybody who fills in, so it reads nothing besides.
NEEDED = (
    "state",
    "stage",
    "unit_id",
    "call_id",
    "call__revision__code",
    "call__revision__version",
    "call__revision__digest",
)


@kept
def _locked(pk: int) -> QuerySet[Filing]:
    rows = Filing.objects.select_for_update(of=("self",)).select_related("call__revision")
    return rows.only(*NEEDED, "answers", "marks", "version").filter(pk=pk)
