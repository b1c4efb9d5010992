"""Where the copies are: by title at a point, by point for those above, and one title with its lots."""

from operator import attrgetter

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.distribution.enums import PlaceKind
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT, IN_NETWORK, SUPERVISING
from lianxue.distribution.interfaces.web.fulfilment.forms import PointFilter, TitleFilter
from lianxue.distribution.operations.display.place_on_display import place_on_display, take_off_display
from lianxue.distribution.queries.shipments import lot_seen
from lianxue.distribution.queries.stock import point_seen, stock_by_point, title_at, titles_at
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import Column, Listing, page, request_key
from lianxue.orgs.public import ActingRequest

PER_PAGE = 50

COPIES = tuple(
    Column(key, label, attrgetter(key), key)
    for key, label in (
        ("in_transit", gettext_lazy("On the way")),
        ("arrived", gettext_lazy("Received in good order")),
        ("shelf", PlaceKind.SHELF.label),
        ("display", PlaceKind.DISPLAY.label),
        ("on_loan", PlaceKind.ON_LOAN.label),
        ("issued", PlaceKind.ISSUED.label),
        ("damaged", PlaceKind.DAMAGED.label),
        ("lost", PlaceKind.LOST.label),
    )
)
TITLE = Column("title", gettext_lazy("Title"), lambda row: row.title, "title")
KIND = Column("kind", gettext_lazy("Resource type"), lambda row: row.get_kind_display(), "kind")
POINT = Column("point", gettext_lazy("Point"), lambda row: row.name, "code")


@page(IN_NETWORK)
def stock(request: ActingRequest) -> HttpResponseBase:
    """Show the stock of the own point, or of every point below."""
    if not SUPERVISING.allows(request):
        return _of_point(request, request.actor.organisation_id or 0)
    rows = stock_by_point(request.actor)
    form = PointFilter(request.GET or None)
    if form.is_valid() and form.cleaned_data["q"]:
        rows = rows.filter(name__icontains=form.cleaned_data["q"].strip())
    listing = Listing(request, rows, (POINT, *COPIES), per_page=PER_PAGE)
    if listing.export_asked:
        return listing.export(_("Stock by point"))
    context = {"listing": listing, "form": form, "is_filtered": form.is_bound}
    return render(request, "distribution/stock/by_point.html", context)


@page(IN_NETWORK)
def point_stock(request: ActingRequest, point_id: int) -> HttpResponseBase:
    """Show the stock of one point."""
    return _of_point(request, point_id)


def _of_point(request: ActingRequest, point_id: int) -> HttpResponseBase:
    point = point_seen(request.actor, point_id)
    rows = titles_at(point.pk)
    form = TitleFilter(request.GET or None)
    if form.is_valid() and form.cleaned_data["q"]:
        rows = rows.filter(title__icontains=form.cleaned_data["q"].strip())
    listing = Listing(request, rows, (TITLE, KIND, *COPIES), per_page=PER_PAGE)
    if listing.export_asked:
        return listing.export(_("Stock of %(point)s") % {"point": point.name})
    context = {
        "point": point,
        "is_own": point.pk == request.actor.organisation_id,
        "may_label": point.pk == request.actor.organisation_id and AT_POINT.allows(request),
        "may_hand_on": request.actor.is_administrator,
        "listing": listing,
        "form": form,
        "is_filtered": form.is_bound,
    }
    return render(request, "distribution/stock/point.html", context)


@page(IN_NETWORK)
def title_stock(request: ActingRequest, point_id: int, entry_id: int) -> HttpResponseBase:
    """Show one title at one point with its lots."""
    point = point_seen(request.actor, point_id)
    title = title_at(point.pk, entry_id)
    if title is None:
        raise NotFound
    context = {
        "point": point,
        "is_own": AT_POINT.allows(request) and point.pk == request.actor.organisation_id,
        "title": title,
        "request_key": request_key(request),
    }
    return render(request, "distribution/stock/title.html", context)


@page(AT_POINT)
@require_POST
def rearrange(request: ActingRequest, lot_id: int) -> HttpResponseBase:
    """Move one copy of a lot from the store into the corner, or back."""
    lot = lot_seen(request.actor, lot_id)
    act = take_off_display if request.POST.get("to") == "store" else place_on_display
    try:
        act(actor=request.actor, at=clock.now(), lot=lot, quantity=1, request_key=request_key(request))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("One copy has been moved."))
    return redirect("distribution:title-stock", request.actor.organisation_id, lot.title.entry_id)
