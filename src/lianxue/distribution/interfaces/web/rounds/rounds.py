"""The rounds of the office, newest first."""

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.interfaces.web.rounds.access import OFFICE, OFFICE_READERS
from lianxue.distribution.interfaces.web.rounds.forms import WordFilter
from lianxue.distribution.interfaces.web.rounds.menu import office_tabs
from lianxue.distribution.queries.rounds import office_rounds
from lianxue.kernel.pages import Column, Listing, page
from lianxue.orgs.public import ActingRequest

COLUMNS = (
    Column("name", gettext_lazy("Round"), lambda row: row.name, "name"),
    Column("year", gettext_lazy("Year"), lambda row: row.year, "year"),
    Column("state", gettext_lazy("State"), lambda row: row.get_state_display(), "state"),
    Column("titles", gettext_lazy("Titles"), lambda row: row.title_count, "title_count"),
    Column("copies", gettext_lazy("Copies available"), lambda row: row.copies, "copies"),
    Column("until", gettext_lazy("Points until"), lambda row: row.demand_until, "demand_until"),
)


@page(OFFICE_READERS)
def rounds(request: ActingRequest) -> HttpResponseBase:
    """List the rounds of the office."""
    rows = office_rounds(request.actor)
    form = WordFilter(request.GET or None)
    if form.is_valid() and form.cleaned_data["q"]:
        rows = rows.filter(name__icontains=form.cleaned_data["q"])
    listing = Listing(request, rows, COLUMNS)
    if listing.export_asked:
        return listing.export(_("Rounds"))
    context = {
        "listing": listing,
        "form": form,
        "is_filtered": bool(request.GET.get("q")),
        "may_run": OFFICE.allows(request),
        "tabs": office_tabs("rounds"),
    }
    return render(request, "distribution/rounds/rounds.html", context)
