"""The display corner of a point: where it is, its sign, what stands in it, its photographs."""

from typing import Any, Literal
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.distribution.interfaces.web.display.forms import CornerForm
from lianxue.distribution.interfaces.web.display.pictures import shown
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT, IN_NETWORK
from lianxue.distribution.models import DisplayCorner
from lianxue.distribution.operations.display.corner import refresh_corner, set_up_corner
from lianxue.distribution.queries.corner import due_on, refresh_days, to_put_on_display
from lianxue.distribution.queries.shipments import photos_seen, without_photo
from lianxue.distribution.queries.stock import on_display_at, point_seen
from lianxue.documents.public import DisplaySign, display_sign
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import Column, Listing, add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest, Organisation

PHOTOS_SHOWN = 12
PER_PAGE = 50
ON_DISPLAY = (
    Column("title", gettext_lazy("Title"), lambda entry: entry.title, "title"),
    Column("code", gettext_lazy("Catalogue number"), lambda entry: entry.code, "code"),
    Column("display", gettext_lazy("On display"), lambda entry: entry.display, "display"),
    Column("shelf", gettext_lazy("In the store"), lambda entry: entry.shelf, "shelf"),
    Column("on_loan", gettext_lazy("On loan"), lambda entry: entry.on_loan, "on_loan"),
)


@page(AT_POINT)
def own_corner(request: ActingRequest) -> HttpResponseBase:
    """Show the actor's own corner, or the form that sets it up."""
    point = own_point(request)
    if not DisplayCorner.objects.filter(point=point).exists():
        return redirect("distribution:corner-set-up")
    return redirect("distribution:corner", point.pk)


@page(IN_NETWORK)
def corner(request: ActingRequest, point_id: int) -> HttpResponseBase:
    """Show the corner of a point."""
    point = point_seen(request.actor, point_id)
    listing = Listing(request, on_display_at(point.pk), ON_DISPLAY, per_page=PER_PAGE)
    if listing.export_asked:
        return listing.export(_("On display at %(point)s") % {"point": point.name})
    photos = photos_seen(request.actor).filter(corner__point=point)
    is_own = point.pk == request.actor.organisation_id
    present = DisplayCorner.objects.filter(point=point).first()
    days = refresh_days(request.actor.path)
    context = {
        "point": point,
        "corner": present,
        "today": clock.today(),
        "request_key": request_key(request),
        "is_own": is_own,
        "photos": [shown(photo) for photo in photos[:PHOTOS_SHOWN]],
        "photo_count": photos.count(),
        "to_display": to_put_on_display(point.pk) if is_own else (),
        "due_on": due_on(present, days) if present and days else None,
        "without_photo": without_photo(request.actor).select_related("round") if is_own else (),
        "listing": listing,
    }
    return render(request, "distribution/corner/corner.html", context)


@page(AT_POINT)
def set_up(request: ActingRequest) -> HttpResponseBase:
    """Say where the corner is."""
    point = own_point(request)
    present = DisplayCorner.objects.filter(point=point).first()
    initial = {"location": present.location, "sign_posted_on": present.sign_posted_on} if present else {}
    form = CornerForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_up_corner(
                actor=request.actor,
                at=clock.now(),
                point=point,
                request_key=request_key(request),
                **form.cleaned_data,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The display corner is written down."))
            return redirect(_next(request) or reverse("distribution:corner", args=[point.pk]))
    context: dict[str, Any] = {"form": form, "present": present, "request_key": request_key(request)}
    return render(request, "distribution/corner/set_up.html", context, status=422 if form.is_bound else 200)


@page(AT_POINT)
@require_POST
def refresh(request: ActingRequest) -> HttpResponseBase:
    """Write down that the corner was arranged anew today."""
    point = own_point(request)
    try:
        refresh_corner(actor=request.actor, at=clock.now(), point=point, request_key=request_key(request))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Written down: arranged anew today."))
    return redirect("distribution:corner-own")


@page(AT_POINT)
def sign(request: ActingRequest, paper: str) -> HttpResponseBase:
    """Give the sign of the display corner for printing (S0-55)."""
    if paper not in ("a3", "a4"):
        raise NotFound
    size: Literal["a3", "a4"] = "a3" if paper == "a3" else "a4"
    content = display_sign(DisplaySign(point=own_point(request).name, paper=size))
    response = HttpResponse(content, content_type="application/pdf")
    name = f"上海终身教育资源配送展示区-{size.upper()}.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name) or ""
    return response


def own_point(request: ActingRequest) -> Organisation:
    """Return the actor's own point."""
    return point_seen(request.actor, request.actor.organisation_id or 0)


def _next(request: ActingRequest) -> str:
    """Return the page from which somebody was led here: the photograph of what arrived, or nothing."""
    if request.GET.get("then") != "photo":
        return ""
    query = urlencode({"receipt": request.GET.get("receipt", "")})
    return f"{reverse('distribution:photo-add')}?{query}"
