"""The yearly selections of the network, the beginning of a new one, and the figures of all points (S0-59)."""

from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.interfaces.web.fulfilment.access import SUPERVISING
from lianxue.distribution.interfaces.web.selections.access import OFFICE, SELECTIONS
from lianxue.distribution.interfaces.web.selections.forms import BeginForm
from lianxue.distribution.operations.selections.save_selection import YEARS_BACK, begin_selection
from lianxue.distribution.queries.selections.performance import performance_columns, performance_rows
from lianxue.distribution.queries.selections.reading import selections_seen
from lianxue.distribution.rules.selections import BEGINS_SELECTION
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import Column, Listing, add_refusal, page, request_key, spreadsheet
from lianxue.orgs.public import ActingRequest

COLUMNS = (
    Column("year", gettext_lazy("Year"), lambda row: row.year, "year"),
    Column("award", gettext_lazy("Award"), lambda row: row.get_award_display(), "award"),
    Column("state", gettext_lazy("State"), lambda row: row.get_state_display(), "state"),
    Column(
        "published",
        gettext_lazy("Weights published on"),
        lambda row: local_date(row.published_at) if row.published_at else None,
        "published_at",
    ),
    Column(
        "decided",
        gettext_lazy("Decided on"),
        lambda row: local_date(row.decided_at) if row.decided_at else None,
        "decided_at",
    ),
)


@page(SELECTIONS)
def selections(request: ActingRequest) -> HttpResponseBase:
    """List the selections that can be read."""
    listing = Listing(request, selections_seen(request.actor), COLUMNS)
    if listing.export_asked:
        return listing.export(_("Yearly selections"))
    context = {
        "listing": listing,
        "may_begin": BEGINS_SELECTION.holds(request.actor, None),
        "performance_years": list(_years()) if SUPERVISING.allows(request) else [],
    }
    return render(request, "distribution/selections/index.html", context)


@page(OFFICE)
def begin(request: ActingRequest) -> HttpResponseBase:
    """Begin a selection: which award of which year."""
    form = BeginForm(request.POST if request.method == "POST" else None, years=list(_years()))
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_selection(
                actor=request.actor, at=clock.now(), request_key=request_key(request), **form.cleaned_data
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("distribution:selection-edit", made.pk)
    context = {"form": form, "request_key": request_key(request)}
    return render(
        request, "distribution/selections/begin.html", context, status=422 if form.is_bound else 200
    )


@page(SUPERVISING)
def performance(request: ActingRequest, year: int) -> HttpResponseBase:
    """Give what every point below did in a year, for the assessment of outstanding units (S0-59: 重要考评项目)."""
    if year not in _years():
        raise NotFound
    name = _("Distribution performance %(year)d") % {"year": year}
    titles = [_("Code"), _("Point"), _("Unit"), *(str(title) for title in performance_columns())]
    return spreadsheet(name, titles, performance_rows(request.actor, year))


def _years() -> range:
    this_year = clock.today().year
    return range(this_year, this_year - YEARS_BACK - 1, -1)
