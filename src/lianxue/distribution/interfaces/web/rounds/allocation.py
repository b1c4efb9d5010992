"""Sharing out the copies of a round: proposals side by side, the decision, each title, and why each number."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.distribution.enums import AllocationState, RoundState
from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.interfaces.web.rounds.access import ADMINISTRATORS, OFFICE, OFFICE_READERS
from lianxue.distribution.interfaces.web.rounds.acting import acted
from lianxue.distribution.interfaces.web.rounds.forms import PolicyForm, WordFilter
from lianxue.distribution.interfaces.web.rounds.listing import FigureListing
from lianxue.distribution.interfaces.web.rounds.menu import Tab, round_tabs
from lianxue.distribution.models import Allocation
from lianxue.distribution.operations.allocation.commit_allocation import commit_allocation
from lianxue.distribution.operations.allocation.policies import ALLOCATION_POLICIES
from lianxue.distribution.operations.allocation.propose_allocation import propose_allocation
from lianxue.distribution.queries.allocation import (
    allocated_by_title,
    lines_of_allocation,
    office_allocation,
    office_allocations,
    visible_allocation_line,
)
from lianxue.distribution.queries.rounds import office_round, office_title
from lianxue.kernel import clock
from lianxue.kernel.pages import Column, Listing, page, request_key
from lianxue.orgs.public import ActingRequest

TITLE_COLUMNS = (
    Column("title", gettext_lazy("Title"), lambda row: row.title.entry.title, "title"),
    Column("supply", gettext_lazy("Copies available"), lambda row: row.title.copies_available, "supply"),
    Column("asked", gettext_lazy("Asked for"), lambda row: row.asked, "asked"),
    Column("agreed", gettext_lazy("Number passed on"), lambda row: row.agreed, "agreed"),
    Column("allocated", gettext_lazy("Allocated"), lambda row: row.allocated, "allocated"),
    Column("unmet", gettext_lazy("Not met"), lambda row: row.unmet, "unmet"),
    Column("points", gettext_lazy("Points that get some"), lambda row: row.points_covered, "points"),
)
_POINT, _COLLEGE = "demand_line__request__point", "demand_line__request__batch__college"
LINE_COLUMNS = (
    Column("point", gettext_lazy("Point"), lambda row: row.demand_line.request.point.name, f"{_POINT}__code"),
    Column(
        "college",
        gettext_lazy("Gathered by"),
        lambda row: row.demand_line.request.batch.college.name,
        f"{_COLLEGE}__code",
    ),
    Column("asked", gettext_lazy("Asked for"), lambda row: row.demand_line.asked, "demand_line__asked"),
    Column(
        "agreed", gettext_lazy("Number passed on"), lambda row: row.demand_line.agreed, "demand_line__agreed"
    ),
    Column("quantity", gettext_lazy("Allocated"), lambda row: row.quantity, "quantity"),
)
ALL_LINES = (
    Column("title", gettext_lazy("Title"), lambda row: row.demand_line.title.entry.title),
    Column("code", gettext_lazy("Catalogue number"), lambda row: row.demand_line.title.entry.code),
    *LINE_COLUMNS,
)


@page(OFFICE_READERS)
def allocation(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show the proposals of a round, or the one that was decided."""
    row = office_round(request.actor, pk)
    found = list(office_allocations(request.actor, row.pk))
    decided = next((one for one in found if one.state == AllocationState.COMMITTED), None)
    chosen = decided or next((one for one in found if str(one.pk) == request.GET.get("proposal")), None)
    chosen = chosen or (found[-1] if found else None)
    listing = FigureListing(request, allocated_by_title(chosen), TITLE_COLUMNS) if chosen else None
    if listing and listing.export_asked:
        return listing.export(_("Allocation of %(round)s") % {"round": row.name})
    offers = {offer.verb for offer in ROUND_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    context: dict[str, Any] = {
        "round": row,
        "tabs": round_tabs(row, "round-allocation"),
        "proposals": [] if decided else [_proposal_tab(one, one == chosen) for one in found],
        "chosen": chosen,
        "policy": _policy_title(chosen) if chosen else "",
        "decided": decided,
        "listing": listing,
        "form": PolicyForm(),
        "policies": [policy for _key, policy in ALLOCATION_POLICIES.items()],
        "offers": offers,
        "is_over": row.state in (RoundState.ALLOCATED, RoundState.CLOSED),
        "request_key": request_key(request),
    }
    return render(request, "distribution/allocation/allocation.html", context)


def _proposal_tab(row: Allocation, is_chosen: bool) -> Tab:
    return Tab(_policy_title(row), f"?proposal={row.pk}", is_chosen, row.figures.get("allocated"))


def _policy_title(row: Allocation) -> str:
    policy = dict(ALLOCATION_POLICIES.items()).get(row.policy)
    return str(policy.title) if policy else row.policy


@page(OFFICE)
@require_POST
def propose(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Have the copies shared out by a policy, on paper."""
    row = office_round(request.actor, pk)
    back = reverse("distribution:round-allocation", args=[row.pk])
    return acted(
        request,
        lambda: propose_allocation(
            actor=request.actor,
            at=clock.now(),
            round=row,
            policy=request.POST.get("policy", ""),
            request_key=request_key(request),
        ),
        done=_("Here is the proposal. Nothing has been decided yet."),
        back=back,
    )


@page(OFFICE)
@require_POST
def commit(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Decide a proposal."""
    row = office_allocation(request.actor, pk)
    return acted(
        request,
        lambda: commit_allocation(
            actor=request.actor, at=clock.now(), allocation=row, request_key=request_key(request)
        ),
        done=_("Decided. The suppliers can now pack and send."),
        back=reverse("distribution:round-allocation", args=[row.round_id]),
    )


@page(OFFICE_READERS)
def lines(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give every line of an allocation as a spreadsheet."""
    row = office_allocation(request.actor, pk)
    rows = lines_of_allocation(row).order_by("demand_line__title_id", f"{_POINT}__code")
    return Listing(request, rows, ALL_LINES).export(
        _("Allocation of %(round)s by point") % {"round": row.round.name}
    )


@page(OFFICE_READERS)
def title_lines(request: ActingRequest, pk: int, title_id: int) -> HttpResponseBase:
    """Show who gets how many copies of one title."""
    row = office_allocation(request.actor, pk)
    title = office_title(request.actor, row.round_id, title_id)
    form = WordFilter(request.GET or None)
    rows = lines_of_allocation(row, title.pk).order_by("-demand_line__agreed", f"{_POINT}__code")
    if form.is_valid() and (words := form.cleaned_data["q"]):
        rows = rows.filter(**{f"{_POINT}__name__icontains": words})
    listing = Listing(request, rows, LINE_COLUMNS, per_page=50)
    if listing.export_asked:
        return listing.export(title.entry.title)
    total = next(one for one in allocated_by_title(row) if one.title.pk == title.pk)
    context = {
        "round": row.round,
        "allocation": row,
        "title": title,
        "total": total,
        "listing": listing,
        "form": form,
        "is_filtered": bool(request.GET.get("q")),
    }
    return render(request, "distribution/allocation/title.html", context)


@page(ADMINISTRATORS | OFFICE_READERS)
def why(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Explain one number of an allocation: to the office, and once it is decided to those whom it concerns."""
    line = visible_allocation_line(request.actor, pk)
    policy = dict(ALLOCATION_POLICIES.items()).get(line.allocation.policy)
    context = {
        "line": line,
        "policy": policy,
        "sentences": policy.explain(line.working) if policy else [],
        "adjustments": line.demand_line.adjustments.select_related("by"),
        "is_office": OFFICE_READERS.allows(request),
    }
    return render(request, "distribution/allocation/why.html", context)
