"""One allocation by title and by point."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.flows.allocation import ALLOCATION_FLOW
from lianxue.distribution.interfaces.web.allocation.forms import LineFilter, PointFilter
from lianxue.distribution.interfaces.web.allocation.wording import percent, proposal_views
from lianxue.distribution.interfaces.web.rounds.access import OFFICE_READERS
from lianxue.distribution.interfaces.web.rounds.menu import Tab
from lianxue.distribution.models import Allocation
from lianxue.distribution.queries.allocation import colleges_in, office_allocation, points_in, titles_in
from lianxue.kernel import clock
from lianxue.kernel.pages import Column, Listing, page, request_key
from lianxue.orgs.public import ActingRequest

PER_PAGE = 50
TITLE_COLUMNS = (
    Column("title", gettext_lazy("Title"), lambda row: row.title.entry.title, "title__entry__title"),
    Column("supply", gettext_lazy("Copies available"), lambda row: row.supply, "supply"),
    Column("asked", gettext_lazy("Asked for"), lambda row: row.asked, "asked"),
    Column("agreed", gettext_lazy("Number passed on"), lambda row: row.agreed, "agreed"),
    Column("allocated", gettext_lazy("Allocated"), lambda row: row.allocated, "allocated"),
    Column("unmet", gettext_lazy("Not met"), lambda row: row.unmet, "unmet"),
    Column("points", gettext_lazy("Points that get some"), lambda row: row.points_covered, "points_covered"),
)
POINT_COLUMNS = (
    Column("point", gettext_lazy("Point"), lambda row: row.point.name, "point__code"),
    Column("college", gettext_lazy("Gathered by"), lambda row: row.college.name, "college__code"),
    Column("titles", gettext_lazy("Titles"), lambda row: row.titles, "titles"),
    Column("agreed", gettext_lazy("Number passed on"), lambda row: row.agreed, "agreed"),
    Column("allocated", gettext_lazy("Allocated"), lambda row: row.allocated, "allocated"),
    Column("unmet", gettext_lazy("Not met"), lambda row: row.unmet, "unmet"),
    Column("filled", gettext_lazy("Filled"), lambda row: percent(row.allocated, row.agreed), "filled"),
    Column("learners", gettext_lazy("Learners"), lambda row: row.learners, "learners"),
)


@page(OFFICE_READERS)
def by_title(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show what each title comes to in one allocation."""
    row = office_allocation(request.actor, pk)
    form = LineFilter(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    listing = Listing(request, titles_in(row, words), TITLE_COLUMNS, per_page=PER_PAGE)
    if listing.export_asked:
        return listing.export(_("Allocation of %(round)s") % {"round": row.round.name})
    context = {
        **_frame(request, row, "allocation"),
        "listing": listing,
        "form": form,
        "is_filtered": bool(words),
    }
    return render(request, "distribution/allocation/by_title.html", context)


@page(OFFICE_READERS)
def by_point(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show what each point comes to in one allocation."""
    row = office_allocation(request.actor, pk)
    form = PointFilter(request.GET or None, colleges=colleges_in(row))
    words, college_id = (
        (form.cleaned_data["q"], form.cleaned_data["college"]) if form.is_valid() else ("", None)
    )
    listing = Listing(request, points_in(row, words, college_id), POINT_COLUMNS, per_page=PER_PAGE)
    if listing.export_asked:
        return listing.export(_("Allocation of %(round)s by point") % {"round": row.round.name})
    context = {
        **_frame(request, row, "allocation-points"),
        "listing": listing,
        "form": form,
        "is_filtered": bool(words or college_id),
    }
    return render(request, "distribution/allocation/by_point.html", context)


def _frame(request: ActingRequest, row: Allocation, current: str) -> dict[str, Any]:
    """Return what both pages show around their list."""
    offered = ALLOCATION_FLOW.offered(actor=request.actor, subject=row, at=clock.now())
    offers = {offer.verb for offer in offered if offer.is_ready}
    pages = (("allocation", _("By title")), ("allocation-points", _("By point")))
    return {
        "round": row.round,
        "allocation": row,
        "view": proposal_views([row])[0],
        "tabs": [
            Tab(label, reverse(f"distribution:{name}", args=[row.pk]), name == current)
            for name, label in pages
        ],
        "can_decide": "commit_allocation" in offers,
        "can_discard": "discard_proposal" in offers,
        "request_key": request_key(request),
    }
