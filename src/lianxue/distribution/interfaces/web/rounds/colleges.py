"""The office looks at the colleges of a round, and sends an aggregation back."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.distribution.flows.batch import BATCH_FLOW
from lianxue.distribution.interfaces.web.rounds.access import OFFICE, OFFICE_READERS
from lianxue.distribution.interfaces.web.rounds.aggregation import TITLE_COLUMNS
from lianxue.distribution.interfaces.web.rounds.forms import BatchFilter, ReasonForm
from lianxue.distribution.interfaces.web.rounds.listing import FigureListing
from lianxue.distribution.interfaces.web.rounds.menu import round_tabs
from lianxue.distribution.models import DemandBatch
from lianxue.distribution.operations.demand.return_batch import return_batch
from lianxue.distribution.queries.aggregation import office_batch, point_standings, title_totals
from lianxue.distribution.queries.rounds import college_standings, office_round
from lianxue.kernel import clock
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import Column, add_refusal, page
from lianxue.orgs.public import ActingRequest

COLUMNS = (
    Column("college", gettext_lazy("Gathered by"), lambda row: row.batch.college.name, "college"),
    Column("points", gettext_lazy("Points"), lambda row: row.points, "points"),
    Column("reported", gettext_lazy("Reported"), lambda row: row.reported, "reported"),
    Column("asked", gettext_lazy("Asked for"), lambda row: row.asked, "asked"),
    Column("agreed", gettext_lazy("Number passed on"), lambda row: row.agreed, "agreed"),
    Column("state", gettext_lazy("State"), lambda row: row.batch.get_state_display(), "state"),
    Column("submitted", gettext_lazy("Submitted on"), lambda row: row.batch.submitted_at),
)


@page(OFFICE_READERS)
def colleges(request: ActingRequest, pk: int) -> HttpResponseBase:
    """List the colleges of a round with what they have gathered and submitted."""
    row = office_round(request.actor, pk)
    form = BatchFilter(request.GET or None)
    standings = college_standings(row)
    if form.is_valid():
        words, state = form.cleaned_data["q"].strip(), form.cleaned_data["state"]
        standings = [
            one
            for one in standings
            if (not words or words in one.batch.college.name or words == one.batch.college.code)
            and (not state or one.batch.state == state)
        ]
    listing = FigureListing(request, standings, COLUMNS)
    if listing.export_asked:
        return listing.export(_("Colleges of %(round)s") % {"round": row.name})
    context = {
        "round": row,
        "tabs": round_tabs(row, "round-colleges"),
        "listing": listing,
        "form": form,
        "today": clock.today(),
    }
    return render(request, "distribution/rounds/colleges.html", context)


@page(OFFICE_READERS)
def college(request: ActingRequest, pk: int, college_id: int) -> HttpResponseBase:
    """Show what one college has gathered."""
    batch = office_batch(request.actor, pk, college_id)
    listing = FigureListing(request, title_totals(batch), TITLE_COLUMNS)
    if listing.export_asked:
        return listing.export(_("Aggregated demand of %(college)s") % {"college": batch.college.name})
    return _page(request, batch, listing, ReasonForm())


@page(OFFICE)
@require_POST
def send_back(request: ActingRequest, pk: int, college_id: int) -> HttpResponseBase:
    """Send a college's aggregation back with a reason."""
    batch = office_batch(request.actor, pk, college_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            return_batch(actor=request.actor, at=clock.now(), batch=batch, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Sent back to %(college)s.") % {"college": batch.college.name})
            return redirect("distribution:round-colleges", pk)
    listing = FigureListing(request, title_totals(batch), TITLE_COLUMNS)
    return _page(request, batch, listing, form)


def _page(
    request: ActingRequest, batch: DemandBatch, listing: FigureListing, form: ReasonForm
) -> HttpResponseBase:
    offers = {
        offer.verb: offer for offer in BATCH_FLOW.offered(actor=request.actor, subject=batch, at=clock.now())
    }
    standings = point_standings(batch)
    context = {
        "round": batch.round,
        "batch": batch,
        "listing": listing,
        "standings": standings,
        "reported": sum(one.has_reported for one in standings),
        "may_return": "return_batch" in offers and offers["return_batch"].is_ready,
        "form": form,
    }
    return render(request, "distribution/rounds/college.html", context, status=422 if form.errors else 200)
