"""A college's desk: which points have reported, the totals by title, every line behind them."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.flows.batch import BATCH_FLOW
from lianxue.distribution.interfaces.web.rounds.access import COLLEGE
from lianxue.distribution.interfaces.web.rounds.forms import PointStateFilter, WordFilter
from lianxue.distribution.interfaces.web.rounds.listing import FigureListing
from lianxue.distribution.interfaces.web.rounds.menu import batch_tabs, college_tabs
from lianxue.distribution.models import DemandBatch
from lianxue.distribution.queries.aggregation import (
    PointStanding,
    own_batch,
    own_batches,
    point_standings,
    title_totals,
)
from lianxue.distribution.queries.late import consents_for
from lianxue.kernel import clock
from lianxue.kernel.pages import Column, Listing, page
from lianxue.orgs.public import ActingRequest

BATCH_COLUMNS = (
    Column("round", gettext_lazy("Round"), lambda row: row.round.name, "round__name"),
    Column("year", gettext_lazy("Year"), lambda row: row.round.year, "round__year"),
    Column("state", gettext_lazy("State"), lambda row: row.get_state_display(), "state"),
    Column("reported", gettext_lazy("Points reported"), lambda row: row.reported, "reported"),
    Column(
        "until", gettext_lazy("Submit until"), lambda row: row.round.aggregate_until, "round__aggregate_until"
    ),
    Column("submitted", gettext_lazy("Submitted on"), lambda row: row.submitted_at, "submitted_at"),
)
TITLE_COLUMNS = (
    Column("title", gettext_lazy("Title"), lambda row: row.title.entry.title, "title"),
    Column("points", gettext_lazy("Points asking"), lambda row: row.points, "points"),
    Column("learners", gettext_lazy("Learners wish for"), lambda row: row.needs.learners, "learners"),
    Column("teachers", gettext_lazy("Teachers wish for"), lambda row: row.needs.teachers, "teachers"),
    Column("asked", gettext_lazy("Asked for"), lambda row: row.asked, "asked"),
    Column("agreed", gettext_lazy("Number passed on"), lambda row: row.agreed, "agreed"),
    Column("supply", gettext_lazy("Copies in the round"), lambda row: row.title.copies_available, "supply"),
)
STATES = {
    "submitted": gettext_lazy("Submitted"),
    "returned": gettext_lazy("Sent back"),
    "missing": gettext_lazy("Not reported"),
}
POINT_COLUMNS = (
    Column("point", gettext_lazy("Point"), lambda row: row.point.name, "point"),
    Column("state", gettext_lazy("State"), lambda row: str(STATES[row.state]), "state"),
    Column("titles", gettext_lazy("Titles"), lambda row: row.titles, "titles"),
    Column("asked", gettext_lazy("Asked for"), lambda row: row.asked, "asked"),
    Column("agreed", gettext_lazy("Number passed on"), lambda row: row.agreed, "agreed"),
)


@page(COLLEGE)
def aggregations(request: ActingRequest) -> HttpResponseBase:
    """List the rounds in which the college gathers or gathered."""
    rows = own_batches(request.actor)
    form = WordFilter(request.GET or None)
    if form.is_valid() and (words := form.cleaned_data["q"]):
        rows = rows.filter(round__name__icontains=words)
    listing = Listing(request, rows, BATCH_COLUMNS)
    if listing.export_asked:
        return listing.export(_("Aggregation"))
    context = {
        "listing": listing,
        "form": form,
        "is_filtered": bool(request.GET.get("q")),
        "today": clock.today(),
        "tabs": college_tabs("aggregations"),
    }
    return render(request, "distribution/demand/aggregations.html", context)


@page(COLLEGE)
def aggregation(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show the totals by title."""
    batch = own_batch(request.actor, pk)
    totals = title_totals(batch)
    form = WordFilter(request.GET or None)
    if form.is_valid() and (words := form.cleaned_data["q"].strip().casefold()):
        totals = [
            t
            for t in totals
            if words in t.title.entry.title.casefold() or words == t.title.entry.code.casefold()
        ]
    listing = FigureListing(request, totals, TITLE_COLUMNS)
    if listing.export_asked:
        return listing.export(_("Aggregated demand of %(college)s") % {"college": batch.college.name})
    standings = point_standings(batch)
    context = desk(request, batch, standings) | {
        "tabs": batch_tabs(batch.round, "aggregation"),
        "listing": listing,
        "form": form,
        "is_filtered": bool(request.GET.get("q")),
    }
    return render(request, "distribution/demand/aggregation.html", context)


@page(COLLEGE)
def points(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show which points have reported."""
    batch = own_batch(request.actor, pk)
    standings = point_standings(batch)
    form = PointStateFilter(request.GET or None)
    shown = standings
    if form.is_valid():
        words, state = form.cleaned_data["q"].strip(), form.cleaned_data["state"]
        shown = [
            one
            for one in standings
            if (not words or words in one.point.name or words == one.point.code)
            and (not state or one.state == state)
        ]
    listing = FigureListing(request, shown, POINT_COLUMNS)
    if listing.export_asked:
        return listing.export(_("Points of %(college)s") % {"college": batch.college.name})
    context = desk(request, batch, standings) | {
        "tabs": batch_tabs(batch.round, "aggregation-points"),
        "listing": listing,
        "form": form,
        "states": STATES,
    }
    return render(request, "distribution/demand/points.html", context)


def desk(request: ActingRequest, batch: DemandBatch, standings: list[PointStanding]) -> dict[str, Any]:
    """Return what stands at the top of every page of the desk."""
    offers = {o.verb: o for o in BATCH_FLOW.offered(actor=request.actor, subject=batch, at=clock.now())}
    submit = offers.get("submit_batch")
    late = consents_for(batch.round_id, batch.college_id).first()
    until = batch.round.aggregate_until
    return {
        "late": late,
        "last_day": until if until is None or late is None else max(until, late.until),
        "round": batch.round,
        "batch": batch,
        "reported": sum(one.has_reported for one in standings),
        "returned": sum(one.was_sent_back for one in standings),
        "missing": sum(one.state == "missing" for one in standings),
        "expected": len(standings),
        "copies_agreed": sum(one.agreed for one in standings if one.has_reported),
        "may_submit": submit is not None and submit.is_ready,
        "hindrance": submit.hindrances[0] if submit and submit.hindrances else "",
        "today": clock.today(),
    }
