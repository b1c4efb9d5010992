"""The proposals of a round side by side: how much each fills, for how many, how evenly; or the one that was decided."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render

from lianxue.distribution.enums import AllocationState, RoundState
from lianxue.distribution.flows.allocation import ALLOCATION_FLOW
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.interfaces.web.allocation.wording import bands_chart, district_map, proposal_views
from lianxue.distribution.interfaces.web.rounds.access import OFFICE_READERS
from lianxue.distribution.interfaces.web.rounds.menu import Tab, round_tabs
from lianxue.distribution.queries.allocation import filled_by_district, office_allocations
from lianxue.distribution.queries.rounds import office_round
from lianxue.kernel import clock
from lianxue.kernel.pages import page, request_key
from lianxue.orgs.public import ActingRequest


@page(OFFICE_READERS)
def compare(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show the proposals of a round side by side, and one of them on the map."""
    row = office_round(request.actor, pk)
    views = proposal_views(list(office_allocations(request.actor, row.pk)))
    decided = next((one for one in views if one.row.state == AllocationState.COMMITTED), None)
    chosen = next((one for one in views if str(one.row.pk) == request.GET.get("proposal")), None)
    chosen = chosen or decided or (views[-1] if views else None)
    at = clock.now()
    offers = {offer.verb for offer in ROUND_FLOW.offered(actor=request.actor, subject=row, at=at)}
    on_proposals = {
        offer.verb
        for one in views
        for offer in ALLOCATION_FLOW.offered(actor=request.actor, subject=one.row, at=at)
        if offer.is_ready
    }
    context: dict[str, Any] = {
        "round": row,
        "tabs": round_tabs(row, "round-allocation"),
        "proposals": views,
        "decided": decided,
        "chosen": chosen,
        "chart": bands_chart(views),
        "map": district_map(filled_by_district(chosen.row)) if chosen else None,
        "map_tabs": [
            Tab(one.name, f"?proposal={one.row.pk}#map", one == chosen) for one in views if len(views) > 1
        ],
        "can_propose": "propose_allocation" in offers,
        "can_decide": "commit_allocation" in on_proposals,
        "is_over": row.state in (RoundState.ALLOCATED, RoundState.CLOSED),
        "request_key": request_key(request),
    }
    return render(request, "distribution/allocation/compare.html", context)
