"""Marking who is chosen, by hand with reasons or as the ranking says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.flows.selection import SELECTION_FLOW
from lianxue.distribution.models import Candidate, Selection
from lianxue.distribution.operations.checks import REASON_LENGTH
from lianxue.distribution.queries.selections.ranking import cut_of
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotFound, Unmet
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@dataclass(frozen=True)
class Mark:
    """One candidate: chosen or not, and why, where that is not what the ranking says."""

    candidate_id: int
    chosen: bool
    reason: str = ""


@operation("distribution.mark_candidates", label=_("Mark who is chosen"))
def mark_candidates(
    *,
    actor: Actor,
    at: datetime,
    selection: Selection,
    marks: Sequence[Mark],
    request_key: str | None = None,
) -> None:
    """Write down whom the office means to choose, candidate by candidate; until the decision it can be changed.

    Raise ``WrongState``, ``NotAllowed``, ``NotFound`` for somebody else's candidate, or ``Invalid``.
    """
    row = Selection.objects.select_for_update().get(pk=selection.pk)
    SELECTION_FLOW.require("mark_candidates", actor=actor, subject=row, at=at)
    too_long = [mark for mark in marks if len(mark.reason.strip()) > REASON_LENGTH]
    if too_long:
        words = _("Please keep this under 300 characters.")
        raise Invalid(fields={f"reason-{mark.candidate_id}": words for mark in too_long})
    candidates = row.candidates.in_bulk([mark.candidate_id for mark in marks])
    if len(candidates) != len({mark.candidate_id for mark in marks}):
        raise NotFound
    changes = []
    for mark in marks:
        candidate, why = candidates[mark.candidate_id], mark.reason.strip()
        if (candidate.chosen, candidate.reason) == (mark.chosen, why):
            continue
        before = audit.snapshot(candidate, "chosen", "reason")
        candidate.chosen, candidate.reason = mark.chosen, why
        changes.append(audit.Change(candidate, before, audit.snapshot(candidate, "chosen", "reason"), why))
    Candidate.objects.bulk_update((candidates[mark.candidate_id] for mark in marks), ["chosen", "reason"])
    audit.record_many(actor=actor, at=at, verb="distribution.mark_candidates", changes=changes)


@operation("distribution.follow_ranking", label=_("Choose as the ranking says"))
def follow_ranking(
    *, actor: Actor, at: datetime, selection: Selection, request_key: str | None = None
) -> None:
    """Mark everybody up to the number of places as chosen and all others as not; reasons given so far are gone.

    A tie that does not fit whole stays open: there the office chooses. Raise ``WrongState``, ``NotAllowed``, or
    ``Unmet`` when the office did not say how many are chosen.
    """
    row = Selection.objects.select_for_update().get(pk=selection.pk)
    SELECTION_FLOW.require("mark_candidates", actor=actor, subject=row, at=at)
    if row.places is None:
        raise Unmet(_("How many are chosen was not said, so the ranking alone cannot choose."))
    cut = cut_of(row)
    row.candidates.filter(place__lte=cut.sure).update(chosen=True, reason="")
    row.candidates.filter(place__gt=cut.sure, place__lte=cut.places).update(chosen=None, reason="")
    row.candidates.filter(place__gt=cut.places).update(chosen=False, reason="")
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.follow_ranking",
        subject=row,
        after={"chosen": row.candidates.filter(chosen=True).count()},
    )
