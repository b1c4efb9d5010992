"""Parcels that go through a superior unit: many confirmed as arrived at once, many sent on at once."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from lianxue.distribution.interfaces.web.fulfilment.forms import PointFilter, row_number
from lianxue.distribution.interfaces.web.shipping.access import SUPERVISING
from lianxue.distribution.interfaces.web.shipping.tabs import parcel_tabs
from lianxue.distribution.models import Shipment
from lianxue.distribution.operations.shipping.pass_on import confirm_arrival, send_on
from lianxue.distribution.queries.shipments import coming_through, sent_on, waiting_here
from lianxue.documents.public import HandedParcel, handing_over_list
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import Column, Listing, page, request_key
from lianxue.orgs.public import ActingRequest

PER_PAGE = 50
COLUMNS = (
    Column("code", gettext_lazy("Shipment"), lambda row: row.code, "code"),
    Column("point", gettext_lazy("Point"), lambda row: row.point.name, "point__code"),
    Column("supplier", gettext_lazy("Supplier"), lambda row: row.supplier.name, "supplier__name"),
    Column("round", gettext_lazy("Round"), lambda row: row.round.name, "round__name"),
    Column("titles", gettext_lazy("Number of titles"), lambda row: row.titles, "titles"),
    Column("copies", gettext_lazy("Copies"), lambda row: row.copies, "copies"),
    Column(
        "dispatched",
        gettext_lazy("Dispatched on"),
        lambda row: local_date(row.dispatched_at) if row.dispatched_at else None,
        "dispatched_at",
    ),
)
COMING, HERE, GONE = "coming", "here", "gone"
SHOWN = {COMING: coming_through, HERE: waiting_here, GONE: sent_on}


@page(SUPERVISING)
def through(request: ActingRequest) -> HttpResponseBase:
    """List the parcels on their way to us, those that lie here, or those that were sent on."""
    show = request.GET.get("show", "")
    counts = {key: rows(request.actor).count() for key, rows in SHOWN.items()}
    if show not in SHOWN:
        show = HERE if counts[HERE] and not counts[COMING] else COMING
    rows = SHOWN[show](request.actor)
    form = PointFilter(request.GET or None)
    if form.is_valid() and (words := form.cleaned_data["q"].strip()):
        rows = rows.filter(Q(point__name__icontains=words) | Q(code__icontains=words))
    listing = Listing(request, rows, COLUMNS, per_page=PER_PAGE)
    if listing.export_asked:
        return listing.export(_("Parcels through us"))
    context = {
        "tabs": parcel_tabs(request, "through"),
        "views": _views(show, counts),
        "listing": listing,
        "form": form,
        "show": show,
        "count": counts[show],
        "is_filtered": bool(request.GET.get("q")),
        "request_key": request_key(request),
    }
    return render(request, "distribution/shipments/through.html", context)


def _views(show: str, counts: dict[str, int]) -> list[dict[str, object]]:
    labels = {COMING: _("On the way to us"), HERE: _("Here"), GONE: _("Sent on")}
    here = reverse("distribution:through")
    return [
        {"label": label, "url": f"{here}?show={key}", "current": key == show, "count": counts[key]}
        for key, label in labels.items()
    ]


@page(SUPERVISING)
@require_POST
def act_on_many(request: ActingRequest) -> HttpResponseBase:
    """Confirm the arrival of the chosen parcels or of all, send them on, or print the list to hand them over by."""
    act = request.POST.get("act", "")
    rows = _chosen(
        request, coming_through(request.actor) if act == "confirm" else waiting_here(request.actor)
    )
    if act == "print":
        return _list(request, rows)
    back = f"{reverse('distribution:through')}?show={HERE}"
    try:
        (confirm_arrival if act == "confirm" else send_on)(
            actor=request.actor, at=clock.now(), shipments=rows, request_key=request_key(request)
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("distribution:through")
    if act == "confirm":
        done = ngettext("%(count)d shipment is here now.", "%(count)d shipments are here now.", len(rows))
    else:
        done = ngettext(
            "%(count)d shipment has been sent on.", "%(count)d shipments have been sent on.", len(rows)
        )
    messages.success(request, done % {"count": len(rows)})
    return redirect(back)


def _chosen(request: ActingRequest, rows: QuerySet[Shipment]) -> list[Shipment]:
    if request.POST.get("which") == "all":
        return list(rows)
    chosen = [pk for text in request.POST.getlist("chosen") if (pk := row_number(text)) is not None]
    return list(rows.filter(pk__in=chosen))


def _list(request: ActingRequest, rows: list[Shipment]) -> HttpResponseBase:
    if not rows:
        messages.warning(request, _("Please choose at least one shipment."))
        return redirect("distribution:through")
    parcels = [
        HandedParcel(
            code=str(row.code),
            point=row.point.name,
            supplier=row.supplier.name,
            titles=row.titles,  # type: ignore[attr-defined]  # counted by waiting_here
            copies=row.copies,  # type: ignore[attr-defined]
        )
        for row in rows
    ]
    form = handing_over_list(parcels, unit=request.actor.organisation_name, on=clock.today())
    response = HttpResponse(form.to_pdf(), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{form.title}.pdf") or ""
    return response
