"""How many learners and teachers a point has, as it states itself; college and office see those below them."""

from django.contrib import messages
from django.db.models import Q
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.interfaces.web.rounds.access import COLLEGE, OFFICE_READERS, POINT
from lianxue.distribution.interfaces.web.rounds.menu import Tab, college_tabs, office_tabs, point_tabs
from lianxue.distribution.interfaces.web.rounds.reporting_forms import LearnersFilter, LearnersForm
from lianxue.distribution.operations.demand.state_learners import state_learners
from lianxue.distribution.queries.learners import own_years, points_with_learners
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import Column, Listing, add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest, Organisation

YEAR_COLUMNS = (
    Column("year", gettext_lazy("Year"), lambda row: row.year, "year"),
    Column("learners", gettext_lazy("Learners"), lambda row: row.learners, "learners"),
    Column("teachers", gettext_lazy("Teachers"), lambda row: row.teachers, "teachers"),
    Column("by", gettext_lazy("Stated by"), lambda row: str(row.stated_by or "")),
    Column("at", gettext_lazy("Stated on"), lambda row: local_date(row.stated_at), "stated_at"),
)
POINT_COLUMNS = (
    Column("point", gettext_lazy("Point"), lambda row: row.name, "code"),
    Column("college", gettext_lazy("Gathered by"), lambda row: row.gathered_by, "gathered_by"),
    Column("learners", gettext_lazy("Learners"), lambda row: row.learners, "learners"),
    Column("teachers", gettext_lazy("Teachers"), lambda row: row.teachers, "teachers"),
    Column(
        "at",
        gettext_lazy("Stated on"),
        lambda row: local_date(row.stated_at) if row.stated_at else None,
        "stated_at",
    ),
)


@page(POINT)
def learners(request: ActingRequest) -> HttpResponseBase:
    """State how many learners and teachers the point has this year; show what was stated before."""
    rows = own_years(request.actor)
    this_year = clock.today().year
    now = rows.filter(year=this_year).first()
    known = {"learners": now.learners, "teachers": now.teachers} if now else {}
    form = LearnersForm(request.POST or None, initial={"year": this_year, **known})
    if request.method == "POST" and form.is_valid():
        try:
            state_learners(
                actor=request.actor,
                at=clock.now(),
                point=Organisation.objects.get(pk=request.actor.organisation_id or 0),
                year=form.cleaned_data["year"],
                learners=form.cleaned_data["learners"],
                teachers=form.cleaned_data["teachers"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("distribution:learners")
    listing = Listing(request, rows, YEAR_COLUMNS)
    if listing.export_asked:
        return listing.export(_("Learners and teachers"))
    context = {
        "form": form,
        "listing": listing,
        "is_stated": now is not None,
        "this_year": this_year,
        "tabs": point_tabs("learners"),
        "request_key": request_key(request),
    }
    return render(request, "distribution/demand/learners.html", context, status=422 if form.errors else 200)


@page(COLLEGE)
def learners_below(request: ActingRequest) -> HttpResponseBase:
    """List the points of a college with their learners and teachers in one year."""
    return _below(request, college_tabs("learners-below"))


@page(OFFICE_READERS)
def learners_all(request: ActingRequest) -> HttpResponseBase:
    """List all points of the office with their learners and teachers in one year."""
    return _below(request, office_tabs("learners-all"))


def _below(request: ActingRequest, tabs: list[Tab]) -> HttpResponseBase:
    form = LearnersFilter(request.GET or None)
    year, words, stated = clock.today().year, "", ""
    if form.is_valid():
        year = form.cleaned_data["year"] or year
        words, stated = form.cleaned_data["q"].strip(), form.cleaned_data["stated"]
    rows = points_with_learners(request.actor, year)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(code__iexact=words))
    if stated:
        rows = rows.filter(Q(learners__isnull=stated == "no"))
    listing = Listing(request, rows, POINT_COLUMNS, per_page=50)
    if listing.export_asked:
        return listing.export(_("Learners and teachers %(year)d") % {"year": year})
    context = {"form": form, "listing": listing, "year": year, "tabs": tabs}
    return render(request, "distribution/demand/learners_below.html", context)
