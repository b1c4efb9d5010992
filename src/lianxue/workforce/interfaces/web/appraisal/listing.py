"""Who is appraised in a year, as far as one may read it."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.clock import local_time
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import Column, Listing, page
from lianxue.orgs.public import ActingRequest
from lianxue.workforce.interfaces.web.access import APPRAISALS, ORGANISERS, SERVICE_SYSTEM
from lianxue.workforce.interfaces.web.appraisal.forms import AppraisalFilter
from lianxue.workforce.models import Appraisal
from lianxue.workforce.operations.appraisal.begin import begin_appraisals
from lianxue.workforce.queries.appraisal import appraisals_seen, counts_by_city
from lianxue.workforce.queries.roster import during, members


def _met(row: Appraisal) -> str:
    return "" if row.indicators_met is None else f"{row.indicators_met}/{row.indicators_in_all}"


COLUMNS = (
    Column("name", gettext_lazy("Full name"), lambda row: row.entry.name, "entry__name"),
    Column("team", gettext_lazy("Team"), lambda row: row.get_team_display(), "team"),
    Column(
        "area", gettext_lazy("Area"), lambda row: row.entry.area.name if row.entry.area else "", "entry__area"
    ),
    Column("city", gettext_lazy("City"), lambda row: row.city.name, "city__code"),
    Column("declared", gettext_lazy("Declared"), lambda row: row.declared_parts, "declared_parts"),
    Column("state", gettext_lazy("State"), lambda row: row.get_state_display(), "state"),
    Column("met", gettext_lazy("Indicators met"), _met, "indicators_met"),
    Column("recommended", gettext_lazy("Recommended"), lambda row: row.is_recommended, "is_recommended"),
    Column(
        "confirmed",
        gettext_lazy("Appraised on"),
        lambda row: local_time(row.confirmed_at) if row.confirmed_at else None,
        "confirmed_at",
    ),
)


def year_asked(request: ActingRequest) -> int:
    """Return the year that the page is about: the one asked for, else this one."""
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 else clock.today().year  # noqa: PLR2004  # digits of a year


@page(APPRAISALS)
def appraisals(request: ActingRequest) -> HttpResponseBase:
    """List the appraisals of a year; a city begins them here."""
    year = year_asked(request)
    seen = appraisals_seen(request.actor).filter(year=year)
    form = AppraisalFilter(request.GET or None, initial={"year": year})
    rows = seen
    if form.is_valid():
        data = form.cleaned_data
        words = data["q"].strip()
        if words:
            rows = rows.filter(
                Q(entry__name__icontains=words)
                | Q(entry__area__name__icontains=words)
                | Q(city__name__icontains=words)
            )
        for name in ("team", "state"):
            rows = rows.filter(**{name: data[name]}) if data[name] else rows
        rows = rows.filter(is_recommended=True) if data["recommended"] else rows
    listing = Listing(request, rows, COLUMNS)
    if listing.export_asked:
        return listing.export(_("Yearly appraisal %(year)d") % {"year": year})
    context: dict[str, Any] = {
        "year": year,
        "listing": listing,
        "form": form,
        "is_filtered": any(request.GET.get(name) for name in ("q", "team", "state", "recommended")),
        "cities": counts_by_city(seen),
        "reads_figures": SERVICE_SYSTEM.allows(request),
        **_own_desk(request, year),
    }
    return render(request, "workforce/appraisal/appraisals.html", context)


def _own_desk(request: ActingRequest, year: int) -> dict[str, Any]:
    """Return what a city still has to begin: those on its rosters of the year without a sheet."""
    if not request.actor.is_administrator:
        return {"to_begin": 0, "is_city": False}
    here = request.actor.organisation_id or 0
    entries = members().filter(during(year), filing__unit_id=here)
    without = entries.exclude(appraisals__year=year)
    return {"to_begin": without.count(), "is_city": entries.exists()}


@page(ORGANISERS)
@require_POST
def begin(request: ActingRequest, year: int) -> HttpResponseBase:
    """Make the sheets of a year for everybody on the own rosters."""
    try:
        count = begin_appraisals(actor=request.actor, at=clock.now(), year=year)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        done = ngettext(
            "%(count)d person is to be appraised.", "%(count)d people are to be appraised.", count
        )
        messages.success(request, done % {"count": count})
    return redirect(f"{reverse('workforce:appraisals')}?year={year}")
