"""The calls that somebody may read, and one of them with its stages."""

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from lianxue.kernel import clock
from lianxue.kernel.pages import Column, Listing, page
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.enums import Number
from lianxue.programmes.interfaces.web.access import READERS
from lianxue.programmes.interfaces.web.calls.own import own_stages
from lianxue.programmes.interfaces.web.office.preparing import offers_for
from lianxue.programmes.operations.calls.prepare import may_call
from lianxue.programmes.queries.beginnings import beginning_of
from lianxue.programmes.queries.definitions import latest_definitions
from lianxue.programmes.queries.filings import call_seen, calls_seen, on_desk
from lianxue.programmes.queries.letters import awaiting_letters
from lianxue.programmes.queries.panels import panels_of
from lianxue.programmes.queries.units import desks_in_between, units_of

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
    may_begin = any(may_call(request.actor, one.definition) for one in latest_definitions())
    return render(request, "programmes/calls/calls.html", {"listing": listing, "may_begin": may_begin})


@page(READERS)
def call(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show a call with its stages, what the actor's own unit filed in each, and its one next step."""
    row = call_seen(request.actor, pk)
    is_office = request.actor.organisation_id == row.office_id
    is_unit = units_of(row).filter(pk=request.actor.organisation_id or 0).exists()
    stages = own_stages(row, request.actor, clock.today())
    following = next((one for one in stages if one.step), None)
    context = {
        "call": row,
        "stages": stages,
        "next": following,
        "beginning": beginning_of(request.actor, row) if following else None,
        "today": clock.today(),
        "offers": offers_for(request, row),
        "is_office": is_office,
        # A unit that has others below it (a city and its counties) is no level of this call.
        "is_above": is_office or (not is_unit and request.actor.organisation_id in desks_in_between(row)),
        "is_unit": is_unit,
        "on_desk": on_desk(request.actor).filter(call=row).count(),
        "without_letter": awaiting_letters(request.actor, row).count(),
        "panels": panels_of(row) if is_office else (),
        "numbers": [(Number(key).label, row.numbers.get(key)) for key in row.definition.numbers],
    }
    return render(request, "programmes/calls/call.html", context)
