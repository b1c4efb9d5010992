"""Sending photographs in, hearing that one looks like an earlier one, and taking it back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lianxue.distribution.interfaces.web.display.corner import own_point
from lianxue.distribution.interfaces.web.display.forms import PhotoForm
from lianxue.distribution.interfaces.web.display.pictures import shown
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT
from lianxue.distribution.interfaces.web.fulfilment.forms import sent
from lianxue.distribution.models import DisplayCorner, DisplayPhoto, Receipt
from lianxue.distribution.operations.display.photographs import add_display_photos, take_back_photo
from lianxue.distribution.queries.corner import photo_seen, sent_together
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest


@page(AT_POINT)
def add_photo(request: ActingRequest) -> HttpResponseBase:
    """Send photographs of the corner in."""
    point = own_point(request)
    receipts = Receipt.objects.filter(shipment__point=point).select_related("shipment")
    form = PhotoForm(*sent(request), receipts=receipts, initial={"receipt": request.GET.get("receipt")})
    if not DisplayCorner.objects.filter(point=point).exists():
        messages.warning(request, _("Please say first where the display corner is."))
        query = urlencode({"then": "photo", "receipt": request.GET.get("receipt", "")})
        return redirect(f"{reverse('distribution:corner-set-up')}?{query}")
    if request.method == "POST" and form.is_valid():
        uploads = form.uploads()
        try:
            first: DisplayPhoto | None = add_display_photos(
                actor=request.actor,
                at=clock.now(),
                point=point,
                uploads=uploads,
                receipt=form.cleaned_data["receipt"],
                caption=form.cleaned_data["caption"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return _sent(request, first, len(uploads))
    context = {"form": form, "request_key": request_key(request)}
    return render(
        request, "distribution/corner/add_photo.html", context, status=422 if form.is_bound else 200
    )


@page(AT_POINT)
def alike(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show what was just sent in beside what it looks like: keep it, or take it back."""
    photo = _own_photo(request, pk)
    context = {
        "pairs": [
            {"photo": one, "new_list": [shown(one)], "earlier_list": _earlier(request, one)}
            for one in sent_together(photo)
        ],
    }
    if not context["pairs"]:
        return redirect("distribution:corner-own")
    return render(request, "distribution/corner/alike.html", context)


@page(AT_POINT)
@require_POST
def take_back(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Take a photograph back that looks like an earlier one."""
    photo = _own_photo(request, pk)
    others = sent_together(photo).exclude(pk=photo.pk).values_list("pk", flat=True)
    follows = others.first()
    try:
        take_back_photo(actor=request.actor, at=clock.now(), photo=photo, request_key=request_key(request))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The photograph has been taken back."))
    return redirect("distribution:photo-alike", follows) if follows else redirect("distribution:corner-own")


def _sent(request: ActingRequest, first: DisplayPhoto | None, count: int) -> HttpResponseBase:
    done = ngettext(
        "The photograph has been sent in. Your college sees it.",
        "%(count)d photographs have been sent in. Your college sees them.",
        count,
    )
    messages.success(request, done % {"count": count})
    marked = sent_together(first).first() if first else None
    return redirect("distribution:photo-alike", marked.pk) if marked else redirect("distribution:corner-own")


def _own_photo(request: ActingRequest, pk: int) -> DisplayPhoto:
    photo = photo_seen(request.actor, pk)
    if photo.corner.point_id != request.actor.organisation_id:
        raise NotFound
    return photo


def _earlier(request: ActingRequest, photo: DisplayPhoto) -> list[dict[str, str]]:
    """Return the earlier photograph if it is the point's own; a neighbour's is not shown."""
    other = photo.looks_like
    is_own = other is not None and other.corner.point_id == request.actor.organisation_id
    return [shown(other)] if other is not None and is_own else []
