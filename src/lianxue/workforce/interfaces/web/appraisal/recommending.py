"""Whom a city recommends, with the arithmetic of the ratio; and who was commended."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import Column, Listing, page, request_key
from lianxue.kernel.rules import visible
from lianxue.orgs.public import ActingRequest, own_or_beneath
from lianxue.programmes.public import Award
from lianxue.workforce.interfaces.web.access import ORGANISERS, SERVICE_SYSTEM
from lianxue.workforce.models import Appraisal
from lianxue.workforce.operations.appraisal.file import RECOMMENDATION, file_recommendations, open_call_of
from lianxue.workforce.queries.appraisal import appraisals_seen
from lianxue.workforce.queries.quota import quotas_of

AWARDS = (
    Column("year", gettext_lazy("Year"), lambda row: row.year, "year"),
    Column("holder", gettext_lazy("Full name"), lambda row: row.holder, "holder"),
    Column("title", gettext_lazy("Award"), lambda row: row.title, "title"),
    Column("city", gettext_lazy("City"), lambda row: row.organisation.name, "organisation__code"),
    Column("number", gettext_lazy("Certificate number"), lambda row: row.number, "number"),
)


def _own(request: ActingRequest, year: int) -> QuerySet[Appraisal]:
    return appraisals_seen(request.actor).filter(year=year, city_id=request.actor.organisation_id or 0)


@page(ORGANISERS)
def recommendations(request: ActingRequest, year: int) -> HttpResponseBase:
    """Show the city's list with the places of each team."""
    rows = _own(request, year)
    first = rows.first()
    if first is None:
        raise NotFound
    context = {
        "year": year,
        "quotas": quotas_of(first.city_id, first.office_id, year),
        "rows": rows.filter(is_recommended=True),
        "call": open_call_of(first.office_id, year),
        "request_key": request_key(request),
    }
    return render(request, "workforce/appraisal/recommendations.html", context)


@page(ORGANISERS)
@require_POST
def fill(request: ActingRequest, year: int) -> HttpResponseBase:
    """Put the list on the city's form under the province's call."""
    try:
        filing = file_recommendations(
            actor=request.actor, at=clock.now(), year=year, request_key=request_key(request)
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("workforce:recommendations", year)
    messages.success(
        request, _("The people are on the form. Look it over, print, stamp and hand it in there.")
    )
    return redirect("programmes:filing", filing.pk)


@page(SERVICE_SYSTEM)
def commendations(request: ActingRequest) -> HttpResponseBase:
    """List who was commended, with the number of the certificate."""
    rows = Award.objects.filter(call__revision__code=RECOMMENDATION, revoked_at__isnull=True)
    rows = visible(rows.select_related("organisation"), own_or_beneath("organisation"), request.actor)
    listing = Listing(request, rows, AWARDS)
    if listing.export_asked:
        return listing.export(_("Commendations"))
    return render(request, "workforce/appraisal/commendations.html", {"listing": listing})
