"""Who contributed how much, and how much of it was accepted (S0-57)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Sum
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel.pages import Column, Listing, page
from lianxue.orgs.public import ActingRequest
from lianxue.resources.interfaces.web.access import NETWORK_READERS
from lianxue.resources.interfaces.web.filters import ALL
from lianxue.resources.interfaces.web.menu import contribution_tabs
from lianxue.resources.queries.figures import contribution_counts, years_of_contributions

IN_CHART = 12
YEAR_DIGITS = 4

COLUMNS = (
    Column("provider", gettext_lazy("Organisation"), lambda row: row.name, sort="code"),
    Column("contributed", gettext_lazy("Contributed"), lambda row: row.contributed, sort="contributed"),
    Column("accepted", gettext_lazy("Accepted"), lambda row: row.accepted, sort="accepted"),
    Column("rejected", gettext_lazy("Rejected"), lambda row: row.rejected, sort="rejected"),
    Column("waiting", gettext_lazy("Not decided yet"), lambda row: row.waiting, sort="waiting"),
    Column(
        "share",
        gettext_lazy("Accepted of those decided (%)"),
        lambda row: None if row.accepted_share is None else round(row.accepted_share * 100),
        sort="share_order",
    ),
    Column(
        "copies",
        gettext_lazy("Average copies per accepted title"),
        lambda row: None if row.average_copies is None else round(float(row.average_copies), 1),
        sort="copies_order",
    ),
)


class YearFilter(forms.Form):
    """Which year of first submission."""

    year = forms.ChoiceField(label=gettext_lazy("Year of submission"), required=False)

    def __init__(self, data: Mapping[str, Any], years: list[int]) -> None:
        super().__init__(data)
        self.fields["year"] = forms.ChoiceField(
            label=_("Year of submission"),
            required=False,
            choices=[ALL, *[(str(year), str(year)) for year in years]],
        )


@page(NETWORK_READERS)
def figures(request: ActingRequest) -> HttpResponseBase:
    """Show the figures of each providing organisation, for the yearly choice of outstanding providers."""
    years = years_of_contributions()
    asked = request.GET.get("year", "")
    year = int(asked) if asked in map(str, years) else None
    rows = contribution_counts(year, request.actor)
    listing = Listing(request, rows, COLUMNS, per_page=50)
    if listing.export_asked:
        return listing.export(_("Providers"))
    best = list(rows.filter(accepted__gt=0).values_list("name", "accepted", "contributed")[:IN_CHART])
    context = {
        "form": YearFilter(request.GET, years),
        "listing": listing,
        "total": rows.aggregate(all_contributed=Sum("contributed"), all_accepted=Sum("accepted")),
        "chart": {
            "labels": [name for name, _accepted, _contributed in best],
            "series": [
                {"name": _("Accepted"), "values": [accepted for _name, accepted, _contributed in best]},
                {"name": _("Contributed"), "values": [contributed for _name, _accepted, contributed in best]},
            ],
        },
        "tabs": contribution_tabs(request, "figures"),
    }
    return render(request, "resources/figures.html", context)
