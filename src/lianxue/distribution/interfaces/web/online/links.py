"""Links that a point hands out: made, shown as a QR code, printed, withdrawn."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT
from lianxue.distribution.interfaces.web.online.forms import LinkForm
from lianxue.distribution.interfaces.web.online.titles import title_page
from lianxue.distribution.models import OnlineLink
from lianxue.distribution.operations.online.links import make_link, withdraw_link
from lianxue.distribution.queries.online import own_access, own_link, signed, works
from lianxue.documents.public import OnlinePoster, online_poster
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.kernel.rendering import qr_svg
from lianxue.orgs.public import ActingRequest


@page(AT_POINT)
@require_POST
def make(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Make a link."""
    access = own_access(request.actor, pk)
    form = LinkForm(request.POST)
    if form.is_valid():
        try:
            made = make_link(
                actor=request.actor,
                at=clock.now(),
                access=access,
                request_key=request_key(request),
                **form.cleaned_data,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("distribution:online-link", made.pk)
    return title_page(request, access, form=form)


@page(AT_POINT)
def link(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show a link as an address and a QR code."""
    row = own_link(request.actor, pk)
    url = _address(request, row)
    is_working = works(row, clock.now())
    context = {
        "link": row,
        "works": is_working,
        "url": url,
        "picture": qr_svg(url) if is_working else "",
        "request_key": request_key(request),
    }
    return render(request, "distribution/online/link.html", context)


@page(AT_POINT)
def sheet(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give the sheet with the QR code for printing."""
    row = own_link(request.actor, pk)
    if not works(row, clock.now()):
        raise NotFound
    content = online_poster(
        OnlinePoster(
            point=row.access.point.name,
            title=row.access.entry.title,
            url=_address(request, row),
            until=local_date(row.expires_at),
            handed_to=row.handed_to,
        )
    )
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{row.access.entry.title}.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name) or ""
    return response


@page(AT_POINT)
@require_POST
def withdraw(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Withdraw a link."""
    row = own_link(request.actor, pk)
    try:
        withdraw_link(actor=request.actor, at=clock.now(), link=row, request_key=request_key(request))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn. Whoever opens it finds nothing any more."))
    return redirect("distribution:online-title", row.access_id)


def _address(request: ActingRequest, row: OnlineLink) -> str:
    return request.build_absolute_uri(reverse("distribution:online-look", args=[signed(row)]))
