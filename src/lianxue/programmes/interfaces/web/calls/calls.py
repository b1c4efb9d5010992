"""The calls that somebody may read, and one of them with its stages."""

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from lianxue.kernel import clock
from lianxue.kernel.pages import Column, Listing, page
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.interfaces.web.access import READERS
from lianxue.programmes.models import Filing
from lianxue.programmes.queries.filings import call_seen, calls_seen
from lianxue.programmes.queries.windows import days_of_stages

COLUMNS = [
    Column("year", _("Year"), lambda row: row.year, "year"),
    Column("title", _("Call"), lambda row: row.title, "title"),
    Column("office", _("Opened by"), lambda row: row.office.name, "office__name"),
    Column("state", _("State"), lambda row: row.get_state_display(), "state"),
]


@page(READERS)
def calls(request: ActingRequest) -> HttpResponseBase:
    """List the calls of the actor's office and of those above."""
    listing = Listing(request, calls_seen(request.actor), COLUMNS)
    if listing.export_asked:
        return listing.export(str(_("Calls")))
    return render(request, "programmes/calls/calls.html", {"listing": listing})


@page(READERS)
def call(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show a call with its stages, and what the actor's own unit filed in each."""
    row = call_seen(request.actor, pk)
    days = days_of_stages(row, request.actor.organisation_id)
    own = {one.stage: one for one in Filing.objects.filter(call=row, unit_id=request.actor.organisation_id)}
    today = clock.today()
    stages = [
        {
            "stage": stage,
            "days": days[stage.key],
            "is_open": days[stage.key].takes(today),
            "filing": own.get(stage.key),
        }
        for stage in row.definition.stages
    ]
    return render(request, "programmes/calls/call.html", {"call": row, "stages": stages})
