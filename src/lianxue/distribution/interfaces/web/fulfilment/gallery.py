"""The photographs that points have sent in (S0-43), for the college and the office; and who has not."""

from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ShipmentState
from lianxue.distribution.interfaces.web.fulfilment.access import IN_NETWORK
from lianxue.distribution.interfaces.web.fulfilment.forms import PointFilter
from lianxue.distribution.interfaces.web.fulfilment.pictures import shown
from lianxue.distribution.queries.shipments import photos_seen, shipments_seen
from lianxue.kernel.pages import page
from lianxue.orgs.public import ActingRequest

PER_PAGE = 24


@page(IN_NETWORK)
def photos(request: ActingRequest) -> HttpResponseBase:
    """Show photographs of display corners, newest first."""
    rows = photos_seen(request.actor)
    form = PointFilter(request.GET or None)
    if form.is_valid() and form.cleaned_data["q"]:
        rows = rows.filter(corner__point__name__icontains=form.cleaned_data["q"].strip())
    shown_page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": shown_page,
        "photos": [shown(photo, with_point=True) for photo in shown_page],
        "missing": shipments_seen(request.actor)
        .filter(state=ShipmentState.RECEIVED, receipt__photos__isnull=True)
        .count(),
        "label": _("Photographs"),
    }
    return render(request, "distribution/corner/photos.html", context)
