"""Yearly selections in every state, made through the same operations as on the pages."""

from collections.abc import Mapping
from datetime import datetime

from lianxue.distribution.enums import Award, SelectionState
from lianxue.distribution.models import Selection
from lianxue.distribution.operations.selections.decide_selection import decide_selection
from lianxue.distribution.operations.selections.mark_candidates import Mark, mark_candidates
from lianxue.distribution.operations.selections.publish_selection import publish_selection
from lianxue.distribution.operations.selections.rank_candidates import rank_candidates
from lianxue.distribution.operations.selections.save_selection import begin_selection, save_selection
from tests.factories.orgs import AT, Network

WEIGHTS = {
    Award.POINT: {"point-lent": 60, "point-issued": 40},
    Award.ADMINISTRATOR: {"administrator-lent": 100},
    Award.PROVIDER: {"provider-contributed": 50, "provider-accepted-share": 50},
}


def make_selection(
    network: Network,
    award: Award = Award.POINT,
    state: SelectionState = SelectionState.DRAFT,
    *,
    weights: Mapping[str, int] | None = None,
    places: int | None = None,
    at: datetime = AT,
    year: int | None = None,
) -> Selection:
    """Make a selection in ``state``; a decided one has chosen its first place, with a reason to be safe."""
    office = network.office_admin
    row = begin_selection(actor=office, at=at, year=year or at.year, award=award)
    row = save_selection(
        actor=office,
        at=at,
        selection=row,
        weights=WEIGHTS[award] if weights is None else weights,
        places=places,
    )
    if state == SelectionState.DRAFT:
        return row
    row = publish_selection(actor=office, at=at, selection=row)
    if state == SelectionState.PUBLISHED:
        return row
    row = rank_candidates(actor=office, at=at, selection=row)
    if state == SelectionState.RANKED:
        return row
    choose(network, row, row.candidates.order_by("place", "organisation_id")[0].pk, at=at)
    return decide_selection(actor=office, at=at, selection=row)


def choose(
    network: Network, selection: Selection, *candidate_ids: int, reason: str = "综合考虑", at: datetime = AT
) -> None:
    """Mark these candidates as chosen and all others as not, each with the same reason."""
    marks = [
        Mark(one.pk, chosen=one.pk in candidate_ids, reason=reason) for one in selection.candidates.all()
    ]
    mark_candidates(actor=network.office_admin, at=at, selection=selection, marks=marks)
