"""The rows behind the figures: points with what they got and used, parcels with how long they took."""

from typing import TYPE_CHECKING, TypeVar

from django.db.models import F, FloatField, QuerySet
from django.db.models.functions import Cast, NullIf
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.interfaces.web.figures.forms import PointsFilter
from lianxue.distribution.interfaces.web.fulfilment.access import SUPERVISING
from lianxue.distribution.queries.area import points_in
from lianxue.distribution.queries.coverage.figures import percent, years_with_rounds
from lianxue.distribution.queries.coverage.points import parcels_with_days, points_with_figures, reached_in
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.pages import Column, Listing, page
from lianxue.orgs.public import ActingRequest

if TYPE_CHECKING:
    from lianxue.distribution.queries.area import PointPlace

Place = TypeVar("Place", bound="PointPlace")

PER_PAGE = 50
SECONDS_A_DAY = 86_400

POINT_COLUMNS = (
    Column("code", gettext_lazy("Code"), lambda row: row.organisation.code, "organisation__code"),
    Column("point", gettext_lazy("Point"), lambda row: row.organisation.name, "organisation__name"),
    Column("asked", gettext_lazy("Asked for"), lambda row: row.asked, "asked"),
    Column("allocated", gettext_lazy("Allocated"), lambda row: row.allocated, "allocated"),
    Column("share", gettext_lazy("Filled (%)"), lambda row: percent(row.allocated, row.asked), "share"),
    Column("received", gettext_lazy("Received"), lambda row: row.received, "received"),
    Column("lent", gettext_lazy("Lent"), lambda row: row.lent, "lent"),
    Column("issued", gettext_lazy("Issued"), lambda row: row.issued, "issued"),
    Column("learners", gettext_lazy("Learners"), lambda row: row.learners, "learners"),
)
PARCEL_COLUMNS = (
    Column("code", gettext_lazy("Shipment"), lambda row: row.code, "code"),
    Column("point", gettext_lazy("Point"), lambda row: row.point.name, "point__code"),
    Column("supplier", gettext_lazy("Supplier"), lambda row: row.supplier.name, "supplier__name"),
    Column("round", gettext_lazy("Round"), lambda row: row.round.name, "round"),
    Column(
        "decided",
        gettext_lazy("Decided on"),
        lambda row: local_date(row.round.allocated_at),
        "round__allocated_at",
    ),
    Column(
        "dispatched",
        gettext_lazy("Dispatched on"),
        lambda row: local_date(row.dispatched_at) if row.dispatched_at else None,
        "dispatched_at",
    ),
    Column(
        "received",
        gettext_lazy("Received on"),
        lambda row: local_date(row.receipt.received_at),
        "receipt__received_at",
    ),
    Column(
        "days", gettext_lazy("Days"), lambda row: round(row.taken.total_seconds() / SECONDS_A_DAY, 1), "taken"
    ),
)


@page(SUPERVISING)
def points(request: ActingRequest) -> HttpResponseBase:
    """List points with their figures of a year."""
    form, year = _asked(request)
    share = Cast(F("allocated"), FloatField()) / NullIf(Cast(F("asked"), FloatField()), 0.0)
    found = points_with_figures(request.actor, year).annotate(share=share)
    if form.is_valid():
        show = form.cleaned_data["show"]
        if show:
            found = found.filter(reached_in(year) if show == "reached" else ~reached_in(year))
    listing = Listing(request, _narrowed(form, found), POINT_COLUMNS, per_page=PER_PAGE)
    if listing.export_asked:
        return listing.export(_("Points %(year)d") % {"year": year})
    context = {"form": form, "year": year, "listing": listing, "columns": POINT_COLUMNS}
    return render(request, "distribution/figures/points.html", context)


@page(SUPERVISING)
def parcels(request: ActingRequest) -> HttpResponseBase:
    """List received parcels with the days they took."""
    form, year = _asked(request)
    del form.fields["show"]
    places = _narrowed(form, points_in(request.actor))
    found = parcels_with_days(request.actor, year).filter(
        point__in=places.order_by().values("organisation_id")
    )
    listing = Listing(request, found, PARCEL_COLUMNS, per_page=PER_PAGE)
    if listing.export_asked:
        return listing.export(_("Parcels %(year)d") % {"year": year})
    return render(
        request, "distribution/figures/parcels.html", {"form": form, "year": year, "listing": listing}
    )


def _asked(request: ActingRequest) -> tuple[PointsFilter, int]:
    years = years_with_rounds(request.actor) or [clock.today().year]
    asked = request.GET.get("year", "")
    year = next((year for year in years if str(year) == asked), years[0])
    return PointsFilter(request.GET, years=years), year


def _narrowed(form: PointsFilter, rows: "QuerySet[Place]") -> "QuerySet[Place]":
    """Keep the points of the part of the network that the form names."""
    if not form.is_valid():
        return rows
    asked = form.cleaned_data
    if asked["q"]:
        rows = rows.filter(organisation__name__icontains=asked["q"].strip())
    if asked["kind"]:
        rows = rows.filter(organisation__kind=asked["kind"])
    for part in ("system", "district"):
        if asked[part]:
            rows = rows.filter(**{part: asked[part]})
    return rows.filter(unit_id=asked["unit"]) if asked["unit"] else rows
