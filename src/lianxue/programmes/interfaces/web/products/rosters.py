"""Rosters in force on any day."""

from typing import Any

from django import forms
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel import clock
from lianxue.kernel.pages import Column, Listing, page
from lianxue.kernel.sealing import mask_phone
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.interfaces.web.access import READERS
from lianxue.programmes.interfaces.web.office.forms import day_field
from lianxue.programmes.models import RosterEntry
from lianxue.programmes.models.definition import Field, Grid
from lianxue.programmes.queries.opening import open_value
from lianxue.programmes.queries.products import roster_on, rosters_known
from lianxue.programmes.queries.reading import in_words

PER_PAGE = 50


class RosterFilter(forms.Form):
    """Which roster, on which day."""

    roster = forms.ChoiceField(label=gettext_lazy("Roster"), required=False)
    on = day_field(gettext_lazy("In force on"))
    find = forms.CharField(label=gettext_lazy("Name or area"), required=False, max_length=60)

    def __init__(self, data: Any = None, *, known: list[tuple[str, str]]) -> None:
        super().__init__(data, initial={"on": clock.today()})
        self.fields["roster"].choices = [("", gettext_lazy("all")), *known]  # type: ignore[attr-defined]  # a ChoiceField has them


@page(READERS)
def rosters(request: ActingRequest) -> HttpResponseBase:
    """Show who is on a roster on a day; telephone numbers masked."""
    known = rosters_known(request.actor)
    form = RosterFilter(request.GET or None, known=known)
    asked = form.cleaned_data if form.is_valid() else {}
    on = asked.get("on") or clock.today()
    titles = dict(known)
    rows = roster_on(request.actor, on, roster=asked.get("roster", ""), find=asked.get("find", "").strip())
    listing = Listing(request, rows, _columns(titles), per_page=PER_PAGE)
    if listing.export_asked:
        return listing.export(_("Roster on %(day)s") % {"day": on.isoformat()})
    context = {
        "listing": listing,
        "rows": [
            {"one": one, "title": titles.get(one.roster, one.roster), "details": details_of(one)}
            for one in listing.page
        ],
        "search": form,
        "on": on,
    }
    return render(request, "programmes/products/rosters.html", context)


def _columns(titles: dict[str, str]) -> list[Column]:
    return [
        Column("roster", gettext_lazy("Roster"), lambda row: titles.get(row.roster, row.roster), "roster"),
        Column("area", gettext_lazy("Area"), lambda row: row.area.name if row.area else "", "area_id"),
        Column("name", gettext_lazy("Full name"), lambda row: row.name, "name"),
        Column(
            "details", gettext_lazy("Details"), lambda row: "；".join(f"{t}：{v}" for t, v in details_of(row))
        ),
        Column("from", gettext_lazy("From"), lambda row: row.starts_on, "starts_on"),
        Column("until", gettext_lazy("Until"), lambda row: row.ends_on, "ends_on"),
    ]


def details_of(row: RosterEntry) -> list[tuple[str, str]]:
    """Return what else the form says of somebody on a roster, in the order of the form, personal values masked."""
    shown = []
    for key, column in _grid_columns(row).items():
        value = row.values.get(key)
        if column.type == "area" or value in ("", None) or str(value) == row.name:
            continue
        words = mask_phone(open_value(str(value))) if column.personal else in_words(column, value, {})
        shown.append((column.title, words))
    return shown


def _grid_columns(row: RosterEntry) -> dict[str, Field]:
    definition = row.call.definition
    products = {one.key: one for stage in definition.stages for one in stage.products}
    product = products.get(row.roster)
    if product is None:
        return {}
    grids: dict[str, Grid] = {}
    for form in definition.forms.values():
        grids |= form.grids()
    grid = grids.get(product.grid)
    return {one.key: one for one in grid.columns} if grid else {}
