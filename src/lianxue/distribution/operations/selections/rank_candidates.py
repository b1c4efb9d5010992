"""Making the ranking of a selection from what the platform counts."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import SelectionState
from lianxue.distribution.flows.selection import SELECTION_FLOW
from lianxue.distribution.models import Candidate, Selection
from lianxue.distribution.queries.selections.ranking import rank
from lianxue.kernel import audit
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

ROWS_AT_ONCE = 2000


@operation("distribution.rank_candidates", label=_("Rank the candidates of a selection"))
def rank_candidates(
    *, actor: Actor, at: datetime, selection: Selection, request_key: str | None = None
) -> Selection:
    """Count the figures of all candidates as they are now, and rank them by the published weights.

    Ranking anew before the decision starts from nothing: what was marked is gone, since it was about other places.
    Raise ``WrongState`` or ``NotAllowed``.
    """
    row = Selection.objects.select_for_update().get(pk=selection.pk)
    SELECTION_FLOW.require("rank_candidates", actor=actor, subject=row, at=at)
    before = audit.snapshot(row, "state", "ranked_at")
    row.candidates.all().delete()
    ranked = rank(row)
    Candidate.objects.bulk_create(
        (
            Candidate(
                selection=row,
                organisation_id=one.key[0],
                person_id=one.key[1],
                figures=one.figures,
                score=one.score,
                place=one.place,
            )
            for one in ranked
        ),
        batch_size=ROWS_AT_ONCE,
    )
    row.state, row.ranked_at = SelectionState.RANKED, at
    row.save(update_fields=["state", "ranked_at"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.rank_candidates",
        subject=row,
        before=before,
        after={**audit.snapshot(row, "state", "ranked_at"), "candidates": len(ranked)},
    )
    return row
